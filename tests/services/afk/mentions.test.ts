import { expect, test } from 'vitest';
import type { Db } from '../../../src/db/connect.ts';
import { Mentions } from '../../../src/services/afk/mentions.ts';
import { freshDatabase, silent, type TestDatabase } from '../../database.ts';

const guild = '100000000000000001';
const [tea, coffee] = ['100000000000000002', '100000000000000003'] as const;
const at = new Date('2027-07-06T12:00:00Z');

/** Two who are away; the second until a minute after `at`. */
async function awayFor({ db }: TestDatabase) {
  await db`
    insert into afk (guild_id, user_id, reason, since, set_at, until) values
      (${guild}, ${tea}, '', ${at}, ${at}, null),
      (${guild}, ${coffee}, '', ${at}, ${at}, ${new Date(at.getTime() + 60_000)})`;
  return async () => await db`select mentions, links from afk order by user_id`;
}

/** A database that can be away and counts what it is asked. */
function flaky({ db }: TestDatabase) {
  const state = { away: false, asked: 0, meanwhile: () => {} };
  const flaky = Object.assign(
    (...args: Parameters<Db>) => {
      if (!Array.isArray(args[0]) || !('raw' in args[0])) return Reflect.apply(db, undefined, args);
      state.asked += 1;
      state.meanwhile();
      return state.away ? Promise.reject(new Error('away')) : Reflect.apply(db, undefined, args);
    },
    { kind: 'server' },
  ) as unknown as Db;
  return { state, db: flaky };
}

test('a flood of mentions is stored at once, each counted, with the last three messages', async () => {
  await using database = await freshDatabase();
  const kept = await awayFor(database);
  const { state, db } = flaky(database);
  await using mentions = new Mentions({ db, log: silent });
  for (let n = 1; n <= 1_000; n += 1)
    mentions.count({ guild, users: n > 998 ? [tea, coffee] : [tea], link: `1/${n}`, at });
  await mentions.flush();
  expect(state.asked).toBe(1);
  mentions.count({ guild, users: [coffee], link: '1/1001', at });
  mentions.count({ guild, users: [coffee], link: '1/1002', at: new Date(at.getTime() + 60_000) });
  await mentions.flush();
  expect(await kept()).toEqual([
    { mentions: 1_000, links: ['1/998', '1/999', '1/1000'] },
    { mentions: 4, links: ['1/1000', '1/1001', '1/1002'] },
  ]);
});

test('whoever is back by then, or away no more, is counted nothing', async () => {
  await using database = await freshDatabase();
  const kept = await awayFor(database);
  await using mentions = new Mentions({ db: database.db, log: silent });
  await database.db`delete from afk where user_id = ${tea}`;
  mentions.count({ guild, users: [tea, coffee], link: '1/1', at: new Date(at.getTime() + 60_000) });
  await mentions.flush();
  expect(await kept()).toEqual([{ mentions: 0, links: [] }]);
});

test('nothing is lost or counted twice while the database is away, and one person can be stored alone', async () => {
  await using database = await freshDatabase();
  const kept = await awayFor(database);
  const { state, db } = flaky(database);
  await using mentions = new Mentions({ db, log: silent });
  for (const link of ['1/1', '1/2']) mentions.count({ guild, users: [tea, coffee], link, at });
  state.away = true;
  state.meanwhile = () => mentions.count({ guild, users: [tea, coffee], link: '1/3', at });
  await expect(mentions.flush()).rejects.toThrow('away');
  Object.assign(state, { away: false, meanwhile: () => {} });
  await mentions.flush({ guild, user: tea });
  const [whole, nothing] = [
    { mentions: 3, links: ['1/1', '1/2', '1/3'] },
    { mentions: 0, links: [] },
  ];
  expect(await kept()).toEqual([whole, nothing]);
  await mentions.flush();
  await mentions.flush();
  expect(await kept()).toEqual([whole, whole]);
});
