import { expect, test } from 'vitest';
import { MIGRATIONS, migrate } from '../../src/db/migrate.ts';
import { openPool } from '../../src/db/pool.ts';
import { ConfigError } from '../../src/lib/errors.ts';
import { freshDatabase } from '../database.ts';
import { embeddedDatabase } from '../embedded-database.ts';

const NAMES = MIGRATIONS.map(({ name }) => name);
const more = (name: string, sql: string) => [...MIGRATIONS, { name, sql }];

test('a database that is up to date has nothing to run', async () => {
  await using database = await freshDatabase();
  expect(await migrate(database.db)).toEqual([]);
  expect((await database.db`select name from migrations order by name`).map(({ name }) => name)).toEqual(NAMES);
});

test('reminders that came to a channel more than once an hour come by direct message, all others as before', async () => {
  await using database = await freshDatabase();
  const { db } = database;
  const kept = [
    ['5 minutes', { kind: 'interval', minutes: 5 }],
    ['an hour', { kind: 'interval', minutes: 60 }],
    ['a day', { kind: 'daily', every: 1, at: '09:00' }],
    ['nonsense', { kind: 'interval', minutes: 'few' }],
  ] as const;
  for (const [text, rule] of kept)
    await db`
      insert into timers (kind, owner_id, guild_id, channel_id, payload, zone, due_at, wake_at, recurrence)
      values ('reminder', 1, 2, 3, ${db.json({ text, where: 'channel' })}, 'UTC', now(), now(), ${db.json({ rule })})`;
  await db`delete from migrations where name = '0019-seldom-in-channels'`;
  expect(await migrate(db)).toEqual(['0019-seldom-in-channels']);
  const rows = await db`select payload, channel_id::text as channel from timers order by id`;
  expect(rows).toEqual(
    kept.map(([text], at) => ({
      payload: { text, where: at === 0 ? 'dm' : 'channel' },
      channel: at === 0 ? null : '3',
    })),
  );
});

test('25 starters that race make the tables once', async () => {
  await using database = await freshDatabase();
  await database.db`drop schema public cascade`;
  await database.db`create schema public`;
  const starters = Array.from({ length: 25 }, () => openPool(database.address, { connections: 1 }));
  const ran = await Promise.all(starters.map((db) => migrate(db)));
  await Promise.all(starters.map((db) => db.end()));
  expect(ran.filter((names) => names.length > 0)).toEqual([NAMES]);
});

test('a migration that fails leaves nothing of those before it behind', async () => {
  await using database = await freshDatabase();
  const two = [...more('9000-good', 'create table good (id int)'), { name: '9001-bad', sql: 'create table bad (' }];
  await expect(migrate(database.db, two)).rejects.toThrow('syntax error');
  expect(await database.db`select to_regclass('good') as good`).toMatchObject([{ good: null }]);
  expect(await database.db`select name from migrations where name > '9'`).toHaveLength(0);
});

test('a past migration whose text has changed is refused by name', async () => {
  await using database = await freshDatabase();
  await migrate(database.db, more('9000-thing', 'create table thing (id int)'));
  const changed = migrate(database.db, more('9000-thing', 'create table thing (id bigint)'));
  await expect(changed).rejects.toThrow(ConfigError);
  await expect(changed).rejects.toThrow('9000-thing');
});

test('a checkout with other line endings is not a change', async () => {
  await using database = await freshDatabase();
  await migrate(database.db, more('9000-thing', 'create table thing (\nid int)'));
  expect(await migrate(database.db, more('9000-thing', 'create table thing (\r\nid int)'))).toEqual([]);
});

test('a database that a newer version has migrated is refused', async () => {
  await using database = await freshDatabase();
  await migrate(database.db, more('9000-future', 'create table future (id int)'));
  await expect(migrate(database.db)).rejects.toThrow(/newer than this version.*9000-future/);
});

test('a migration of several statements runs on the embedded database too', async () => {
  await using database = await embeddedDatabase();
  expect(await migrate(database.db, more('9000-two', 'create table one (id int); create table two (id int);'))).toEqual(
    ['9000-two'],
  );
  expect(await database.db`select to_regclass('two')::text as two`).toMatchObject([{ two: 'two' }]);
});
