import { expect, test } from 'vitest';
import { startBot } from '../../../bot.ts';
import { saidIn } from '../files/inspected.ts';

test('a person is in timeout once they have pressed the button that says what will happen', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId, people } = discord;
  const until = () => discord.state.guilds.get(guildId)?.members.get(people.member)?.communication_disabled_until;
  const reply = await discord.slash('selftimeout', { for: '2h' });
  expect(saidIn(reply)).toContain('For 2 hours you will not be able to write');
  expect(until()).toBeNull();
  const customId = /"custom_id":"(selftimeout\.confirm:[^"]+)"/.exec(JSON.stringify(reply.message))?.[1] ?? '';
  const before = Date.now();
  expect(saidIn(await discord.click(reply.message ?? '', customId))).toContain('You are in timeout until');
  const end = Date.parse(until() ?? '') - 7_200_000;
  expect(end).toBeGreaterThanOrEqual(before - 1_000); // Discord may cut to whole seconds
  expect(end).toBeLessThanOrEqual(Date.now());
});

test('too short, too long, and whom Discord protects are refused', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  expect(saidIn(await discord.slash('selftimeout', { for: '1 min' }))).toContain('Write 5 minutes or more');
  expect(saidIn(await discord.slash('selftimeout', { for: '8 days' }))).toContain('or less');
  expect(saidIn(await discord.slash('selftimeout', { for: 'ever' }))).toContain('no span of time');
  expect(saidIn(await discord.slash('selftimeout', { for: '2h' }, { as: 'owner' }))).toContain('does not let me');
});
