import { expect, test } from 'vitest';
import { startBot } from '../../../../bot.ts';
import { bannedIn, casesOf, order, withLog } from '../moderated.ts';

const DAY_MS = 86_400_000;

test('a reason is changed and noted upon in place, and what it was is kept, in the log as well', async () => {
  await using bot = await startBot();
  const entries = await withLog(bot);
  await order(bot, 'warn', { member: 'member', reason: 'was rude' });
  await expect.poll(async () => (await casesOf(bot))[0]?.log).toMatch(/^\d+$/);
  const edited = await order(bot, 'case edit', { number: 1, reason: 'was *very* rude' });
  expect(edited).toMatch(/was \\+\*very\\+\* rude/);
  expect(edited).toContain('changed the reason, which was: was rude');
  expect(await order(bot, 'case note', { number: 1, text: 'said sorry, @everyone' }, 'owner')).toContain('said sorry');
  const seen = await order(bot, 'case view', { number: 1 });
  expect(seen).toContain('changed the reason, which was: was rude');
  expect(seen).toContain('noted: said sorry');
  await expect.poll(entries).toEqual([expect.stringContaining('said sorry')]);
  expect(entries()[0]).toContain('very');
});

test('a case that does not count any more stays, with who said so and why; twice is once', async () => {
  await using bot = await startBot();
  await order(bot, 'warn', { member: 'member', reason: 'a', points: 4 });
  expect(await order(bot, 'case void', { number: 1, reason: 'the wrong person' })).toContain('void: the wrong person');
  expect(await order(bot, 'case void', { number: 1, reason: 'again' })).toContain('void already');
  expect(await casesOf(bot)).toMatchObject([{ state: 'void', voidReason: 'the wrong person', points: 4 }]);
  expect(await order(bot, 'history user', { user: 'member' })).toContain('Points: 0');
  expect(await order(bot, 'case void', { number: 2, reason: 'none' })).toContain('no case 2');
});

test('a hidden case is in no list and not in the log, and can be put back', async () => {
  await using bot = await startBot();
  const entries = await withLog(bot);
  const shown = () => bot.discord.state.messages.list(bot.discord.channels['mod-log'], { limit: 10 }).length;
  await order(bot, 'warn', { member: 'member', reason: 'a secret' });
  await expect.poll(async () => (await casesOf(bot))[0]?.log).toMatch(/^\d+$/);
  expect(await order(bot, 'case hide', { number: 1 })).toContain('from lists and from the log');
  await expect.poll(shown).toBe(0);
  expect(await order(bot, 'case hide', { number: 1 })).toContain('hidden already');
  expect(await order(bot, 'case list', {})).not.toContain('a secret');
  expect(await order(bot, 'case list', { hidden: true })).toContain('a secret');
  await order(bot, 'case hide', { number: 1, show: true });
  await expect.poll(entries).toEqual([expect.stringContaining('a secret')]);
  expect(await order(bot, 'case list', {})).toContain('a secret');
});

test('a ban ends at another time when its case says so; a timeout is to be ordered anew', async () => {
  let now = Date.now();
  await using bot = await startBot({ now: () => new Date(now) });
  await order(bot, 'ban', { who: 'newcomer', duration: '30 days' });
  expect(await order(bot, 'case void', { number: 1, reason: 'x' })).toContain('/undo case: 1');
  expect(await order(bot, 'case edit', { number: 1, duration: 'for good' })).toContain('to no end');
  expect(await order(bot, 'case edit', { number: 1, duration: '2 days' })).toContain('from no end to');
  now += 3 * DAY_MS;
  bot.app.timers.wake();
  await expect.poll(() => bannedIn(bot)).toEqual([]);
  expect(await order(bot, 'case edit', { number: 1, duration: '2 days' })).toContain('over already');
  await order(bot, 'timeout', { member: 'member', duration: '1 hour' });
  const [, , timeout] = await casesOf(bot);
  expect(await order(bot, 'case edit', { number: timeout?.number, duration: '1 day' })).toContain('Use /timeout');
  expect(await order(bot, 'case edit', { number: 1 })).toContain('Name a reason, a duration or both');
});

test('nobody changes what somebody of a higher rank has decided', async () => {
  await using bot = await startBot();
  await order(bot, 'warn', { member: 'member', reason: 'by the owner' }, 'owner');
  expect(await order(bot, 'case edit', { number: 1, reason: 'x' })).toContain('whose rank is');
  expect(await order(bot, 'case void', { number: 1, reason: 'x' })).toContain('whose rank is');
  expect(await order(bot, 'case hide', { number: 1 })).toContain('whose rank is');
  expect(await order(bot, 'case note', { number: 1, text: 'x' }, 'member')).toContain('Timeout Members');
  expect(await casesOf(bot)).toMatchObject([{ reason: 'by the owner', state: 'done' }]);
  expect(await order(bot, 'case note', { number: 1, text: 'seen' })).toContain('noted: seen');
});

