import { AuditLogEvent } from 'discord.js';
import { mention, t } from '../../answers/words.ts';
import { auditKey } from '../audit-entry.ts';
import { defineLogKind } from '../kind.ts';
import { channelNamed } from '../people.ts';

/** A thread is gone. */
export default defineLogKind({
  group: 'threads',
  packets: {
    THREAD_DELETE({ id, parent_id: parent }, { client }) {
      const known = client.channels.cache.get(id);
      const name = known && !known.isDMBased() ? known.name : undefined;
      return {
        title: 'eventLogs.titles.threadDeleted',
        said: t('eventLogs.said.thread', { thread: channelNamed(id, name), where: mention('channel', parent ?? id) }),
        about: { channel: parent ?? id },
        audit: [auditKey(AuditLogEvent.ThreadDelete, id)],
      };
    },
  },
});
