import type { JSONValue } from 'postgres';
import { expect, test, vi } from 'vitest';
import { makeMonths } from '../../src/db/archive-months.ts';
import type { Db } from '../../src/db/connect.ts';
import { personRows } from '../../src/db/person-export.ts';
import { countPersonRows, deletePersonRows } from '../../src/db/person-rows.ts';
import { PERSON_COLUMNS, WRITTEN_COLUMNS } from '../../src/db/person-tables.ts';
import { freshDatabase } from '../database.ts';
import { embeddedDatabase } from '../embedded-database.ts';
import { cellsWith, peoplesColumns } from './person-cells.ts';

vi.setConfig({ testTimeout: 90_000 });
const never = new AbortController().signal;
const PERSON = '771234567890123456';
const OTHER = '779999999999999999';
const WORDS = 'penguinwords';

const known = [
  ...PERSON_COLUMNS.map(({ table, column }) => `${table}.${column}`),
  ...WRITTEN_COLUMNS.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`)),
];
const kept = new Set([
  ...PERSON_COLUMNS.filter(({ does }) => does === 'keep').map(({ table, column }) => `${table}.${column}`),
  ...WRITTEN_COLUMNS.filter(({ does }) => does === 'keep').flatMap(({ table, columns }) =>
    columns.map((column) => `${table}.${column}`),
  ),
]);

test('every column that could hold a person or their words says what deletion does with it, or holds nobody', async () => {
  await using database = await freshDatabase();
  expect(await peoplesColumns(database.db)).toEqual(known.toSorted());
});

interface Column {
  readonly name: string;
  readonly type: string;
  readonly filled: boolean;
}

/** A value that fits, with the person's words where words fit. */
function dummy({ name, type }: Column, at: number): JSONValue {
  if (name === 'state') return 'done';
  if (name === 'what') return 'levels';
  if (name === 'sent_at' || name === 'day') return '2026-11-05';
  if (type === 'uuid') return `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
  if (type === 'boolean') return false;
  if (type === 'ARRAY') return '{}';
  if (type === 'jsonb' || type === 'json') return { text: WORDS };
  if (type === 'bytea') return '\\x00';
  if (/timestamp|date/.test(type)) return '2026-11-05';
  if (/int|numeric|double/.test(type)) return at;
  return `${WORDS} ${at}`;
}

/** One row in every table for each column in which it holds a person, and the same for somebody else. */
async function fill(db: Db): Promise<void> {
  await makeMonths(db, ['2026_11']);
  await db.begin(async (tx) => {
    await tx`set local session_replication_role = replica`; // rows that others name are not needed
    let at = 1_000;
    for (const { table, column } of PERSON_COLUMNS) {
      const columns = await tx<Column[]>`
        select column_name as name, data_type as type, column_default is not null or is_identity = 'YES' as filled
        from information_schema.columns
        where table_name = ${table} and is_generated = 'NEVER' order by ordinal_position`;
      for (const person of [PERSON, OTHER]) {
        at += 1;
        const needed = columns.filter(({ name, filled }) => name === column || !filled);
        const row = Object.fromEntries(needed.map((one) => [one.name, dummy(one, at)]));
        for (const other of PERSON_COLUMNS)
          if (other.table === table && row[other.column] !== undefined) row[other.column] = '1';
        row[column] = person;
        if (table === 'timers') Object.assign(row, { kind: 'reminder', done_at: null });
        if (table === 'cases') Object.assign(row, { told: 'yes' });
        if (table === 'mass_items') Object.assign(row, { outcome: 'done' });
        if (table === 'brakes') Object.assign(row, { owner_told: 'yes' });
        const names = Object.keys(row);
        await tx`insert into ${tx(table)} (${tx(names)}) select ${tx(names)} from json_populate_record(null::${tx(table)}, ${tx.json(row)}::json)`.catch(
          (cause: unknown) => {
            throw new Error(`a row of ${table} could not be made`, { cause });
          },
        );
      }
    }
  });
}

test('deletion leaves a person in no column but those that are kept for a reason, and others as they were', async () => {
  await using database = await freshDatabase();
  const { db } = database;
  await fill(db);
  expect(new Set(await cellsWith(db, PERSON))).toEqual(
    new Set(PERSON_COLUMNS.map(({ table, column }) => `${table}.${column}`)),
  );
  const held = await countPersonRows(db, PERSON);
  expect(held.reduce((sum, { count }) => sum + count, 0)).toBe(PERSON_COLUMNS.length);
  const others = await cellsWith(db, OTHER);
  const changed = await deletePersonRows(db, PERSON, never);
  expect(changed).toBe(PERSON_COLUMNS.filter(({ does }) => does !== 'keep').length);
  expect((await cellsWith(db, PERSON)).filter((cell) => !kept.has(cell))).toEqual([]);
  expect(await cellsWith(db, OTHER)).toEqual(others);
  expect(await deletePersonRows(db, PERSON, never)).toBe(0);
});

for (const [kind, open] of Object.entries({ server: freshDatabase, embedded: embeddedDatabase })) {
  test(`on the ${kind} database what messages said before goes with them, and what is kept of them for the event log`, async () => {
    await using database = await open();
    const { db } = database;
    await makeMonths(db, ['2026_11']);
    for (const [message, author] of [
      [1, PERSON],
      [2, OTHER],
    ] as const) {
      await db`
        insert into archived_messages (guild_id, channel_id, message_id, sent_at, author_id, author_name, body)
        values (1, 1, ${message}, '2026-11-05', ${author}, 'x', 'after')`;
      await db`
        insert into archived_edits (guild_id, channel_id, message_id, sent_at, edited_at, body)
        values (1, 1, ${message}, '2026-11-05', '2026-11-06', 'before')`;
      await db`
        insert into kept_messages (message_id, guild_id, until, body)
        values (${message}, 1, '2027-01-01', ${JSON.stringify({ author })})`;
    }
    await deletePersonRows(db, PERSON, never);
    const left = await Promise.all([
      db`select message_id::int as id from archived_messages`,
      db`select message_id::int as id from archived_edits`,
      db`select message_id::int as id from kept_messages`,
    ]);
    expect(left.map((rows) => rows.map(({ id }) => id))).toEqual([[2], [2], [2]]);
  });
}

test('what somebody is given names nobody else', async () => {
  await using database = await freshDatabase();
  await fill(database.db);
  const given = new Map<string, string[]>();
  for await (const { table, json } of personRows(database.db, PERSON, never))
    given.set(table, [...(given.get(table) ?? []), ...Object.keys(JSON.parse(json))]);
  expect(given.get('member_reports')).toEqual(expect.arrayContaining(['body', 'reporter_id']));
  for (const hidden of ['handler_id', 'place_id', 'posted_id'])
    expect(given.get('member_reports')).not.toContain(hidden);
});
