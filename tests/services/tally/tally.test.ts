import { expect, test } from 'vitest';
import type { Db } from '../../../src/db/connect.ts';
import { hourOf, Tally } from '../../../src/services/tally/tally.ts';
import { startBot } from '../../bot.ts';
import { freshDatabase, silent } from '../../database.ts';

const GUILD = '100000000000000001';
const LATE = new Date('2026-01-01T23:59:59Z');

test('what happens is added up day by day, across flushes, and each hour for itself', async () => {
  await using database = await freshDatabase();
  await using tally = new Tally({ db: database.db, log: silent });
  for (let time = 0; time < 3; time += 1) tally.count(GUILD, 'joins', LATE);
  tally.count(GUILD, hourOf(LATE), LATE);
  await tally.flush();
  tally.count(GUILD, 'joins', LATE);
  tally.count(GUILD, 'joins', new Date('2026-01-02T00:00:00Z'));
  await tally.flush();
  expect([...(await tally.ofDay(GUILD, '2026-01-01'))].sort()).toEqual([
    ['hour-23', 1],
    ['joins', 4],
  ]);
  expect([...(await tally.ofDay(GUILD, '2026-01-02'))]).toEqual([['joins', 1]]);
});

test('nothing is lost while the database is away, and nothing is counted twice', async () => {
  await using database = await freshDatabase();
  let away = true;
  const { db } = database;
  const sometimes = Object.assign(
    (...args: Parameters<Db>) => {
      if (!away || !Array.isArray(args[0]) || !('raw' in args[0])) return Reflect.apply(db, undefined, args);
      return Promise.reject(new Error('away'));
    },
    { kind: 'server' },
  ) as unknown as Db;
  await using tally = new Tally({ db: sometimes, log: silent });
  tally.count(GUILD, 'leaves', LATE);
  await expect(tally.flush()).rejects.toThrow('away');
  tally.count(GUILD, 'leaves', LATE);
  away = false;
  await tally.flush();
  await tally.flush();
  expect([...(await tally.ofDay(GUILD, '2026-01-01'))]).toEqual([['leaves', 2]]);
});

test('stopping stores what waits', async () => {
  await using database = await freshDatabase();
  {
    await using tally = new Tally({ db: database.db, log: silent });
    tally.count(GUILD, 'joins', LATE);
  }
  expect(await database.db`select amount::int as amount from server_days`).toEqual([{ amount: 1 }]);
});

test('those who join and leave are counted, also those whom the bot does not remember', async () => {
  await using bot = await startBot();
  const { discord, app } = bot;
  const { guildId } = discord;
  await discord.join(3);
  app.discord.guilds.cache.get(guildId)?.members.cache.clear();
  await discord.leave('member');
  await expect
    .poll(async () => {
      await app.tally.flush();
      return Object.fromEntries(await app.tally.ofDay(guildId, app.now().toISOString().slice(0, 10)));
    })
    .toEqual({ joins: 3, leaves: 1 });
});

test('messages are counted by the hour', async () => {
  await using bot = await startBot();
  const { discord, app } = bot;
  await discord.message({ content: 'hello there', as: 'member', channel: 'general' });
  await expect
    .poll(async () => {
      await app.tally.flush();
      const counts = await bot.db`select what, amount::int as amount from server_days`;
      return counts.map(({ what, amount }) => `${String(what).replace(/\d+/, 'n')} ${amount}`);
    })
    .toEqual(['hour-n 1']);
});
