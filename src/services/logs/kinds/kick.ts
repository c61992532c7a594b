import { AuditLogEvent } from 'discord.js';
import { t } from '../../answers/words.ts';
import { defineLogKind } from '../kind.ts';
import { person } from '../people.ts';

/** Somebody was kicked: to Discord's events that looks as if they had left. */
export default defineLogKind({
  group: 'moderation',
  auditAlone: true,
  audit: {
    [AuditLogEvent.MemberKick]({ target_id: id }, guild) {
      if (id === null) return undefined;
      const user = guild.client.users.cache.get(id);
      return {
        title: 'eventLogs.titles.kicked',
        said: t('eventLogs.said.member', { who: person(id, user?.username) }),
        about: { user: id, bot: user?.bot },
      };
    },
  },
});
