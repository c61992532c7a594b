import { AuditLogEvent, type Guild } from 'discord.js';
import type { Key } from '../../lib/i18n.ts';
import { t, type Words } from '../answers/words.ts';
import { type AuditEntry, auditKey, changeIn } from './audit-entry.ts';
import { changedBetween, type Field } from './changes.ts';
import type { Changed, Made } from './entry.ts';
import type { Knowledge, LoggedPackets } from './kind.ts';
import type { MemberFacts } from './known-members.ts';
import { person } from './people.ts';

interface Watched {
  readonly title: Key;
  readonly fields: readonly Field<MemberFacts>[];
  /** What the audit log calls it, where that tells of it. */
  readonly key?: string;
}

/** What has changed of a member, where it is known how they were. */
export function memberChanged(
  event: LoggedPackets['GUILD_MEMBER_UPDATE'],
  { members }: Knowledge,
  { title, fields, key }: Watched,
): Made | undefined {
  const { before, after } = members.changed(event);
  const changes = before ? changedBetween(before, after, fields) : [];
  if (changes.length === 0) return undefined;
  const { id, username, bot } = event.user;
  return {
    ...madeOf(title, id, username, changes),
    about: { user: id, bot, roles: after.roles },
    ...(key !== undefined && { audit: [auditKey(AuditLogEvent.MemberUpdate, id, key)] }),
  };
}

/** The same by the audit log alone, where nobody knew how they were. */
export function memberAudited(
  entry: AuditEntry,
  guild: Guild,
  {
    title,
    what,
    key,
    words,
  }: {
    readonly title: Key;
    readonly what: Key;
    readonly key: string;
    readonly words: (value: unknown) => Words | undefined;
  },
): Made | undefined {
  const change = changeIn(entry, key);
  if (!change || entry.target_id === null) return undefined;
  const [from, to] = [words(change.old), words(change.new)];
  const changed = { what: t(what), ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  const name = guild.client.users.cache.get(entry.target_id)?.username;
  return { ...madeOf(title, entry.target_id, name, [changed]), about: { user: entry.target_id } };
}

function madeOf(title: Key, id: string, name: string | undefined, changes: readonly Changed[]) {
  return { title, said: t('eventLogs.said.member', { who: person(id, name) }), changes };
}
