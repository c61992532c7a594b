import { AuditLogEvent } from 'discord.js';
import { createdAt } from '../../../lib/snowflake.ts';
import { mention, t, timestamp } from '../../answers/words.ts';
import { auditKey } from '../audit-entry.ts';
import { listed } from '../changes.ts';
import type { Made } from '../entry.ts';
import type { KeptMessage } from '../kept-messages.ts';
import { defineLogKind, type LoggedPackets } from '../kind.ts';
import { linkTo, person } from '../people.ts';

type Deletion = LoggedPackets['MESSAGE_DELETE'];

/** A message is gone. The audit log tells who deleted it where that was not its author. */
export default defineLogKind({
  group: 'messages',
  packets: {
    MESSAGE_DELETE(deletion, { messages }) {
      const kept = messages.find(deletion.channel_id, deletion.id);
      return kept instanceof Promise ? kept.then((found) => madeOf(deletion, found)) : madeOf(deletion, kept);
    },
  },
});

function madeOf({ guild_id: guild = '', channel_id: channel, id }: Deletion, kept: KeptMessage | undefined): Made {
  const where = { where: mention('channel', channel), when: timestamp(createdAt(id), 'f') };
  const place = { title: 'eventLogs.titles.messageDeleted', link: linkTo(guild, channel) } as const;
  if (!kept) return { ...place, said: t('eventLogs.said.unknownMessage', where), about: { channel } };
  const { author, authorName, bot, roles, text, files } = kept;
  return {
    ...place,
    said: t('eventLogs.said.deletedMessage', { ...where, who: person(author, authorName) }),
    about: { user: author, bot, roles, channel },
    audit: [auditKey(AuditLogEvent.MessageDelete, author, channel)],
    unclaimed: 'author',
    ...(files.length > 0 && { files }),
    ...(text !== '' && { before: text }),
    changes: listed(
      'eventLogs.what.files',
      files.map(({ name }) => name),
    ),
  };
}
