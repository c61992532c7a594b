import { Type } from '@sinclair/typebox';
import { type BaseInteraction, ChannelType, type Guild, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import type { Answer, Part } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { code, list, mention, type Said, t, type Words } from '../../../../services/answers/words.ts';
import { GROUPS, type Group } from '../../../../services/logs/kind.ts';
import { KIND_NAMES, KINDS } from '../../../../services/logs/kinds.ts';
import { ALL } from '../../../../services/logs/plan.ts';
import { checkPattern } from '../../../../services/patterns/patterns.ts';
import { KEPT_HOURS, LONGEST_PATTERN } from '../../../../services/settings/areas/events.ts';
import type { AreaValue } from '../../../../services/settings/areas.ts';
import { channelShown, mustBeWritable, TEXT_CHANNELS } from '../../../channel-setting.ts';
import { type Asked, defineCommand, defineComponent } from '../../../define.ts';
import { nameOfLogged, offerLogged, readLogged } from '../../../logged-choice.ts';
import { boolean, channel, integer, text } from '../../../options.ts';
import { changeArea, lastChange } from '../../../settings-panel.ts';

const RULES = { needs: PermissionFlagsBits.ManageGuild, visible: 'private' } as const;
const EXEMPT_CHANNELS = [...TEXT_CHANNELS, ChannelType.GuildCategory, ChannelType.GuildForum, ChannelType.GuildVoice];
const MOST_PICKED = 25;
const NONE = '-';

type Value = AreaValue<'events'>;
const EXEMPT = ['exemptChannels', 'exemptRoles', 'exemptPeople'] as const;

const pick = defineComponent({
  ...RULES,
  kind: 'select',
  id: 'config.events.pick',
  version: 1,
  state: Type.Object({ field: Type.Union(EXEMPT.map((field) => Type.Literal(field))) }),
  async run(asked, context) {
    await changeArea('events', { [asked.state.field]: asked.values }, asked, context);
    return await panel(asked.interaction.guild, context, true);
  },
});

/** Shows what of that which happens is written where, and what is left out; changes what is named. */
export default defineCommand({
  ...RULES,
  options: {
    what: text({ optional: true, max: 64, autocomplete: offerLogged }),
    channel: channel({ optional: true, types: TEXT_CHANNELS }),
    off: boolean({ optional: true }),
    bots: boolean({ optional: true }),
    keepHours: integer({ optional: true, min: KEPT_HOURS.minimum, max: KEPT_HOURS.maximum }),
    files: boolean({ optional: true }),
    pattern: text({ optional: true, max: LONGEST_PATTERN }),
  },
  components: [pick],
  async run(asked, context) {
    const { what, channel: into, off, bots, keepHours: keptHours, files: keepFiles, pattern } = asked.options;
    const exemptPattern = pattern === undefined ? undefined : await patternOf(pattern, asked, context);
    const named = { bots, keptHours, keepFiles, exemptPattern };
    const given = Object.entries(named).filter(([, value]) => value !== undefined);
    if (given.length > 0) await changeArea('events', Object.fromEntries(given), asked, context);
    const routes = what !== undefined || into !== undefined || off !== undefined;
    if (routes) await route({ what: readLogged(what), into: into?.id, off }, asked, context);
    return await panel(asked.interaction.guild, context, routes || given.length > 0);
  },
});

interface Route {
  readonly what: string;
  readonly into: string | undefined;
  readonly off: boolean | undefined;
}

/** A kind that is given a channel, or is not to be off, is on again. */
async function route({ what, into, off }: Route, asked: Asked<BaseInteraction>, context: Context): Promise<void> {
  if (into === undefined && off === undefined)
    throw new UserError('commands.config.events.whatAlone', { what: nameOfLogged(what) });
  if (into !== undefined)
    mustBeWritable(into, t('commands.config.events.title'), asked.interaction.guild, { files: true });
  const change = ({ channels, off: already }: Value) => {
    const others = Object.entries(channels).filter(([name]) => name !== what);
    if (off === true && what === ALL) return { channels: {}, off: [] };
    if (off === true) return { channels: Object.fromEntries(others), off: [...new Set([...already, what])] };
    return {
      channels: into === undefined ? channels : { ...channels, [what]: into },
      off: already.filter((name) => name !== what),
    };
  };
  await changeArea('events', change, asked, context);
}

async function patternOf(pattern: string, { signal }: Asked<BaseInteraction>, { workers }: Context) {
  if (pattern.trim() === NONE) return null;
  await checkPattern(workers, { source: pattern, ignoreCase: true }, { signal });
  return pattern;
}

async function panel(guild: Guild | null, context: Context, changed: boolean): Promise<Answer> {
  const id = guild?.id ?? '';
  const [value, last] = await Promise.all([context.settings.of(id, 'events'), lastChange(id, 'events', context)]);
  const lacking = lackingIn(value, guild, context);
  return {
    tone: lacking.length > 0 ? 'warning' : changed ? 'good' : 'info',
    title: t('commands.config.events.title'),
    parts: [
      ...(changed ? [{ kind: 'text', text: t('commands.config.changed') } as const] : []),
      {
        kind: 'fields',
        fields: [[t(`eventLogs.groups.${ALL}`), goesTo(value.channels[ALL], guild)], ...groupFields(value, guild)],
      },
      { kind: 'fields', fields: otherFields(value, guild) },
      ...(lacking.length > 0
        ? [{ kind: 'lines', title: t('commands.config.events.missing'), lines: lacking } as const]
        : []),
      ...EXEMPT.map((field) => picker(field, value, guild)),
      { kind: 'small', text: last },
    ],
    next: t('commands.config.events.next'),
  };
}

function goesTo(id: string | undefined, guild: Guild | null): Words {
  return id === undefined ? t('commands.config.events.nothing') : channelShown(id, guild);
}

/** Groups and kinds that differ from what is said of everything. */
function groupFields(value: Value, guild: Guild | null): readonly (readonly [Words, Words])[] {
  return GROUPS.flatMap((group): (readonly [Words, Words])[] => {
    const own = stateOf(group, value, guild);
    const kinds = KIND_NAMES.filter((kind) => KINDS[kind].group === group).flatMap((kind) => {
      const state = stateOf(kind, value, guild);
      return state ? [list([nameOfLogged(kind), state])] : [];
    });
    if (!own && kinds.length === 0) return [];
    return [[nameOfLogged(group), list([...(own ? [own] : []), ...kinds])]];
  });
}

function stateOf(name: Group | string, { channels, off }: Value, guild: Guild | null): Words | undefined {
  if (off.includes(name)) return t('commands.config.events.off');
  const id = channels[name];
  return id === undefined ? undefined : channelShown(id, guild);
}

function otherFields(value: Value, guild: Guild | null): readonly (readonly [Words, Words])[] {
  const { bots, keptHours, keepFiles, exemptPattern } = value;
  const exempt = EXEMPT.map((field): readonly [Words, Words] => {
    const words = value[field].map((id) => shown(field, id, guild));
    return [t(`commands.config.events.${field}`), words.length === 0 ? t('commands.config.unset') : list(words)];
  });
  return [
    [t('commands.config.events.bots'), t(`commands.config.events.${bots ? 'told' : 'notTold'}`)],
    [t('commands.config.events.kept'), t('commands.config.events.hours', { count: keptHours })],
    [t('commands.config.events.files'), t(`commands.config.events.${keepFiles ? 'filesKept' : 'filesNot'}`)],
    [
      t('commands.config.events.pattern'),
      exemptPattern === undefined ? t('commands.config.unset') : code(exemptPattern),
    ],
    ...exempt,
  ];
}

function shown(field: (typeof EXEMPT)[number], id: string, guild: Guild | null): Words {
  if (field === 'exemptChannels') return channelShown(id, guild);
  return mention(field === 'exemptRoles' ? 'role' : 'user', id);
}

/** What keeps some kinds from being told, and how to mend it. */
function lackingIn({ channels }: Value, guild: Guild | null, { gateway }: Context): readonly Said[] {
  if (Object.keys(channels).length === 0) return [];
  const off = (intent: string) => gateway.missingIntents.some(({ without }) => without === intent);
  const may = guild?.members.me?.permissions;
  return [
    ...(off('intents.messageContent') ? [t('commands.config.events.noContent')] : []),
    ...(off('intents.members') ? [t('commands.config.events.noMembers')] : []),
    ...(may?.has(PermissionFlagsBits.ViewAuditLog) === false ? [t('commands.config.events.noAudit')] : []),
    ...(may?.has(PermissionFlagsBits.ManageChannels) === false ? [t('commands.config.events.noInvites')] : []),
  ];
}

function picker(field: (typeof EXEMPT)[number], value: Value, guild: Guild | null): Part {
  const several = { customId: pick.customId({ field }), min: 0, max: MOST_PICKED } as const;
  const there = { exemptChannels: guild?.channels.cache, exemptRoles: guild?.roles.cache, exemptPeople: undefined }[
    field
  ];
  const chosen = value[field].filter((id) => there === undefined || there.has(id));
  switch (field) {
    case 'exemptChannels': {
      const placeholder = t('commands.config.events.pickChannels');
      return {
        kind: 'select',
        select: { ...several, of: 'channel', placeholder, chosen, channelTypes: EXEMPT_CHANNELS },
      };
    }
    case 'exemptRoles':
      return {
        kind: 'select',
        select: { ...several, of: 'role', placeholder: t('commands.config.events.pickRoles'), chosen },
      };
    case 'exemptPeople':
      return {
        kind: 'select',
        select: { ...several, of: 'user', placeholder: t('commands.config.events.pickPeople'), chosen },
      };
    default: {
      const never: never = field;
      return never;
    }
  }
}
