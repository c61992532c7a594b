import { Type } from '@sinclair/typebox';
import { type BaseInteraction, ChannelType, type Guild, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import type { Answer, Part } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { list, mention, type Said, t, type Words } from '../../../../services/answers/words.ts';
import { rankWords } from '../../../../services/permissions/words.ts';
import type { AreaValue } from '../../../../services/settings/areas.ts';
import { trustByAlert, untrustByAlert } from '../../../automod-alert-buttons.ts';
import { channelShown, mustBeWritable, TEXT_CHANNELS } from '../../../channel-setting.ts';
import { type Asked, defineCommand, defineComponent } from '../../../define.ts';
import { boolean, channel, integer, user } from '../../../options.ts';
import { missing } from '../../../rules.ts';
import { changeArea, lastChange } from '../../../settings-panel.ts';

const RULES = { needs: PermissionFlagsBits.ManageGuild, visible: 'private' } as const;
/** What rules may do in the server, all of it. */
const DEEDS =
  PermissionFlagsBits.ManageMessages |
  PermissionFlagsBits.ModerateMembers |
  PermissionFlagsBits.KickMembers |
  PermissionFlagsBits.BanMembers |
  PermissionFlagsBits.ManageRoles |
  PermissionFlagsBits.ManageChannels;
const EXEMPT_CHANNELS = [...TEXT_CHANNELS, ChannelType.GuildCategory, ChannelType.GuildForum, ChannelType.GuildVoice];

type Value = AreaValue<'automod'>;

/** What a menu takes. */
const MOST_PICKED = 25;

const pick = defineComponent({
  ...RULES,
  kind: 'select',
  id: 'config.automod.pick',
  version: 1,
  state: Type.Object({
    field: Type.Union([Type.Literal('alertChannel'), Type.Literal('exemptRoles'), Type.Literal('exemptChannels')]),
  }),
  async run(asked, context) {
    const { state, values } = asked;
    await change({ [state.field]: state.field === 'alertChannel' ? values[0] : values }, asked, context);
    return await panel(asked.interaction.guild, context, true);
  },
});

/** Shows what automod looks at and tells whom, and what it lacks; changes what is named, and offers to pick the rest. */
export default defineCommand({
  ...RULES,
  options: {
    alertChannel: channel({ optional: true, types: TEXT_CHANNELS }),
    logChannel: channel({ optional: true, types: TEXT_CHANNELS }),
    exemptRank: integer({ optional: true, min: 0, max: 10 }),
    webhooks: boolean({ optional: true }),
    untrust: user({ optional: true }),
  },
  components: [pick, trustByAlert, untrustByAlert],
  async run(asked, context) {
    const { alertChannel, logChannel, untrust, ...rest } = asked.options;
    const all = { ...rest, alertChannel: alertChannel?.id, logChannel: logChannel?.id };
    const patch = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    if (Object.keys(patch).length > 0) await change(patch, asked, context);
    if (untrust) await changeArea('automod', (value) => withoutTrust(value, untrust.id), asked, context);
    return await panel(asked.interaction.guild, context, untrust !== undefined || Object.keys(patch).length > 0);
  },
});

async function change(
  patch: Readonly<Record<string, unknown>>,
  asked: Asked<BaseInteraction>,
  context: Context,
): Promise<void> {
  for (const field of ['alertChannel', 'logChannel'] as const) {
    const id = patch[field];
    if (typeof id === 'string') mustBeWritable(id, t(`commands.config.automod.${field}`), asked.interaction.guild);
  }
  await changeArea('automod', patch, asked, context);
}

function withoutTrust({ trusted }: Value, member: string) {
  const left = trusted.filter((one) => one.member !== member);
  if (left.length === trusted.length)
    throw new UserError('commands.config.automod.notTrusted', { who: mention('user', member) });
  return { trusted: left };
}

async function panel(guild: Guild | null, context: Context, changed: boolean): Promise<Answer> {
  const guildId = guild?.id ?? '';
  const [value, { logChannel: log }, last] = await Promise.all([
    context.settings.of(guildId, 'automod'),
    context.settings.of(guildId, 'logs'),
    lastChange(guildId, 'automod', context),
  ]);
  const lacking = lackingIn(value, log, guild, context);
  return {
    tone: lacking.length > 0 ? 'warning' : changed ? 'good' : 'info',
    title: t('commands.config.automod.title'),
    parts: [
      ...(changed ? [{ kind: 'text', text: t('commands.config.changed') } as const] : []),
      { kind: 'fields', fields: fieldsOf(value, guild) },
      ...(lacking.length > 0
        ? [{ kind: 'lines', title: t('commands.config.automod.missing'), lines: lacking } as const]
        : []),
      ...pickers(value, guild),
      { kind: 'small', text: last },
    ],
    next: t('commands.config.automod.next'),
  };
}

function fieldsOf(value: Value, guild: Guild | null): readonly (readonly [Words, Words])[] {
  const { alertChannel, logChannel, exemptRoles, exemptChannels, exemptRank, webhooks, trusted } = value;
  const named = (words: readonly Words[]) => (words.length === 0 ? t('commands.config.unset') : list(words));
  const roles = exemptRoles.filter((id) => guild?.roles.cache.has(id)).map((id) => mention('role', id));
  return [
    [
      t('commands.config.automod.alertChannel'),
      alertChannel ? channelShown(alertChannel, guild) : t('commands.config.automod.alertLog'),
    ],
    [
      t('commands.config.automod.logChannel'),
      logChannel ? channelShown(logChannel, guild) : t('commands.config.automod.theLog'),
    ],
    [t('commands.config.automod.exemptRoles'), named(roles)],
    [t('commands.config.automod.exemptChannels'), named(exemptChannels.map((id) => channelShown(id, guild)))],
    [t('commands.config.automod.exemptRank'), t('commands.config.automod.fromRank', { rank: rankWords(exemptRank) })],
    [t('commands.config.automod.webhooks'), t(`commands.config.automod.${webhooks ? 'looked' : 'notLooked'}`)],
    [t('commands.config.automod.trusted'), named(trusted.map(({ member }) => mention('user', member)))],
  ];
}

/** What keeps rules from working, and how to mend it. */
function lackingIn(
  { alertChannel, logChannel }: Value,
  log: string | undefined,
  guild: Guild | null,
  { gateway }: Context,
): readonly Said[] {
  const blind = gateway.missingIntents.some(({ without }) => without === 'intents.messageContent');
  const told = [alertChannel, logChannel, log].some((id) => id && guild?.channels.cache.has(id));
  const permissions = missing(DEEDS, guild?.members.me?.permissions ?? null);
  return [
    ...(blind ? [t('commands.config.automod.noContent')] : []),
    ...(told ? [] : [t('commands.config.automod.noAlerts')]),
    ...(permissions ? [t('commands.config.automod.noPermissions', { permissions })] : []),
  ];
}

function pickers({ alertChannel, exemptRoles, exemptChannels }: Value, guild: Guild | null): readonly Part[] {
  const channels = (ids: readonly string[]) => ids.filter((id) => guild?.channels.cache.has(id));
  const several = { min: 0, max: MOST_PICKED } as const;
  return [
    {
      kind: 'select',
      select: {
        ...{ of: 'channel', customId: pick.customId({ field: 'alertChannel' }), channelTypes: TEXT_CHANNELS },
        ...{
          placeholder: t('commands.config.automod.pickAlerts'),
          chosen: channels(alertChannel ? [alertChannel] : []),
        },
      },
    },
    {
      kind: 'select',
      select: {
        ...{ of: 'role', customId: pick.customId({ field: 'exemptRoles' }), ...several },
        ...{ placeholder: t('commands.config.automod.pickRoles') },
        chosen: exemptRoles.filter((id) => guild?.roles.cache.has(id)),
      },
    },
    {
      kind: 'select',
      select: {
        ...{ of: 'channel', customId: pick.customId({ field: 'exemptChannels' }), ...several },
        ...{ placeholder: t('commands.config.automod.pickChannels'), chosen: channels(exemptChannels) },
        channelTypes: EXEMPT_CHANNELS,
      },
    },
  ];
}
