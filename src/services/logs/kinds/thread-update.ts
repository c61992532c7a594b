import { AuditLogEvent } from 'discord.js';
import { mention, t } from '../../answers/words.ts';
import { auditKey, changesIn } from '../audit-entry.ts';
import { changedBetween, yesNo } from '../changes.ts';
import { CHANNEL_FIELDS, THREAD_FIELDS } from '../channel-fields.ts';
import { defineLogKind } from '../kind.ts';
import { channelNamed } from '../people.ts';

const AUDITED = {
  name: 'eventLogs.what.name',
  archived: 'eventLogs.what.archived',
  locked: 'eventLogs.what.locked',
  rate_limit_per_user: 'eventLogs.what.slowmode',
} as const;

/** A thread is different. Of those that nobody remembers the audit log tells alone. */
export default defineLogKind({
  group: 'threads',
  on: {
    threadUpdate([before, after]) {
      const changes = changedBetween(before, after, [...CHANNEL_FIELDS, ...THREAD_FIELDS]);
      if (changes.length === 0) return undefined;
      const where = mention('channel', after.parentId ?? after.id);
      return {
        title: 'eventLogs.titles.threadChanged',
        said: t('eventLogs.said.thread', { thread: channelNamed(after.id, after.name), where }),
        about: { channel: after.id },
        changes,
        audit: [auditKey(AuditLogEvent.ThreadUpdate, after.id)],
      };
    },
  },
  audit: {
    [AuditLogEvent.ThreadUpdate](entry) {
      const { target_id: id } = entry;
      if (id === null) return undefined;
      return {
        title: 'eventLogs.titles.threadChanged',
        said: t('eventLogs.said.channel', { channel: mention('channel', id) }),
        about: { channel: id },
        changes: changesIn(entry).flatMap(({ key, old, new: now }) => {
          const what = key in AUDITED ? AUDITED[key as keyof typeof AUDITED] : undefined; // it was just looked whether it is one
          return what ? [{ what: t(what), from: wordsOf(old), to: wordsOf(now) }] : [];
        }),
      };
    },
  },
});

function wordsOf(value: unknown) {
  return typeof value === 'boolean' ? yesNo(value) : String(value ?? '');
}
