import { expect, test } from 'vitest';
import type { OptionValues } from '../../../../sandbox/server/verbs/option-values.ts';
import { startBot } from '../../../bot.ts';
import { fillCases } from './case/case-rows.ts';
import { order } from './moderated.ts';

test('who has done how much is told, whoever did most first, without what is void or long ago', async () => {
  await using bot = await startBot();
  const { people } = bot.discord;
  expect(await order(bot, 'moderators stats', {}, 'owner')).toContain('Nothing was done');
  await fillCases(bot, 3, new Date(Date.now() - 40 * 86_400_000));
  for (const text of ['a', 'b', 'c']) await order(bot, 'note', { who: 'member', text }, 'owner');
  await order(bot, 'warn', { member: 'member', reason: 'a' });
  await order(bot, 'warn', { member: 'member', reason: 'b' });
  await order(bot, 'case void', { number: 8, reason: 'x' });
  const said = await order(bot, 'moderators stats', {}, 'owner');
  expect(said).toMatch(new RegExp(`<@${people.owner}>: 3.*note \\(3\\)[^]*<@${people.moderator}>: 1.*warning \\(1\\)`));
  expect(await order(bot, 'moderators stats', { days: 60 }, 'owner')).toContain(`<@${people.moderator}>: 4`);
  expect(await order(bot, 'moderators stats', {})).toContain('Manage Server');
});

test('a time from one day to another can be told of, or one moderator alone, and what cannot be is said', async () => {
  await using bot = await startBot();
  const { people } = bot.discord;
  await fillCases(bot, 3, new Date('2026-03-10T12:00:00Z'));
  await order(bot, 'note', { who: 'member', text: 'a' }, 'owner');
  await order(bot, 'note', { who: 'member', text: 'a' });
  const stats = (options: OptionValues) => order(bot, 'moderators stats', options, 'owner');
  const march = await stats({ from: '2026-03-10', to: '2026-03-10' });
  expect(march).toContain(`<@${people.moderator}>: 3, warning (3)`);
  expect(march).not.toContain(people.owner);
  const own = await stats({ from: '2026-03-01', moderator: 'owner' });
  expect(own).toMatch(new RegExp(`since <t:\\d+:f>[^]*<@${people.owner}>: 1, note \\(1\\)`));
  expect(own).not.toContain(people.moderator);
  expect(await stats({ to: '2026-03-01' })).toContain('Nothing was done in that time');
  expect(await stats({ days: 3, to: '2026-03-01' })).toContain('not both');
  expect(await stats({ from: '2026-03-02', to: '2026-03-01' })).toContain('change them round');
  expect(await stats({ from: '2026-02-30' })).toContain('2026-02-30');
});

test('of many who did much as many are told of as there is room for, whole, and how many more there are', async () => {
  await using bot = await startBot();
  const types = ['ban', 'kick', 'warn', 'note', 'jail', 'timeout', 'nick', 'purge', 'role-add', 'slowmode'];
  await bot.db`
    insert into cases (guild_id, number, type, target_id, target_name, actor_id, actor_name, source, created_at, state)
    select ${bot.discord.guildId}, (row_number() over ())::int, type, 1, 'x', 100000000000000000 + who, 'x', 'command', now(), 'done'
    from generate_series(1, 25) who, unnest(${types}::text[]) type, generate_series(1, 30 - who) times`;
  const said = await order(bot, 'moderators stats', {}, 'owner');
  const lines = said.match(/- <@\d+>: [\d,]+, (?:[^(]+ \(\d+\)(?:, )?){6}others \(\d+\)/g) ?? [];
  expect(lines.length).toBeGreaterThan(5);
  expect(said).toContain(`and ${25 - lines.length} others who did less`);
  await bot.db`update cases set actor_id = ${bot.discord.people.member ?? ''} where actor_id = 100000000000000001`;
  const one = await order(bot, 'moderators stats', { moderator: 'member' }, 'owner');
  expect(one.match(/\(29\)/g)).toHaveLength(types.length);
});
