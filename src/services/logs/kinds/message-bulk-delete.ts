import { AuditLogEvent } from 'discord.js';
import { isLater } from '../../../lib/snowflake.ts';
import { mention, t } from '../../answers/words.ts';
import { auditKey } from '../audit-entry.ts';
import type { Made } from '../entry.ts';
import type { KeptMessage } from '../kept-messages.ts';
import { defineLogKind, type LoggedPackets } from '../kind.ts';
import { linkTo } from '../people.ts';

/** No more are named to be fetched; fewer are. */
const MOST_FILES = 20;

type Deletion = LoggedPackets['MESSAGE_DELETE_BULK'];

/** Many messages were deleted together: what they said goes along as a file. */
export default defineLogKind({
  group: 'messages',
  packets: {
    MESSAGE_DELETE_BULK: async (deletion, { messages }) =>
      madeOf(deletion, await messages.findAll(deletion.channel_id, deletion.ids)),
  },
});

function madeOf(
  { guild_id: guild = '', channel_id: channel, ids }: Deletion,
  kept: ReadonlyMap<string, KeptMessage>,
): Made {
  const files = [...kept.values()].flatMap((one) => one.files);
  const ordered = ids.toSorted((a, b) => (isLater(a, b) ? 1 : -1));
  return {
    title: 'eventLogs.titles.messagesDeleted',
    said: t('eventLogs.said.messages', { count: ids.length, known: kept.size, where: mention('channel', channel) }),
    link: linkTo(guild, channel),
    about: { channel },
    audit: [auditKey(AuditLogEvent.MessageBulkDelete, channel)],
    ...(files.length > 0 && { files: files.slice(0, MOST_FILES) }),
    messages: ordered.map((id) => {
      const one = kept.get(id);
      if (!one) return { id };
      const { author, authorName, text, files } = one;
      return { id, author, authorName, text, files: files.map(({ name }) => name) };
    }),
  };
}
