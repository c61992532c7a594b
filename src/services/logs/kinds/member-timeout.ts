import { AuditLogEvent } from 'discord.js';
import { timestamp } from '../../answers/words.ts';
import { defineLogKind } from '../kind.ts';
import { memberAudited, memberChanged } from '../member-made.ts';

const TIMEOUT = {
  title: 'eventLogs.titles.timeout',
  what: 'eventLogs.what.timeout',
  key: 'communication_disabled_until',
} as const;

/** Somebody was put in timeout, or let out of it. */
export default defineLogKind({
  group: 'moderation',
  packets: {
    GUILD_MEMBER_UPDATE: (event, known) =>
      memberChanged(event, known, { ...TIMEOUT, fields: [[TIMEOUT.what, ({ timeoutUntil }) => until(timeoutUntil)]] }),
  },
  audit: {
    [AuditLogEvent.MemberUpdate]: (entry, guild) =>
      memberAudited(entry, guild, {
        ...TIMEOUT,
        words: (value) => (typeof value === 'string' ? until(value) : undefined),
      }),
  },
});

function until(value: string | null) {
  return value === null ? undefined : timestamp(new Date(value), 'f');
}
