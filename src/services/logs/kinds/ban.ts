import { AuditLogEvent } from 'discord.js';
import { t } from '../../answers/words.ts';
import { auditKey } from '../audit-entry.ts';
import { defineLogKind } from '../kind.ts';
import { person } from '../people.ts';

/** Somebody was banned. */
export default defineLogKind({
  group: 'moderation',
  on: {
    guildBanAdd: ([{ user }]) => ({
      title: 'eventLogs.titles.banned',
      said: t('eventLogs.said.member', { who: person(user.id, user.username) }),
      about: { user: user.id, bot: user.bot },
      audit: [auditKey(AuditLogEvent.MemberBanAdd, user.id)],
    }),
  },
});
