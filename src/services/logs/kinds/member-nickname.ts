import { AuditLogEvent } from 'discord.js';
import { textOf } from '../changes.ts';
import { defineLogKind } from '../kind.ts';
import { memberAudited, memberChanged } from '../member-made.ts';

const NICKNAME = { title: 'eventLogs.titles.nickname', what: 'eventLogs.what.nickname', key: 'nick' } as const;

/** Somebody goes by another name in the server. */
export default defineLogKind({
  group: 'members',
  packets: {
    GUILD_MEMBER_UPDATE: (event, known) =>
      memberChanged(event, known, { ...NICKNAME, fields: [[NICKNAME.what, ({ nick }) => textOf(nick)]] }),
  },
  audit: {
    [AuditLogEvent.MemberUpdate]: (entry, guild) =>
      memberAudited(entry, guild, {
        ...NICKNAME,
        words: (value) => (typeof value === 'string' ? textOf(value) : undefined),
      }),
  },
});
