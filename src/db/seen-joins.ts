import type { ISql, Sql } from 'postgres';

/** Somebody who has joined, and when Discord says that was. */
export interface Join {
  readonly user: string;
  readonly at: Date;
}

/** Notes that somebody's joining was seen; false where it was before. Whoever does so at the same moment waits until the transaction ends. */
export async function noteJoin(db: ISql, guild: string, { user, at }: Join): Promise<boolean> {
  const noted = await db`
    insert into seen_joins (guild_id, user_id, joined_at) values (${guild}, ${user}, ${at})
    on conflict (guild_id, user_id) do update set joined_at = excluded.joined_at
    where seen_joins.joined_at < excluded.joined_at
    returning 1`;
  return noted.count > 0;
}

/** Those of them whose joining nobody has seen. */
export async function unseenJoins(db: Sql, guild: string, joins: readonly Join[]): Promise<ReadonlySet<string>> {
  if (joins.length === 0) return new Set();
  const users = joins.map(({ user }) => user);
  const times = joins.map(({ at }) => at.toISOString());
  const rows = await db<{ user: string }[]>`
    select member::text as user from unnest(${users}::bigint[], ${times}::timestamptz[]) as joins (member, at)
    where not exists (
      select from seen_joins where guild_id = ${guild} and user_id = member and joined_at >= at
    )`;
  return new Set(rows.map(({ user }) => user));
}

/** Since when who joins a server is looked for: from now on where it never was. */
export async function joinsWatchedSince(db: ISql, guild: string, now: Date): Promise<Date> {
  const [row] = await db<{ since: Date }[]>`
    insert into join_watches (guild_id, since) values (${guild}, ${now})
    on conflict (guild_id) do update set since = join_watches.since
    returning since`;
  return row?.since ?? now;
}

/** All has been done for who had joined by then. */
export async function watchJoinsSince(db: ISql, guild: string, since: Date): Promise<void> {
  await db`
    insert into join_watches (guild_id, since) values (${guild}, ${since})
    on conflict (guild_id) do update set since = greatest(join_watches.since, excluded.since)`;
}
