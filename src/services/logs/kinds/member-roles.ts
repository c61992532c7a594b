import { type APIAuditLogChange, AuditLogEvent } from 'discord.js';
import { t } from '../../answers/words.ts';
import { type AuditEntry, auditKey, changeIn } from '../audit-entry.ts';
import { listed } from '../changes.ts';
import type { Made } from '../entry.ts';
import { defineLogKind } from '../kind.ts';
import { person, roleNamed } from '../people.ts';

type Roles = Extract<APIAuditLogChange, { readonly key: '$add' }>['new_value'];

/** Somebody was given roles, or lost some. */
export default defineLogKind({
  group: 'members',
  packets: {
    GUILD_MEMBER_UPDATE(event, { members, client }) {
      const { before, after } = members.changed(event);
      if (!before) return undefined;
      const { roles } = client.guilds.cache.get(event.guild_id) ?? {};
      const named = (ids: readonly string[]) => ids.map((id) => roleNamed(id, roles?.cache.get(id)?.name));
      const given = after.roles.filter((id) => !before.roles.includes(id));
      const taken = before.roles.filter((id) => !after.roles.includes(id));
      if (given.length === 0 && taken.length === 0) return undefined;
      const about = { user: event.user.id, bot: event.user.bot, roles: after.roles };
      return madeOf({ id: event.user.id, name: event.user.username }, named(given), named(taken), about);
    },
  },
  audit: {
    [AuditLogEvent.MemberRoleUpdate](entry, guild) {
      const id = entry.target_id ?? '';
      const named = (key: '$add' | '$remove') => rolesIn(entry, key).map((role) => roleNamed(role.id, role.name));
      const name = guild.client.users.cache.get(id)?.username;
      return madeOf({ id, name }, named('$add'), named('$remove'), { user: id });
    },
  },
});

function rolesIn(entry: AuditEntry, key: '$add' | '$remove'): NonNullable<Roles> {
  const roles = changeIn(entry, key)?.new;
  return Array.isArray(roles) ? roles : [];
}

function madeOf(
  { id, name }: { readonly id: string; readonly name?: string | undefined },
  given: readonly ReturnType<typeof roleNamed>[],
  taken: readonly ReturnType<typeof roleNamed>[],
  about: Made['about'],
): Made {
  return {
    title: 'eventLogs.titles.memberRoles',
    said: t('eventLogs.said.member', { who: person(id, name) }),
    about,
    audit: [auditKey(AuditLogEvent.MemberRoleUpdate, id)],
    changes: [...listed('eventLogs.what.given', given), ...listed('eventLogs.what.taken', taken)],
  };
}
