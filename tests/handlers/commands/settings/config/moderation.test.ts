import { expect, test } from 'vitest';
import { startBot } from '../../../../bot.ts';
import { lettersTo, order } from '../../moderation/moderated.ts';
import { makeManager, Setter } from './setter.ts';

const owner = { as: 'owner' } as const;

test('saved reasons are offered while one is typed, after what is typed', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  expect(await order(bot, 'config moderation', { 'add-reason': 'Rule 1: be *kind*' }, 'owner')).toContain('Saved');
  await order(bot, 'config moderation', { 'add-reason': 'Rule 2: no fish for sale' }, 'owner');
  const offered = async (typed: string) => {
    const choices = await discord.autocomplete('warn', { reason: typed }, 'reason', owner);
    return choices.map(({ value }) => value);
  };
  expect(await offered('')).toEqual(['Rule 1: be *kind*', 'Rule 2: no fish for sale']);
  expect(await offered('fish')).toEqual(['fish', 'Rule 2: no fish for sale']);
  expect(await order(bot, 'config moderation', { 'remove-reason': 'nothing' }, 'owner')).toContain('none of the saved');
  await order(bot, 'config moderation', { 'remove-reason': 'Rule 1: be *kind*' }, 'owner');
  expect(await offered('')).toEqual(['Rule 2: no fish for sale']);
});

const WITH_REASON = [
  ...['ban', 'case edit', 'case void', 'jail', 'kick', 'lockdown', 'nick', 'role add', 'role bulk', 'role remove'],
  ...['role temp', 'slowmode', 'timeout', 'undo', 'unjail', 'unlock', 'untimeout', 'voice deafen', 'voice kick'],
  ...['voice move', 'voice mute', 'warn'],
] as const;

test('saved reasons are offered wherever a reason is typed', async () => {
  await using bot = await startBot();
  await bot.set('moderation', { reasons: ['Rule 2: no fish for sale'] });
  const offered = WITH_REASON.map(async (name) => {
    const choices = await bot.discord.autocomplete(name, { reason: 'fish' }, 'reason', owner);
    return [name, choices.map(({ value }) => value)];
  });
  expect(await Promise.all(offered)).toEqual(WITH_REASON.map((name) => [name, ['fish', 'Rule 2: no fish for sale']]));
});

test('members are told how they can object, in the words of the server', async () => {
  await using bot = await startBot();
  const set = (options: Record<string, string>) => order(bot, 'config moderation', options, 'owner');
  expect(await set({ appeal: 'Write to the council, [here](https://x.example).' })).toContain('Write to the council');
  await order(bot, 'warn', { member: 'member', reason: 'a' });
  expect(lettersTo(bot, 'member')).toEqual([
    expect.stringContaining('Write to the council, [here](https://x.example)'),
  ]);
  expect(await set({ appeal: 'none' })).not.toContain('Write to the council.');
  await order(bot, 'warn', { member: 'newcomer', reason: 'a' });
  expect(lettersTo(bot, 'newcomer')).toEqual([expect.stringContaining('write to a moderator')]);
});

test('steps of the ladder are set and taken away; what is incomplete is said', async () => {
  await using bot = await startBot();
  const set = (options: Record<string, string | number>, as = 'owner') => order(bot, 'config moderation', options, as);
  expect(await set({ points: 3, action: 'timeout' })).toContain('Name a duration');
  expect(await set({ points: 3 })).toContain('Name the points and the action');
  expect(await set({ points: 6, action: 'ban' })).toContain('6: ban');
  expect(await set({ points: 3, action: 'timeout', duration: '1 hour', 'decay-days': 10 })).toContain('3: timeout for');
  expect(await set({ points: 6, action: 'none' })).not.toContain('6: ban');
  expect(await bot.app.settings.of(bot.discord.guildId, 'moderation')).toMatchObject({
    ladder: [{ points: 3, action: 'timeout', minutes: 60 }],
    decayDays: 10,
  });
  expect(await set({ points: 1, action: 'ban' }, 'moderator')).toContain('Manage Server');
});

test('fifty saved reasons leave room for what else is set, and those there is no room for are counted', async () => {
  await using bot = await startBot();
  const reasons = Array.from({ length: 50 }, (_, at) => `${at + 10}${'*'.repeat(98)}`);
  await bot.set('moderation', { reasons, ladder: [{ points: 7, action: 'kick' }], appeal: 'Write to the owner.' });
  const said = await order(bot, 'config moderation', {}, 'owner');
  expect(said).toContain('7: kick');
  expect(said).toContain('Write to the owner.');
  expect(said).toMatch(/and \d+ more/);
});

test('whoever orders what somebody else has just set otherwise is shown that, and decides', async () => {
  await using bot = await startBot();
  await makeManager(bot);
  const theirs = new Setter(bot, 'moderator');
  const { settings } = bot.app;
  const held = () => settings.of(bot.discord.guildId, 'moderation');
  await order(bot, 'config moderation', { 'decay-days': 20 }, 'owner');
  const asked = await theirs.order('moderation', { 'decay-days': 90 });
  expect(asked).toContain('Meanwhile changed by');
  expect((await held()).decayDays).toBe(20);
  expect(await theirs.press('config.plan.confirm')).toContain('Saved: 1 change');
  expect((await held()).decayDays).toBe(90);
  // What others set besides is in nobody's way, and said.
  const beside = await order(bot, 'config moderation', { 'most-points': 7 }, 'owner');
  expect(beside).toContain('Saved.');
  expect(beside).toContain('Meanwhile changed by');
  expect(await held()).toMatchObject({ decayDays: 90, mostPoints: 7 });
});
