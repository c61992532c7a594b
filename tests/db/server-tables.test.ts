import { expect, test } from 'vitest';
import { deleteLeftServers, forgetLeftServer, leftRowsOf, noteLeftServers } from '../../src/db/left-servers.ts';
import { ARCHIVED, SERVER_TABLES } from '../../src/db/server-tables.ts';
import { freshDatabase } from '../database.ts';

/** Tables whose rows go by their age, whoever they are of; those of the archive by its own job. */
const AGED_OUT = [
  'archived_edits',
  'archived_messages',
  'automod_deeds',
  'automod_replies',
  'kept_messages',
  'log_entries',
  'member_searches',
];
const NOTES = 'left_servers';

test('every table that has rows of servers is cleaned up, or its rows age out; each finds them by an index', async () => {
  await using database = await freshDatabase();
  const { db } = database;
  const found = await db<{ name: string }[]>`
    select distinct table_name as name from information_schema.columns
    where table_schema = 'public' and column_name ~ '^(guild|server)(_id)?$' order by 1`;
  const known = [...SERVER_TABLES, ...AGED_OUT, ARCHIVED, NOTES].toSorted();
  expect(found.map(({ name }) => name)).toEqual(known);
  const indexed = await db<{ name: string }[]>`
    select distinct indrelid::regclass::text as name from pg_index
    join pg_attribute on attrelid = indrelid and attnum = indkey[0] where attname = 'guild_id'`;
  const names = indexed.map(({ name }) => name);
  expect(SERVER_TABLES.filter((table) => !names.includes(table))).toEqual([]);
});

test('what a server left behind stays for the grace period, comes back with the bot, and goes after it', async () => {
  await using database = await freshDatabase();
  const { db } = database;
  for (const guild of [1, 2]) {
    await db`insert into settings (guild_id, area, value) values (${guild}, 'general', '{}')`;
    await db`insert into case_numbers (guild_id, last) values (${guild}, 3)`;
    await db`
      insert into polls (guild_id, channel_id, author_id, question, answers, many, anonymous, ends_at)
      values (${guild}, 1, 1, '', '{a,b}', false, false, '2026-01-01')`;
    await db`insert into poll_votes (poll_id, user_id, slot, answer) select max(id), 1, 0, 0 from polls`;
    await db`
      insert into timers (kind, owner_id, guild_id, payload, due_at, wake_at, zone)
      values ('x', 1, ${guild}, '{}', '2027-01-01', '2027-01-01', 'UTC')`;
  }
  const left = new Date('2026-01-01T00:00:00Z');
  const nowhere = { guilds: [], shards: [0], shardCount: 1 };
  expect(await noteLeftServers(db, nowhere, left)).toBe(2);
  const clean = async (before: Date) => {
    for (const table of SERVER_TABLES) await leftRowsOf(table)(db, before, 100);
    await deleteLeftServers(db, before, 100);
  };
  const kept = async () => {
    const [settings, numbers, polls, votes, timers] = await Promise.all([
      db`select from settings`,
      db`select from case_numbers`,
      db`select from polls`,
      db`select from poll_votes`,
      db`select from timers`,
    ]);
    return [settings, numbers, polls, votes, timers].map((rows) => rows.length);
  };
  await clean(left);
  expect(await kept()).toEqual([2, 2, 2, 2, 2]);
  await forgetLeftServer(db, '2');
  await clean(new Date('2026-02-01T00:00:00Z'));
  expect(await kept()).toEqual([1, 1, 1, 1, 1]);
  expect(await db`select guild_id::int as guild from settings`).toEqual([{ guild: 2 }]);
  expect(await db`select from left_servers`).toHaveLength(0);
});
