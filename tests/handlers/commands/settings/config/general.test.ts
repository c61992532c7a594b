import { expect, test } from 'vitest';
import { startSandbox } from '../../../../../sandbox/server/sandbox.ts';
import { startBot } from '../../../../bot.ts';
import { freshDatabase } from '../../../../database.ts';

const owner = { as: 'owner' } as const;

test('shows the settings, changes them by option, and says who changed them', async () => {
  await using bot = await startBot();
  expect((await bot.discord.slash('config general', {}, owner)).content).toContain('Time zone** UTC');
  const changed = await bot.discord.slash('config general', { 'time-zone': 'Europe/Berlin' }, owner);
  expect(changed.content).toContain('Saved.');
  expect(changed.content).toContain('Time zone** Europe/Berlin');
  expect(changed.content).toContain(`by <@${bot.discord.people.owner}>`);
  expect(changed.ephemeral).toBe(true);
  expect(await bot.app.settings.of(bot.discord.guildId, 'general')).toMatchObject({ timeZone: 'Europe/Berlin' });
});

test('suggests time zones as they are typed', async () => {
  await using bot = await startBot();
  const offered = await bot.discord.autocomplete('config general', { 'time-zone': 'new york' }, 'time-zone', owner);
  expect(offered).toEqual([
    { name: expect.stringMatching(/^America\/New_York \(\d\d:\d\d, UTC-[45]\)$/), value: 'America/New_York' },
  ]);
});

test('a form changes the time zone; what is no zone is answered with what would be', async () => {
  await using bot = await startBot({ now: () => new Date('2027-07-06T12:00:00Z') });
  const { message } = await bot.discord.slash('config general', {}, owner);
  if (!message) throw new Error('no message');
  const { modal } = await bot.discord.click(message, 'config.general.edit:1', owner);
  if (!modal) throw new Error('no form');
  const wrong = await bot.discord.submitModal(modal, { zone: 'Mars/Olympus' }, owner);
  expect(wrong.content).toContain('Mars/Olympus is not a time zone I know');
  const right = await bot.discord.submitModal(modal, { zone: ' Asia/Tokyo ' }, owner);
  expect(right.content).toContain('Time zone** Asia/Tokyo');
  const city = await bot.discord.submitModal(modal, { zone: 'berlin' }, owner);
  expect(city.content).toContain('Time zone** Europe/Berlin');
  const offset = await bot.discord.submitModal(modal, { zone: 'GMT+2' }, owner);
  expect(offset.content).toContain('Time zone** UTC+2; there it is Tuesday 14:00 (UTC+2)');
  expect(await bot.app.settings.of(bot.discord.guildId, 'general')).toMatchObject({ timeZone: 'Etc/GMT-2' });
});

test('the language can be picked from the menu', async () => {
  await using bot = await startBot();
  const { message } = await bot.discord.slash('config general', {}, owner);
  if (!message) throw new Error('no message');
  expect((await bot.discord.select(message, 'config.general.language:1', ['en'], owner)).content).toContain('Saved.');
});

test('a query that fails is answered with an error id, not with its text', async () => {
  await using bot = await startBot();
  await bot.db`alter table settings rename to settings_gone`;
  const broken = await bot.discord.slash('config general', {}, owner);
  expect(broken.content).toContain('Something went wrong on my side');
  expect(broken.content).not.toContain('relation');
});

test('of two processes that share a database and split the servers each sees at once what is changed by way of the other', async () => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const start = (shard: string) =>
    startBot({ discord, env: { DATABASE_URL: database.url, SHARDS: shard, SHARD_COUNT: '2' } });
  await using first = await start('0');
  await using second = await start('1');
  const { guildId } = discord;
  const here = first.app.discord.guilds.cache.has(guildId) ? first : second;
  const there = here === first ? second : first;
  expect(there.app.discord.guilds.cache.has(guildId)).toBe(false);
  expect(await there.app.settings.of(guildId, 'general')).toMatchObject({ timeZone: 'UTC' });
  expect(there.app.settings.peek(guildId, 'general')).toMatchObject({ timeZone: 'UTC' });
  const changed = await discord.slash('config general', { 'time-zone': 'Europe/Berlin' }, owner);
  expect(changed.content).toContain('Saved.');
  await expect.poll(() => there.app.settings.of(guildId, 'general')).toMatchObject({ timeZone: 'Europe/Berlin' });
  // And the other way round, as a process changes what is of a server that it does not have.
  await there.app.settings.set(guildId, 'general', { timeZone: 'Asia/Tokyo' }, { by: discord.people.owner });
  const shown = async () => (await discord.slash('config general', {}, owner)).content;
  await expect.poll(shown).toContain('Time zone** Asia/Tokyo');
});
