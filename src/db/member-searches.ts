import type { JSONValue, Sql } from 'postgres';

interface Which {
  readonly id: string;
  readonly guild: string;
  readonly owner: string;
}

/** What one person may have open; the oldest give way. */
const MOST_OPEN = 5;

/** Keeps what was sought and who was found: their ids as a thread wrote them, with commas between. */
export async function insertSearch(
  db: Sql,
  { id, guild, owner }: Which,
  { sought, ids }: { readonly sought: JSONValue; readonly ids: string },
): Promise<void> {
  await db`
    insert into member_searches (id, guild_id, owner_id, sought, ids)
    values (${id}, ${guild}, ${owner}, ${db.json(sought)}, ${`{${ids}}`}::text::bigint[])`;
  await db`
    delete from member_searches where id in (
      select id from member_searches where owner_id = ${owner} order by made_at desc offset ${MOST_OPEN}
    )`;
}

export interface SearchPage {
  readonly sought: unknown;
  readonly count: number;
  readonly ids: readonly string[];
}

/** So many of those who were found, from the place on; nothing where the search is another's or gone. */
export async function readSearch(
  db: Sql,
  { id, guild, owner }: Which,
  { from, most }: { readonly from: number; readonly most: number },
): Promise<SearchPage | undefined> {
  const [row] = await db<SearchPage[]>`
    select sought, cardinality(ids) as count, ids[${from + 1}::int:${from + most}::int]::text[] as ids
    from member_searches where id = ${id} and guild_id = ${guild} and owner_id = ${owner}`;
  return row;
}
