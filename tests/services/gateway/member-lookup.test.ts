import { expect, test } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import { MemberLookup } from '../../../src/services/gateway/member-lookup.ts';
import { startBot } from '../../bot.ts';

const SERVERS = 125;
/** An account that is in no server. */
const STRANGER = '175928847299117063';

test('however many servers are asked about at once, the gateway keeps its session, and everybody is answered', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  for (let at = 1; at < SERVERS; at += 1) await discord.addGuild(`Server ${at}`);
  await using bot = await startBot({ discord, jobs: {} });
  const guilds = [...bot.app.discord.guilds.cache.values()];
  expect(guilds).toHaveLength(SERVERS);
  let nowMs = 0;
  const lookup = new MemberLookup({ clock: () => nowMs });
  const members = guilds.map((guild) => guild.ownerId);
  for (const guild of guilds) guild.members.cache.clear();
  const mark = discord.mark();
  const asked = () =>
    discord.journal
      .since(mark)
      .filter((entry) => entry.kind === 'session' && JSON.stringify(entry.detail).startsWith('{"op":8')).length;
  const about = async (id: (at: number) => string) => {
    const answers = await Promise.all(guilds.map((guild, at) => lookup.isIn(guild, id(at))));
    return [...new Set(answers)];
  };
  expect(await about(() => STRANGER)).toEqual([false]);
  expect(asked()).toBe(90);
  nowMs = 59_999;
  expect(await about((at) => members[at] ?? '')).toEqual([true]);
  expect(asked()).toBe(90);
  nowMs = 60_000;
  for (const guild of guilds) guild.members.cache.clear();
  const few = guilds.slice(0, 20).map((guild) => lookup.isIn(guild, guild.ownerId));
  expect(await Promise.all(few)).not.toContain(false);
  expect(asked()).toBe(110);
  expect(bot.app.gateway.ready).toBe(true);
  expect(discord.journal.since(mark).filter((entry) => entry.kind === 'session' && entry.what === 'closed')).toEqual(
    [],
  );
});