test('when a ban ends takes who may ban and lift bans, whoever made the case: the bot, somebody who has left, or they themselves', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { people } = discord;
  await bot.set('moderation', { ladder: [{ points: 3, action: 'ban' }] });
  await order(bot, 'warn', { member: 'newcomer', reason: 'a', points: 3 }, 'owner');
  await expect.poll(() => bannedIn(bot)).toEqual([people.newcomer]);
  await bot.set('permissions', { people: { [people.member]: 4 } });
  const { until: before } = (await casesOf(bot))[1] ?? {};
  expect(await order(bot, 'case edit', { number: 2, duration: '1 minute' }, 'member')).toContain('needs rank 6');
  expect(await order(bot, 'case hide', { number: 2 }, 'member')).toContain('needs rank 6');
  expect(await order(bot, 'case edit', { number: 2, reason: 'x' }, 'member')).toContain('needs rank 6');
  expect((await casesOf(bot))[1]).toMatchObject({ until: before, reason: '3 points reached by case 1' });
  const [raider = ''] = await discord.join(1);
  await order(bot, 'ban', { who: raider, duration: '3 days', reason: 'own' });
  await bot.set('permissions', { people: { [people.member]: 4, [people.moderator]: 4 } });
  expect(await order(bot, 'case edit', { number: 3, duration: 'for good' })).toContain('needs rank 6');
  expect(await order(bot, 'case edit', { number: 3, reason: 'spam' })).toContain('changed the reason');
  await discord.leave('moderator');
  expect(await order(bot, 'case edit', { number: 3, reason: 'x' }, 'member')).toContain('needs rank 6');
  await bot.set('permissions', { people: { [people.member]: 6 } });
  expect(await order(bot, 'case edit', { number: 3, duration: 'for good' }, 'member')).toContain('to no end');
});

test('a case of the bot or of somebody who has left is voided, hidden and corrected by whoever may do what it did, and by nobody else', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { people } = discord;
  await bot.set('moderation', { ladder: [{ points: 3, action: 'kick' }] });
  await order(bot, 'warn', { member: 'newcomer', reason: 'a', points: 3 }, 'owner');
  await expect.poll(async () => (await casesOf(bot))[1]?.state).toBe('done');
  const [raider = ''] = await discord.join(1);
  await order(bot, 'kick', { member: raider, reason: 'raid' });
  await discord.leave('moderator');
  const changes = (number: number) =>
    [
      ['case void', { number, reason: 'x' }],
      ['case hide', { number }],
      ['case edit', { number, reason: 'x' }],
    ] as const;
  await bot.set('permissions', { people: { [people.member]: 4 } });
  const before = await casesOf(bot);
  for (const number of [2, 3])
    for (const [name, options] of changes(number))
      expect.soft(await order(bot, name, options, 'member'), `${name} of case ${number}`).toContain('needs rank 5');
  expect(await casesOf(bot)).toEqual(before);
  await bot.set('permissions', { people: { [people.member]: 5 } });
  expect(await order(bot, 'case void', { number: 2, reason: 'x' }, 'member')).toContain('void: x');
  expect(await order(bot, 'case hide', { number: 2 }, 'member')).toContain('from lists and from the log');
  expect(await order(bot, 'case edit', { number: 3, reason: 'raid of bots' }, 'member')).toContain(
    'changed the reason',
  );
});

test('nobody changes cases about themselves or whoever is not below them', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { people, roles, guildId: guild } = discord;
  const target = { guild, target: people.moderator, targetName: 'gentoo' };
  const actor = { id: discord.state.bot.id, name: 'rockhopper' };
  await bot.app.moderation.order({ ...target, type: 'warn', actor, points: 2, source: 'automod' });
  await expect.poll(async () => (await casesOf(bot))[0]?.state).toBe('done');
  const changes = [
    ['case void', { number: 1, reason: 'x' }],
    ['case hide', { number: 1 }],
    ['case edit', { number: 1, reason: 'x' }],
    ['undo', { case: 1 }],
  ] as const;
  for (const [name, options] of changes) expect.soft(await order(bot, name, options), name).toContain('is about you');
  await discord.rest('PUT', `/guilds/${guild}/members/${people.newcomer}/roles/${roles.moderator}`, { as: 'owner' });
  for (const [name, options] of changes)
    expect.soft(await order(bot, name, options, 'newcomer'), name).toContain('which is not above it');
  expect(await casesOf(bot)).toMatchObject([{ state: 'done', reason: null }]);
  expect(await order(bot, 'undo', { case: 1 }, 'owner')).toContain('takes back case 1');
});
