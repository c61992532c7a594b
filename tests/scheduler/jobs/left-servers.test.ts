import { expect, test } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import leftServers from '../../../src/scheduler/jobs/left-servers.ts';
import { startBot } from '../../bot.ts';

const never = new AbortController().signal;

test('servers that the bot is no longer in are noted once, those of other shards are not, those it is in again are forgotten', async () => {
  let now = new Date('2027-01-01T00:00:00Z');
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const here = discord.guildId;
  const shard = Number((BigInt(here) >> 22n) % 2n);
  const env = { SHARDS: String(shard), SHARD_COUNT: '2' };
  await using bot = await startBot({ discord, now: () => now, jobs: {}, env });
  const { db } = bot;
  const of = (its: number, n: number) => String((BigInt(n * 2 + its) << 22n) + 5n);
  for (const guild of [here, of(shard, 1), of(shard, 2), of(1 - shard, 3)])
    await db`insert into activity select ${guild}, n, 1, '2026-12-01', 1, 1, 0, 0 from generate_series(1, 3) n`;
  await db`insert into left_servers values (${here}, '2026-12-01')`;
  await leftServers.run(bot.app, never, () => {});
  const left = [of(shard, 1), of(shard, 2)].map((guild) => ({ guild, at: now }));
  const noted = () => db`select guild_id::text as guild, left_at as at from left_servers order by guild_id`;
  expect(await noted()).toEqual(left);
  now = new Date('2027-02-01T00:00:00Z');
  await leftServers.run(bot.app, never, () => {});
  expect(await noted()).toEqual(left);
});
