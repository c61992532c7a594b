import { expect, test } from 'vitest';
import { MemberStays } from '../../../src/services/tally/member-stays.ts';
import { startBot } from '../../bot.ts';
import { freshDatabase, silent } from '../../database.ts';

const GUILD = '100000000000000001';
const at = (hour: number) => new Date(Date.UTC(2026, 10, 27, hour));

test('whoever comes again keeps the time they came first, and whoever was never seen to come is not noted when they go', async () => {
  await using database = await freshDatabase();
  const { db } = database;
  const noted = async () => {
    const rows = await db<{ member: number; joined: Date; left: Date | null }[]>`
      select member_id::int as member, joined_at as joined, left_at as left from member_joins order by 1`;
    return rows.map(({ member, joined, left }) => [member, joined.getUTCHours(), left?.getUTCHours() ?? null]);
  };
  await using stays = new MemberStays({ db, log: silent });
  stays.joined(GUILD, '1', at(1));
  stays.left(GUILD, '2', at(1));
  stays.joined(GUILD, '3', at(1));
  stays.left(GUILD, '3', at(2));
  await stays.flush();
  expect(await noted()).toEqual([
    [1, 1, null],
    [3, 1, 2],
  ]);
  stays.left(GUILD, '1', at(3));
  stays.joined(GUILD, '3', at(4));
  await stays.flush();
  expect(await noted()).toEqual([
    [1, 1, 3],
    [3, 1, null],
  ]);
});

test('those who join and leave are noted, bots apart', async () => {
  await using bot = await startBot();
  const { discord, app, db } = bot;
  await discord.join(2);
  const noted = async () => {
    await app.memberStays.flush();
    const rows = await db<{ gone: boolean }[]>`select left_at is not null as gone from member_joins order by 1`;
    return rows.map(({ gone }) => gone);
  };
  await expect.poll(noted).toEqual([false, false]);
});
