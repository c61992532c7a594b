import type { Db } from './connect.ts';
import { PERSON_COLUMNS, type PersonColumn } from './person-tables.ts';
import { stream } from './stream.ts';

/** A row that is kept of somebody, as JSON. */
export interface PersonRow {
  readonly table: string;
  readonly json: string;
}

const BATCH = 200;

/** What others wrote or decided is theirs: of these rows somebody is told how many there are, and not what they say. */
const THEIRS = ['order', 'server'] as const;

/** Every row that is kept of somebody for themselves, table by table. */
export async function* personRows(
  db: Db,
  user: string,
  signal: AbortSignal,
): AsyncGenerator<PersonRow, void, undefined> {
  for (const one of PERSON_COLUMNS) {
    if (one.does === 'forget' || (one.does === 'keep' && THEIRS.some((why) => why === one.why))) continue;
    const { table, column } = one;
    const rows = stream<{ key: string; json: string }>(
      db,
      () => db`
        select own.tableoid::text || own.ctid::text as key, ${asJson(db, one)} as json
        from ${db(table)} own where ${db(column)} = ${user}`,
      { key: 'key', batch: BATCH, signal },
    );
    for await (const { json } of rows) yield { table, json };
    if (table === 'archived_messages') yield* editsOf(db, user, signal);
  }
}

/** What archived messages said before they were changed. */
async function* editsOf(db: Db, user: string, signal: AbortSignal): AsyncGenerator<PersonRow, void, undefined> {
  const rows = stream<{ key: string; json: string }>(
    db,
    () => db`
      select own.tableoid::text || own.ctid::text as key, ${asJson(db, { table: 'archived_edits', column: 'author_id' })} as json
      from archived_edits own join archived_messages message using (message_id, sent_at)
      where message.author_id = ${user}`,
    { key: 'key', batch: BATCH, signal },
  );
  for await (const { json } of rows) yield { table: 'archived_edits', json };
}

/** What stands in somebody's rows and is not theirs, beside other people's ids: an index of words, where moderators talk of a report. */
const NOT_THEIRS = ['words', 'place_id', 'posted_id'];

/** A row with its ids as texts: as numbers they are larger than most programs read exactly. Who else is named in it is nobody's to know. */
function asJson(db: Db, { table, column }: Pick<PersonColumn, 'table' | 'column'>) {
  const others = PERSON_COLUMNS.filter((one) => one.table === table && one.column !== column);
  const hidden = [...NOT_THEIRS, ...others.map((one) => one.column)];
  return db`(
    select jsonb_object_agg(key, case when jsonb_typeof(value) = 'number' and length(value::text) > 15 then to_jsonb(value::text) else value end)
    from jsonb_each(to_jsonb(own)) where key <> all(${hidden}::text[])
  )::text`;
}
