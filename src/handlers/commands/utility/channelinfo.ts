import { type BaseInteraction, ChannelType, type GuildBasedChannel, PermissionFlagsBits } from 'discord.js';
import type { Answer } from '../../../services/answers/answer.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { code, mention, t, timestamp, type Words } from '../../../services/answers/words.ts';
import { partsOf } from '../../../services/logs/changes.ts';
import { CHANNEL_FIELDS, THREAD_FIELDS } from '../../../services/logs/channel-fields.ts';
import { mayIn } from '../../channel-rights.ts';
import { defineCommand } from '../../define.ts';
import { channel } from '../../options.ts';

/** What a channel is, since when, and who may see it; of those that whoever asks can see. */
export default defineCommand({
  options: { channel: channel({ optional: true }) },
  run({ interaction, options: { channel: asked } }) {
    const id = asked?.id ?? interaction.channelId;
    const found = interaction.guild?.channels.cache.get(id);
    if (!found || !sees(interaction, found)) throw new UserError('commands.channelinfo.unseen');
    return describe(found);
  },
});

/** A private thread is seen by those in it alone, whatever its channel says. */
function sees(interaction: BaseInteraction, found: GuildBasedChannel): boolean {
  if (found.id === interaction.channelId) return true;
  const place = found.isThread() ? found.parentId : found.id;
  if (place === null || !mayIn(interaction, place, PermissionFlagsBits.ViewChannel)) return false;
  return !isPrivateThread(found) || mayIn(interaction, place, PermissionFlagsBits.ManageThreads);
}

function describe(found: GuildBasedChannel): Answer {
  const fields = [...CHANNEL_FIELDS, ...(found.isThread() ? THREAD_FIELDS : [])];
  const details = partsOf(found, fields).flatMap(({ what, to }) => (to === undefined ? [] : [[what, to] as const]));
  return {
    tone: 'info',
    title: t('commands.channelinfo.title'),
    parts: [
      { kind: 'text', text: mention('channel', found.id) },
      {
        kind: 'fields',
        fields: [
          ...details,
          ...(found.createdAt ? [[t('commands.channelinfo.made'), timestamp(found.createdAt, 'D')] as const] : []),
          [t('commands.channelinfo.seenBy'), seenBy(found)],
          [t('commands.channelinfo.id'), code(found.id)],
        ],
      },
    ],
  };
}

function seenBy(found: GuildBasedChannel): Words {
  const open = found.permissionsFor(found.guild.roles.everyone)?.has(PermissionFlagsBits.ViewChannel);
  return t(open && !isPrivateThread(found) ? 'commands.channelinfo.everybody' : 'commands.channelinfo.some');
}

function isPrivateThread({ type }: GuildBasedChannel): boolean {
  return type === ChannelType.PrivateThread;
}
