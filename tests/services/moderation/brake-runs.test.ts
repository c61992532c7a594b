import { expect, test, vi } from 'vitest';
import { customIdsIn } from '../../../src/services/timers/send-once.ts';
import { startBot } from '../../bot.ts';
import { saidIn } from '../../handlers/commands/files/inspected.ts';
import { confirmed, untilOver } from '../../handlers/commands/moderation/mass.ts';
import { bannedIn, order, withLog } from '../../handlers/commands/moderation/moderated.ts';
import { alertTo, frozenIn, LEFT, messageIn, PATIENCE, untilFrozen } from './braked.ts';

vi.setConfig({ testTimeout: 120_000 });

test('without a log a second person is asked where everybody reads, and shown alone who wants what', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await bot.set('moderation', { brakeBans: 2 });
  const raid = await discord.join(3, { names: ['secret_one'] });
  await confirmed(bot, 'massban', { ids: raid.join(' '), reason: 'quiet reason' });
  const message = await messageIn(bot, 'general');
  const shown = JSON.stringify(message);
  for (const secret of ['secret_one', 'quiet reason', discord.people.moderator, ...raid])
    expect(shown).not.toContain(secret);
  expect(message.attachments).toEqual([]);
  const [confirm = '', list = ''] = customIdsIn(message);
  expect(saidIn(await discord.click(message, list, { as: 'member', unchecked: true }))).toContain('Ban Members');
  const reply = await discord.click(message, list, { as: 'owner' });
  expect(saidIn(reply)).toContain('quiet reason');
  expect([...new Set([reply.message, ...reply.followUps])].flatMap((one) => one?.attachments ?? [])).toHaveLength(1);
  const asked = [discord.people.moderator, discord.people.owner];
  const saysWho = ({ components }: { readonly components?: unknown }) =>
    asked.some((id) => JSON.stringify(components ?? []).includes(`<@${id}>`));
  const pressed = await discord.click(message, confirm, { as: 'owner', deadlineMs: 60_000 });
  expect(saidIn(pressed)).toContain('wanted it');
  const [answer] = [pressed.message, ...pressed.followUps].filter((one) => one && saysWho(one));
  expect((answer?.flags ?? 0) & 64).toBe(64);
  await untilOver(bot);
  expect(bannedIn(bot).toSorted()).toEqual(raid.toSorted());
  // Nobody who reads there learns who it was, not even afterwards.
  const after = discord.state.messages.list(discord.channels.general, { limit: 10 });
  expect(after.filter((one) => ((one.flags ?? 0) & 64) === 0 && saysWho(one))).toEqual([]);
  expect(JSON.stringify(discord.state.messages.get(message.id))).toContain('it has begun');
  expect(customIdsIn(discord.state.messages.get(message.id))).toEqual([]);
});

test('what is too much for one is done when a second person confirms it, and counts for neither', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await withLog(bot);
  await bot.set('moderation', { brakeBans: 2 });
  await discord.rest(
    'PUT',
    `/guilds/${discord.guildId}/members/${discord.people.member}/roles/${discord.roles.moderator}`,
    {
      as: 'owner',
    },
  );
  const [a = '', b = '', c = '', d = '', e = '', f = ''] = await discord.join(6);
  const ban = (...ids: string[]) => ({ ids: ids.join(' '), reason: 'raid' });
  const asked = await confirmed(bot, 'massban', ban(a, b, c));
  expect(asked.begun).toContain('Somebody else who may use the command, or the owner, has to confirm it');
  expect(bannedIn(bot)).toEqual([]);
  const message = await messageIn(bot, 'mod-log');
  const [press = ''] = customIdsIn(message);
  expect(JSON.stringify(message.components)).toContain('raid');
  const pressed = async (as: string) =>
    saidIn(await discord.click(message, press, { as, deadlineMs: 60_000, unchecked: true }));
  expect(await pressed('moderator')).toContain('You asked for it: somebody else has to confirm it');
  expect(await pressed('newcomer')).toContain('Ban Members');
  expect(bannedIn(bot)).toEqual([]);
  const said = await Promise.all([pressed('member'), pressed('member')]);
  expect(said.filter((one) => one.includes('confirmed it'))).toHaveLength(1);
  await untilOver(bot);
  expect(bannedIn(bot).toSorted()).toEqual([a, b, c].toSorted());
  const [logged] = discord.state.messages.list(discord.channels['mod-log'], { limit: 1 });
  expect(JSON.stringify(logged?.components)).toContain('confirmed by');
  for (const who of [d, e]) expect(await order(bot, 'ban', { who })).toContain('done');
  expect(await frozenIn(bot)).toEqual([]);
  expect(await order(bot, 'ban', { who: f })).toContain('Your rank is frozen');
  const { undo, message: alert } = await alertTo(bot);
  expect(saidIn(await discord.click(alert, undo, { as: 'owner' }))).toContain('2 cases are being taken back');
  await expect.poll(() => bannedIn(bot).toSorted(), PATIENCE).toEqual([a, b, c].toSorted());
});

