import type { JSONValue, Sql } from 'postgres';

interface Which {
  readonly id: string;
  readonly owner: string;
  readonly kind: string;
}

/** What one person may have waiting; the oldest give way. */
const MOST_OPEN = 20;

/** Keeps what is to be confirmed, or asked for again. */
export async function insertDraft(db: Sql, { id, owner, kind }: Which, body: JSONValue): Promise<void> {
  await db`insert into drafts (id, owner_id, kind, body) values (${id}, ${owner}, ${kind}, ${db.json(body)})`;
  await db`
    delete from drafts where id in (
      select id from drafts where owner_id = ${owner} order by made_at desc offset ${MOST_OPEN}
    )`;
}

/** Takes a draft away and gives what it held, to one of those who ask at the same time. */
export async function takeDraft(db: Sql, { id, owner, kind }: Which): Promise<unknown> {
  const [row] = await db<{ body: unknown }[]>`
    delete from drafts where id = ${id} and owner_id = ${owner} and kind = ${kind} returning body`;
  return row?.body;
}

/** What a draft holds, which stays. */
export async function readDraft(db: Sql, { id, owner, kind }: Which): Promise<unknown> {
  const [row] = await db<{ body: unknown }[]>`
    select body from drafts where id = ${id} and owner_id = ${owner} and kind = ${kind}`;
  return row?.body;
}

/** Puts something else in its place; whether it is still there. */
export async function changeDraft(db: Sql, { id, owner, kind }: Which, body: JSONValue): Promise<boolean> {
  const { count } = await db`
    update drafts set body = ${db.json(body)}, made_at = now() where id = ${id} and owner_id = ${owner} and kind = ${kind}`;
  return count > 0;
}
