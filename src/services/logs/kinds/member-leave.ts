import { AuditLogEvent } from 'discord.js';
import { t, timestamp } from '../../answers/words.ts';
import { auditKey } from '../audit-entry.ts';
import { listed } from '../changes.ts';
import { defineLogKind } from '../kind.ts';
import { person, roleNamed } from '../people.ts';

/** Somebody is not in the server any more. Whoever threw them out is named; nobody is where they may have gone by themselves. */
export default defineLogKind({
  group: 'members',
  packets: {
    GUILD_MEMBER_REMOVE({ guild_id: guild, user }, { members, client }) {
      const last = members.last(guild, user.id);
      const names = client.guilds.cache.get(guild)?.roles.cache;
      const roles = last?.roles.map((id) => roleNamed(id, names?.get(id)?.name)) ?? [];
      const joined = last?.joinedAt
        ? [{ what: t('eventLogs.what.joined'), to: timestamp(new Date(last.joinedAt)) }]
        : [];
      return {
        title: 'eventLogs.titles.left',
        said: t('eventLogs.said.member', { who: person(user.id, user.username) }),
        about: { user: user.id, bot: user.bot, roles: last?.roles },
        audit: [auditKey(AuditLogEvent.MemberKick, user.id), auditKey(AuditLogEvent.MemberBanAdd, user.id)],
        unclaimed: 'silent',
        changes: [...joined, ...listed('eventLogs.what.roles', roles)],
      };
    },
  },
});
