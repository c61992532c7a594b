import { expect, test, vi } from 'vitest';
import { findRun, openItems } from '../../../../src/db/mass-runs.ts';
import { banInBulk, bulkFits } from '../../../../src/services/mass/bulk-ban.ts';
import { whyNotAnyMore } from '../../../../src/services/mass/may-go-on.ts';
import { doEach } from '../../../../src/services/mass/members.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { runOf } from './mass.ts';
import { bannedIn, casesOf } from './moderated.ts';

vi.setConfig({ testTimeout: 120_000 });

/** A run that was shown and not confirmed, so that no timer works on it, with its items as a process has read them. */
async function shownRun({ app, discord, db }: TestBot, name: string, people: readonly string[]) {
  await discord.slash(name, { ids: people.join(' ') }, { as: 'moderator', deadlineMs: 60_000 });
  const [{ id } = { id: '' }] = await db`select id::text as id from mass_runs`;
  const run = await findRun(app.db, id);
  if (!run) throw new Error('nothing was shown');
  return { run, items: await openItems(app.db, id, 200) };
}

test('a process that was taken for dead and goes on orders nobody a second time', async () => {
  await using bot = await startBot();
  const { discord, app } = bot;
  const people = await discord.join(5);
  const { run, items } = await shownRun(bot, 'masskick', people);
  const { signal } = new AbortController();
  const removed: string[] = [];
  discord.state.listeners.add(({ t, d }) => {
    if (t === 'GUILD_MEMBER_REMOVE') removed.push((d as { user: { id: string } }).user.id);
  });
  // Both have read the same items before either has ordered anything; a third comes back when all is done.
  await Promise.all([doEach(run, items, app, signal), doEach(run, items, app, signal)]);
  for (const id of people) await discord.join(id);
  await doEach(run, items, app, signal);
  expect((await casesOf(bot)).map(({ target, state }) => [target, state])).toEqual(people.map((id) => [id, 'done']));
  expect(removed.toSorted()).toEqual(people.toSorted());
  expect((await runOf(bot)).items.map(({ outcome }) => outcome)).toEqual(people.map(() => 'done'));
});

test('nor does one that bans in bulk', async () => {
  await using bot = await startBot();
  const { app } = bot;
  const people = await bot.discord.join(12);
  const { run, items } = await shownRun(bot, 'massban', people);
  const { signal } = new AbortController();
  await Promise.all([banInBulk(run, items, app, signal), banInBulk(run, items, app, signal)]);
  await banInBulk(run, items, app, signal);
  expect((await casesOf(bot)).map(({ target, state }) => [target, state])).toEqual(people.map((id) => [id, 'done']));
  expect(bannedIn(bot).toSorted()).toEqual(people.toSorted());
  expect(bot.discord.requests().filter(({ path }) => path.endsWith('/bulk-ban'))).toHaveLength(1);
  expect((await runOf(bot)).items.map(({ outcome }) => outcome)).toEqual(people.map(() => 'done'));
});

test('a process whose shards do not have the server does as well: it asks for itself, who ordered it and whom it is about', async () => {
  await using bot = await startBot();
  const { app, discord } = bot;
  const { guildId, people, roles } = discord;
  const raid = await discord.join(60);
  await discord.rest('PUT', `/guilds/${guildId}/members/${people.newcomer}/roles/${roles.moderator}`, { as: 'owner' });
  const { run, items } = await shownRun(bot, 'massban', [people.newcomer, ...raid]);
  const { signal } = new AbortController();
  app.discord.guilds.cache.delete(guildId);
  expect(await bulkFits(run, app)).toBe(true);
  expect(await whyNotAnyMore(run, true, app)).toBeUndefined();
  expect(await whyNotAnyMore({ ...run, kind: 'purge', channel: discord.channels.general }, false, app)).toBeUndefined();
  await banInBulk(run, items, app, signal);
  expect(bannedIn(bot).toSorted()).toEqual(raid.slice(0, 49).toSorted());
  await banInBulk(run, await openItems(app.db, run.id, 200), app, signal);
  expect(bannedIn(bot).toSorted()).toEqual(raid.toSorted());
  const outcomes = (await runOf(bot)).items.map(({ outcome, why }) => [outcome, why?.key]);
  expect(outcomes).toEqual([['refused', 'moderation.stands.role'], ...raid.map(() => ['done', undefined])]);
});
