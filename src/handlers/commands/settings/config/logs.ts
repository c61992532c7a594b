import { Type } from '@sinclair/typebox';
import { type BaseInteraction, ChannelType, type Guild, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import type { Answer, Part } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { mention, t, type Words } from '../../../../services/answers/words.ts';
import { type Asked, defineCommand, defineComponent } from '../../../define.ts';
import { channel } from '../../../options.ts';
import { changeArea, lastChange } from '../../../settings-panel.ts';

const RULES = { needs: PermissionFlagsBits.ManageGuild, visible: 'private' } as const;
const TEXT_CHANNELS = [ChannelType.GuildText, ChannelType.GuildAnnouncement] as const;
const WRITE = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages;
const FIELDS = ['logChannel', 'ownersChannel'] as const;
const Field = Type.Object({ field: Type.Union([Type.Literal('logChannel'), Type.Literal('ownersChannel')]) });

const pick = defineComponent({
  ...RULES,
  kind: 'select',
  id: 'config.logs.pick',
  version: 1,
  state: Field,
  async run(asked, context) {
    await change({ [asked.state.field]: asked.values[0] }, asked, context);
    return panel(asked.interaction.guild, context, true);
  },
});

const clear = defineComponent({
  ...RULES,
  kind: 'button',
  id: 'config.logs.clear',
  version: 1,
  state: Type.Object({}),
  async run(asked, context) {
    await changeArea('logs', { logChannel: null, ownersChannel: null }, asked, context);
    return panel(asked.interaction.guild, context, true);
  },
});

/** Shows where the bot writes to, changes what is named, and offers to pick the rest. */
export default defineCommand({
  ...RULES,
  options: {
    logChannel: channel({ optional: true, types: TEXT_CHANNELS }),
    ownersChannel: channel({ optional: true, types: TEXT_CHANNELS }),
  },
  components: [pick, clear],
  async run(asked, context) {
    const { logChannel, ownersChannel } = asked.options;
    const patch = {
      ...(logChannel && { logChannel: logChannel.id }),
      ...(ownersChannel && { ownersChannel: ownersChannel.id }),
    };
    const changes = Object.keys(patch).length > 0;
    if (changes) await change(patch, asked, context);
    return panel(asked.interaction.guild, context, changes);
  },
});

/** Refuses what is no text channel of this server, and one the bot cannot write to: the setting would look right and do nothing. */
async function change(
  patch: Readonly<Partial<Record<(typeof FIELDS)[number], string | undefined>>>,
  asked: Asked<BaseInteraction>,
  context: Context,
): Promise<void> {
  const { guild } = asked.interaction;
  const me = guild?.members.me;
  for (const field of FIELDS) {
    const id = patch[field];
    if (id === undefined) continue;
    const found = guild?.channels.cache.get(id);
    if (!found || !TEXT_CHANNELS.some((type) => type === found.type)) {
      throw new UserError('errors.channelType', { option: t(`commands.config.logs.${field}`) });
    }
    if (me && !found.permissionsFor(me).has(WRITE)) {
      throw new UserError('commands.config.logs.cannotWrite', { channel: mention('channel', found.id) });
    }
  }
  await changeArea('logs', patch, asked, context);
}

async function panel(guild: Guild | null, context: Context, changed: boolean): Promise<Answer> {
  const guildId = guild?.id ?? '';
  const [settings, last] = await Promise.all([
    context.settings.of(guildId, 'logs'),
    lastChange(guildId, 'logs', context),
  ]);
  const shown = (id: string | null | undefined): Words => {
    if (!id) return t('commands.config.unset');
    const there = guild?.channels.cache.has(id);
    return there ? mention('channel', id) : t('commands.config.logs.broken', { channel: id });
  };
  const pickers = FIELDS.map((field): Part => {
    const chosen = settings[field];
    const placeholder = t(field === 'logChannel' ? 'commands.config.logs.pickLog' : 'commands.config.logs.pickOwners');
    const there = chosen && guild?.channels.cache.has(chosen) ? [chosen] : [];
    return {
      kind: 'select',
      select: {
        of: 'channel',
        customId: pick.customId({ field }),
        placeholder,
        chosen: there,
        channelTypes: TEXT_CHANNELS,
      },
    };
  });
  return {
    tone: changed ? 'good' : 'info',
    title: t('commands.config.logs.title'),
    parts: [
      ...(changed ? [{ kind: 'text', text: t('commands.config.changed') } as const] : []),
      {
        kind: 'fields',
        fields: FIELDS.map((field) => [t(`commands.config.logs.${field}`), shown(settings[field])] as const),
      },
      ...pickers,
      {
        kind: 'buttons',
        buttons: [{ label: t('commands.config.logs.clear'), customId: clear.customId({}), style: 'danger' }],
      },
      { kind: 'small', text: last },
    ],
  };
}
