import { AuditLogEvent } from 'discord.js';
import { t } from '../../answers/words.ts';
import { auditKey } from '../audit-entry.ts';
import { defineLogKind } from '../kind.ts';
import { person } from '../people.ts';

/** Somebody's ban was lifted. */
export default defineLogKind({
  group: 'moderation',
  on: {
    guildBanRemove: ([{ user }]) => ({
      title: 'eventLogs.titles.unbanned',
      said: t('eventLogs.said.member', { who: person(user.id, user.username) }),
      about: { user: user.id, bot: user.bot },
      audit: [auditKey(AuditLogEvent.MemberBanRemove, user.id)],
    }),
  },
});
