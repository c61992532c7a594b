import type { Db } from './connect.ts';
import type { Gone } from './oldest.ts';

/** Changes of a server's rules and lists that are kept, each the latest. */
const MOST_RULE_CHANGES = 500;
const MOST_LIST_CHANGES = 1_000;

/** Deletes what servers have changed in their rules before the latest changes, at most `limit` rows of all of them. */
export async function deleteRuleChangesBeyond(db: Db, _before: Date, limit: number): Promise<number> {
  const gone = await db`
    delete from automod_rule_changes where ctid = any(array(
      select old.place from automod_rule_sets sets, lateral (
        select ctid as place from automod_rule_changes
        where guild_id = sets.guild_id and version <= sets.version - ${MOST_RULE_CHANGES}::integer
        limit ${limit}
      ) old
      limit ${limit}
    ))`;
  return gone.count;
}

/** The same of their lists. */
export async function deleteListChangesBeyond(db: Db, _before: Date, limit: number): Promise<number> {
  const gone = await deleteListChanges(
    db,
    db`
      select change.* from automod_rule_sets sets, lateral (
        select id from automod_list_changes where guild_id = sets.guild_id
        order by id desc offset ${MOST_LIST_CHANGES} limit 1
      ) last, lateral (
        select ${columns(db)} from automod_list_changes where guild_id = sets.guild_id and id <= last.id
        order by id limit ${limit}
      ) change
      limit ${limit}`,
  );
  return gone.deleted;
}

/** Deletes changes of lists that are older, at most `limit`. */
export function deleteOldListChanges(db: Db, before: Date, limit: number): Promise<Gone> {
  return deleteListChanges(
    db,
    db`
      select ${columns(db)} from automod_list_changes where changed_at <= ${before}
      order by changed_at limit ${limit} for update skip locked`,
  );
}

function columns(db: Db) {
  return db`id, guild_id, name, before, after, changed_at`;
}

/** With them goes what no change of the list names any more, and no list holds. */
async function deleteListChanges(db: Db, found: ReturnType<typeof columns>): Promise<Gone> {
  const [gone] = await db<{ found: number; deleted: number; upTo: Date | null }[]>`
    with old as materialized (${found}),
    gone as (delete from automod_list_changes where id = any(array(select id from old)) returning 1),
    named as (select guild_id, name, before as version from old union select guild_id, name, after from old),
    unnamed as (
      delete from automod_list_versions using named
      where automod_list_versions.version = named.version
        and not exists (
          select from automod_lists where guild_id = named.guild_id and automod_lists.version = named.version
        )
        and not exists (
          select from automod_list_changes still
          where still.guild_id = named.guild_id and still.name = named.name
            and named.version in (still.before, still.after) and id <> all(array(select id from old))
        )
    )
    select (select count(*)::int from old) as found, (select count(*)::int from gone) as deleted,
      (select max(changed_at) from old) as "upTo"`;
  return { found: gone?.found ?? 0, deleted: gone?.deleted ?? 0, upTo: gone?.upTo ?? undefined };
}
