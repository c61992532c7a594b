import { AuditLogEvent } from 'discord.js';
import { mention, t } from '../../answers/words.ts';
import { auditKey } from '../audit-entry.ts';
import { defineLogKind } from '../kind.ts';
import { channelNamed } from '../people.ts';

/** A thread, or a post of a forum, was begun. */
export default defineLogKind({
  group: 'threads',
  on: {
    threadCreate([thread, isNew]) {
      if (!isNew) return undefined; // the bot was added to it
      const { id, name, parentId, ownerId } = thread;
      return {
        title: 'eventLogs.titles.threadCreated',
        said: t('eventLogs.said.thread', { thread: channelNamed(id, name), where: mention('channel', parentId ?? id) }),
        about: { channel: id, user: ownerId ?? undefined },
        audit: [auditKey(AuditLogEvent.ThreadCreate, id)],
        ...(ownerId && { actor: ownerId }),
      };
    },
  },
});
