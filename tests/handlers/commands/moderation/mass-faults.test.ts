import { expect, test, vi } from 'vitest';
import { customIdsIn } from '../../../../src/services/timers/send-once.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { confirmed, messageOf, runOf, untilOver } from './mass.ts';
import { bannedIn, casesOf, order, withLog } from './moderated.ts';

// Whole runs, on machines that have much else to do.
vi.setConfig({ testTimeout: 120_000 });

const ADMINISTRATOR = '8';

async function says({ discord }: TestBot, ...contents: readonly string[]) {
  for (const content of contents) await discord.message({ as: 'member', channel: 'general', content });
}

test('a log that is gone keeps no purge open, and its channel can be locked afterwards', async () => {
  await using bot = await startBot();
  await withLog(bot);
  await bot.discord.rest('DELETE', `/channels/${bot.discord.channels['mod-log']}`, { as: 'owner' });
  await says(bot, 'one', 'two');
  await order(bot, 'purge', { count: 2 }, 'owner');
  expect((await untilOver(bot)).run).toMatchObject({ state: 'done' });
  expect(await messageOf(bot)).toContain('2 done');
  expect(await order(bot, 'lockdown', { where: 'general' }, 'owner')).toContain('lockdown (1 channel)');
  expect((await casesOf(bot)).map(({ type, state }) => [type, state])).toEqual([
    ['purge', 'done'],
    ['lockdown', 'done'],
  ]);
});

test('a channel is locked while messages in it are still being deleted', async () => {
  await using bot = await startBot();
  await says(bot, 'one', 'two', 'three');
  bot.discord.faults.rest(/bulk-delete$/, { kind: 'status', status: 503 });
  await order(bot, 'purge', { count: 3 }, 'owner');
  await order(bot, 'lockdown', { where: 'general' }, 'owner');
  const states = async () => (await casesOf(bot)).map(({ type, state }) => [type, state]);
  await expect.poll(states).toEqual([
    ['purge', 'pending'],
    ['lockdown', 'done'],
  ]);
});

test('Stop holds for those whom the route for many did not take: the rest is not tried, and the list is right', async () => {
  await using bot = await startBot();
  const raid = await bot.discord.join(30);
  const none = { message: 'Failed to ban users', code: 500_000 };
  bot.discord.faults.rest(/bulk-ban$/, { kind: 'status', status: 400, body: none });
  await confirmed(bot, 'massban', { ids: raid.join(' ') });
  await expect.poll(async () => (await runOf(bot)).run?.message ?? null, { timeout: 60_000 }).not.toBeNull();
  const message = bot.discord.state.messages.get(String((await runOf(bot)).run?.message));
  if (!message) throw new Error('there is no message');
  await bot.discord.click(message, customIdsIn(message)[0] ?? '', { as: 'owner' });
  const { run, items } = await untilOver(bot);
  expect(run).toMatchObject({ state: 'stopped', why: { key: 'mass.cancelled' } });
  const done = items.filter(({ outcome }) => outcome === 'done').map(({ target }) => target);
  expect(done.length).toBeLessThan(30);
  // Their cases were there before Discord was asked; none of those that were not tried is left to be done.
  expect((await casesOf(bot)).map(({ state, voidReason }) => [state, voidReason?.key])).toEqual(
    raid.map((id) => (done.includes(id) ? ['done', undefined] : ['void', 'mass.cancelled'])),
  );
  expect(bannedIn(bot).toSorted()).toEqual(done.toSorted());
  expect(bot.discord.requests().filter(({ path }) => path.endsWith('/bulk-ban'))).toHaveLength(1);
});

test('what was stopped stays so when nobody can be told of it for a while, and what stopped it has passed meanwhile', async () => {
  let ahead = 0;
  await using bot = await startBot({ now: () => new Date(Date.now() + ahead) });
  const { discord } = bot;
  const entries = await withLog(bot);
  const log = `/channels/${discord.channels['mod-log']}/messages`;
  const raid = await discord.join(12);
  const forbidden = { message: 'Missing Permissions', code: 50_013 };
  discord.faults.rest(/bulk-ban$/, { kind: 'status', status: 403, body: forbidden }, { times: 1 });
  const lift = discord.faults.rest(log, { kind: 'status', status: 503 }, { method: 'POST' });
  await confirmed(bot, 'massban', { ids: raid.join(' ') });
  const failed = async () => (await bot.db`select from timers where last_error is not null`).length;
  await expect.poll(failed, { timeout: 60_000 }).toBe(1);
  lift();
  ahead += 10 * 60_000;
  bot.app.timers.wake();
  const { run, items } = await untilOver(bot);
  expect(run).toMatchObject({ state: 'stopped', why: { key: 'moderation.refused.permissions' } });
  expect(items.map(({ outcome, case: number }) => [outcome, number])).toEqual(raid.map(() => [null, null]));
  expect(bannedIn(bot)).toEqual([]);
  expect((await casesOf(bot)).map(({ state }) => state)).toEqual(raid.map(() => 'void'));
  expect(entries().filter((entry) => entry.includes('12 not tried'))).toHaveLength(1);
});

test('an administrator among many is told of, and the others are timed out', async () => {
  await using bot = await startBot();
  const { guildId } = bot.discord;
  const all = await bot.discord.join(7);
  const role = await bot.discord.rest('POST', `/guilds/${guildId}/roles`, {
    ...{ as: 'owner', body: { name: 'chief', permissions: ADMINISTRATOR } },
  });
  const { id } = role as { id: string }; // what Discord answers
  await bot.discord.rest('PUT', `/guilds/${guildId}/members/${all[1]}/roles/${id}`, { as: 'owner' });
  await confirmed(bot, 'masstimeout', { ids: all.join('\n'), duration: '1 day' }, 'owner');
  const { run, items } = await untilOver(bot);
  expect(run).toMatchObject({ state: 'done' });
  expect(items.map(({ why }) => why?.key)).toEqual(
    all.map((_, at) => (at === 1 ? 'moderation.refused.administrator' : undefined)),
  );
});