test('what was begun for many and not done to them counts for nothing', async () => {
  await using bot = await startBot();
  await bot.set('moderation', { brakeKicks: 2 });
  const [a = '', b = '', c = '', d = '', e = ''] = await bot.discord.join(5);
  await confirmed(bot, 'masskick', { ids: `${a} ${b}` }, 'moderator', () => {
    for (const id of [a, b]) bot.discord.faults.rest(new RegExp(`/members/${id}$`), LEFT, { method: 'GET' });
  });
  expect((await untilOver(bot)).items.map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
  for (const member of [c, d]) expect(await order(bot, 'kick', { member })).toContain('done');
  expect(await frozenIn(bot)).toEqual([]);
  expect(await order(bot, 'kick', { member: e })).toContain('Your rank is frozen');
});

test('what one begins of many counts as all its people, and the owner needs nobody', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await bot.set('moderation', { brakeKicks: 3 });
  const [a = '', b = '', c = '', d = '', e = ''] = await discord.join(5);
  const kick = (...ids: string[]) => ({ ids: ids.join(' ') });
  expect((await confirmed(bot, 'masskick', kick(a, b))).begun).toContain('It has begun');
  await untilOver(bot);
  expect((await confirmed(bot, 'masskick', kick(c, d))).begun).toContain('the button is in');
  expect((await confirmed(bot, 'masskick', kick(c, d, e), 'owner')).begun).toContain('It has begun');
  const there = () => discord.state.guilds.get(discord.guildId)?.members;
  await expect.poll(() => [a, b, c, d, e].some((id) => there()?.has(id)), PATIENCE).toBe(false);
  expect(await frozenIn(bot)).toEqual([]);
});

test('a run goes no further when the rank of whoever asked for it is frozen', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await bot.set('moderation', { brakeKicks: 1 });
  const raid = await discord.join(30);
  await confirmed(bot, 'massban', { ids: raid.join(' '), tell: true });
  for (const id of await discord.join(2))
    await discord.rest('DELETE', `/guilds/${discord.guildId}/members/${id}`, { as: 'moderator' });
  const { run } = await untilOver(bot);
  expect(run).toMatchObject({ state: 'stopped', why: { key: 'mass.frozen' } });
  expect(bannedIn(bot).length).toBeLessThan(30);
});

test('each message that is deleted counts; what was longer ago than the window does not', async () => {
  let now = Date.now();
  await using bot = await startBot({ now: () => new Date(now) });
  const { discord } = bot;
  await bot.set('moderation', { brakeMessages: 1, brakeMinutes: 10 });
  await withLog(bot);
  const purge = async () => {
    await discord.message({ as: 'member', channel: 'general', content: 'to go' });
    return await order(bot, 'purge', { count: 1 });
  };
  expect(await purge()).toContain('1 message');
  now += 11 * 60_000;
  expect(await purge()).toContain('1 message');
  await expect.poll(async () => (await bot.db`select from mass_runs where state = 'done'`).length, PATIENCE).toBe(2);
  expect(await purge()).toContain('Your rank is frozen');
  await untilFrozen(bot);
  // What was read for the one that did not begin is kept nowhere.
  expect(await bot.db`select note from mass_items where note is not null`).toEqual([]);
  expect(await bot.db`select state from mass_runs`).toEqual([{ state: 'done' }, { state: 'done' }]);
});
