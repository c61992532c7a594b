import { expect, test, vi } from 'vitest';
import { startBot } from '../../../bot.ts';
import { confirmed, untilOver } from './mass.ts';
import { bannedIn, casesOf } from './moderated.ts';

vi.setConfig({ testTimeout: 120_000 });

test('many are removed, and who has left meanwhile is told of', async () => {
  await using bot = await startBot();
  const [left = '', ...others] = await bot.discord.join(6);
  await bot.discord.leave(left);
  await confirmed(bot, 'masskick', { ids: [left, ...others].join(' '), reason: 'cleanup' });
  const { items } = await untilOver(bot);
  expect(items.map(({ outcome, why }) => [outcome, why?.key])).toEqual([
    ['refused', 'moderation.refused.left'],
    ...others.map(() => ['done', undefined]),
  ]);
  const { members } = bot.discord.state.guilds.get(bot.discord.guildId) ?? {};
  expect(others.filter((id) => members?.has(id))).toEqual([]);
  expect((await casesOf(bot)).map(({ type, told }) => [type, told])).toEqual(
    [left, ...others].map(() => ['kick', null]),
  );
});

test('many are timed out', async () => {
  await using bot = await startBot();
  const all = await bot.discord.join(6);
  await confirmed(bot, 'masstimeout', { ids: all.join('\n'), duration: '1 day' });
  const { items } = await untilOver(bot);
  expect(items.map(({ outcome }) => outcome)).toEqual(all.map(() => 'done'));
  const { members } = bot.discord.state.guilds.get(bot.discord.guildId) ?? {};
  for (const id of all)
    expect(Date.parse(String(members?.get(id)?.communication_disabled_until))).toBeGreaterThan(Date.now());
});

test('the bans of many are lifted, and who is not banned is told of', async () => {
  await using bot = await startBot();
  const all = await bot.discord.join(6);
  for (const id of all.slice(1))
    await bot.discord.rest('PUT', `/guilds/${bot.discord.guildId}/bans/${id}`, { as: 'owner' });
  await confirmed(bot, 'massunban', { ids: all.join(',') });
  const { items } = await untilOver(bot);
  expect(items.map(({ outcome }) => outcome)).toEqual(['refused', ...all.slice(1).map(() => 'done')]);
  expect(bannedIn(bot)).toEqual([]);
});

test.each(['massban', 'massunban', 'masskick', 'masstimeout', 'purge'])(
  'saved reasons are offered while one is typed: /%s',
  async (name) => {
    await using bot = await startBot();
    await bot.set('moderation', { reasons: ['Raid', 'Spam'] });
    const offered = await bot.discord.autocomplete(name, { reason: 'rai' }, 'reason', { as: 'moderator' });
    expect(offered.map(({ value }) => value)).toEqual(['rai', 'Raid']);
  },
);
