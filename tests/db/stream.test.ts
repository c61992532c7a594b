import { expect, test } from 'vitest';
import { databaseError } from '../../src/db/away.ts';
import type { Db } from '../../src/db/connect.ts';
import { stream } from '../../src/db/stream.ts';
import { freshDatabase } from '../database.ts';
import { embeddedDatabase } from '../embedded-database.ts';

const KINDS = [
  ['a server', freshDatabase],
  ['the embedded database', embeddedDatabase],
] as const;

/** `odd` is out of order on purpose: the stream sorts by its key. */
async function numbers(db: Db, count: number): Promise<void> {
  await db`create table numbers (id bigint primary key, odd boolean not null)`;
  await db`insert into numbers select n, n % 2 = 1 from generate_series(${count}::int, 1, -1) n`;
}

async function ids(rows: AsyncIterable<{ id: string }>): Promise<number[]> {
  const seen: number[] = [];
  for await (const { id } of rows) seen.push(Number(id));
  return seen;
}

/** The transactions that somebody left open on the server. */
async function openTransactions(db: Db): Promise<number> {
  const rows = await db`
    select 1 from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null`;
  return rows.length;
}

for (const [kind, open] of KINDS) {
  test(`on ${kind} every row comes once, in the order of the key, with the query's own conditions`, async () => {
    await using database = await open();
    const { db } = database;
    await numbers(db, 2_500);
    const odd = await ids(
      stream<{ id: string }>(db, () => db`select * from numbers where odd = ${true}`, { key: 'id', batch: 100 }),
    );
    expect(odd).toEqual(Array.from({ length: 1_250 }, (_, at) => 2 * at + 1));
  });

  test(`on ${kind} a number of rows that fills the last page ends all the same`, async () => {
    await using database = await open();
    const { db } = database;
    await numbers(db, 200);
    expect(
      await ids(stream<{ id: string }>(db, () => db`select * from numbers`, { key: 'id', batch: 100 })),
    ).toHaveLength(200);
  });

  test(`on ${kind} no rows are no rows`, async () => {
    await using database = await open();
    const { db } = database;
    await numbers(db, 0);
    expect(await ids(stream<{ id: string }>(db, () => db`select * from numbers`, { key: 'id', batch: 100 }))).toEqual(
      [],
    );
  });

  test(`on ${kind} other queries go through while a stream is read, and what they add is not in it`, async () => {
    await using database = await open();
    const { db } = database;
    await numbers(db, 300);
    let count = 0;
    for await (const _row of stream(db, () => db`select * from numbers`, { key: 'id', batch: 10 })) {
      count += 1;
      if (count % 100 === 0) await db`insert into numbers values (${1_000 + count}, false)`;
    }
    expect(count).toBe(300);
    expect(await db`select 1 from numbers`).toHaveLength(303);
  });

  test(`on ${kind} two streams of different queries are read at the same time`, async () => {
    await using database = await open();
    const { db } = database;
    await numbers(db, 100);
    const wide = ids(stream<{ id: string }>(db, () => db`select *, 1 as extra from numbers`, { key: 'id', batch: 7 }));
    const narrow = ids(
      stream<{ id: string }>(db, () => db`select id from numbers where id > 50`, { key: 'id', batch: 7 }),
    );
    expect((await wide).length + (await narrow).length).toBe(150);
  });

  test(`on ${kind} the loop can be left early and the next one is not disturbed`, async () => {
    await using database = await open();
    const { db } = database;
    await numbers(db, 300);
    for (const many of [1, 10, 11]) {
      let count = 0;
      for await (const _row of stream(db, () => db`select * from numbers`, { key: 'id', batch: 10 })) {
        count += 1;
        if (count === many) break;
      }
    }
    expect(
      await ids(stream<{ id: string }>(db, () => db`select id from numbers`, { key: 'id', batch: 10 })),
    ).toHaveLength(300);
    if (db.kind === 'server') expect(await openTransactions(db)).toBe(0);
  });

  test(`on ${kind} the signal ends it with its reason`, async () => {
    await using database = await open();
    const { db } = database;
    await numbers(db, 300);
    const stop = new AbortController();
    let count = 0;
    const reading = async () => {
      const rows = stream(db, () => db`select * from numbers`, { key: 'id', batch: 10, signal: stop.signal });
      for await (const _row of rows) {
        count += 1;
        if (count === 25) stop.abort(new Error('enough'));
      }
    };
    await expect(reading()).rejects.toThrow('enough');
    expect(count).toBe(25);
    if (db.kind === 'server') expect(await openTransactions(db)).toBe(0);
  });

  test(`on ${kind} a query with a mistake fails with the database's own error`, async () => {
    await using database = await open();
    const { db } = database;
    await expect(ids(stream(db, () => db`select * from nowhere`, { key: 'id', batch: 10 }))).rejects.toThrow('nowhere');
    expect(await database.ping()).toBeGreaterThan(0);
  });
}

test('the signal also ends a query that is still looking for its first row', async () => {
  await using database = await freshDatabase();
  const { db } = database;
  const stop = new AbortController();
  const reading = ids(
    stream(db, () => db`select 1 as id, pg_sleep(60)`, { key: 'id', batch: 10, signal: stop.signal }),
  );
  const failed = expect(reading).rejects.toThrow('enough');
  await untilAsleep(db);
  stop.abort(new Error('enough'));
  await failed;
  expect(await openTransactions(db)).toBe(0);
});

test('a reader slower than the time limit of a statement gets every row of one snapshot', async () => {
  await using database = await freshDatabase({ statementTimeoutMs: 50 });
  const { db } = database;
  await numbers(db, 40);
  let count = 0;
  for await (const _row of stream(db, () => db`select * from numbers`, { key: 'id', batch: 10 })) {
    count += 1;
    if (count % 10 === 1) {
      await db.begin((tx) => [
        tx`set local statement_timeout = 0`,
        tx`select pg_sleep(0.06)`,
        tx`delete from numbers where id > ${count + 5}`,
      ]);
    }
  }
  expect(count).toBe(40);
});

test('a stream whose server goes away fails with what databaseError recognises', async () => {
  await using database = await freshDatabase();
  const { db } = database;
  await numbers(db, 100);
  const reading = async () => {
    for await (const _row of stream(db, () => db`select * from numbers`, { key: 'id', batch: 10 })) {
      await db`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null`;
    }
  };
  const error = await reading().catch((reason: unknown) => reason);
  expect(databaseError(error)?.name).toBe('DatabaseAwayError');
  expect(await db`select 1 as alive`).toMatchObject([{ alive: 1 }]);
});

async function untilAsleep(db: Db): Promise<void> {
  while (
    (await db`select 1 from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()`).length ===
    0
  );
}
