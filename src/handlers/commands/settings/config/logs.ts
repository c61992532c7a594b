import { Type } from '@sinclair/typebox';
import { type BaseInteraction, type Guild, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import type { Answer, Part } from '../../../../services/answers/answer.ts';
import { t } from '../../../../services/answers/words.ts';
import { channelShown, mustBeWritable, TEXT_CHANNELS } from '../../../channel-setting.ts';
import { type Asked, defineCommand, defineComponent } from '../../../define.ts';
import { channel } from '../../../options.ts';
import { changeArea, lastChange } from '../../../settings-panel.ts';

const RULES = { needs: PermissionFlagsBits.ManageGuild, visible: 'private' } as const;
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

async function change(
  patch: Readonly<Partial<Record<(typeof FIELDS)[number], string | undefined>>>,
  asked: Asked<BaseInteraction>,
  context: Context,
): Promise<void> {
  for (const field of FIELDS) {
    const id = patch[field];
    if (id !== undefined) mustBeWritable(id, t(`commands.config.logs.${field}`), asked.interaction.guild);
  }
  await changeArea('logs', patch, asked, context);
}

async function panel(guild: Guild | null, context: Context, changed: boolean): Promise<Answer> {
  const guildId = guild?.id ?? '';
  const [settings, last] = await Promise.all([
    context.settings.of(guildId, 'logs'),
    lastChange(guildId, 'logs', context),
  ]);
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
        fields: FIELDS.map(
          (field) => [t(`commands.config.logs.${field}`), channelShown(settings[field], guild)] as const,
        ),
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
