import { expect, test } from 'vitest';
import { startBot } from '../../../bot.ts';
import { saidIn } from '../files/inspected.ts';

/** In summer Berlin is at UTC+2 and New York at UTC-4. */
const NOON = new Date('2027-07-06T12:00:00Z');
const now = () => NOON;

test('a person sets a zone by the name of a city, sees it, and takes it back; until then the server has one', async () => {
  await using bot = await startBot({ now });
  const { discord, app } = bot;
  await bot.set('general', { timeZone: 'Asia/Tokyo' });
  expect(saidIn(await discord.slash('timezone show'))).toContain(
    "this server's holds: Asia/Tokyo; there it is Tuesday 21:00",
  );
  const set = saidIn(await discord.slash('timezone set', { zone: 'berlin' }));
  expect(set).toContain('Your time zone is Europe/Berlin; there it is Tuesday 14:00 (UTC+2)');
  expect(saidIn(await discord.slash('timezone show'))).toContain('Your time zone is Europe/Berlin');
  expect(await app.zones.zoneOf(discord.people.member, discord.guildId)).toBe('Europe/Berlin');
  expect(await app.zones.zoneOf(discord.people.owner, discord.guildId)).toBe('Asia/Tokyo');
  expect(saidIn(await discord.slash('timezone clear'))).toContain('From now on Asia/Tokyo holds for you');
  expect(await app.zones.zoneOf(discord.people.member, discord.guildId)).toBe('Asia/Tokyo');
});

test('zones are offered as they are typed, and what is none is refused with what to write', async () => {
  await using bot = await startBot({ now });
  const offered = await bot.discord.autocomplete('timezone set', { zone: 'new york' }, 'zone');
  expect(offered).toEqual([{ name: 'America/New_York (08:00, UTC-4)', value: 'America/New_York' }]);
  const refused = await bot.discord.slash('timezone set', { zone: 'Mars/*Olympus*' });
  expect(saidIn(refused)).toContain('is not a time zone I know');
  expect(await bot.db`select * from people`).toEqual([]);
});

test('GMT+2 and UTC+2 are two hours east, also in what is written afterwards', async () => {
  await using bot = await startBot({ now });
  for (const zone of ['GMT+2', 'utc+2']) {
    const set = saidIn(await bot.discord.slash('timezone set', { zone }));
    expect(set).toContain('Your time zone is UTC+2; there it is Tuesday 14:00 (UTC+2)');
  }
  expect(await bot.app.zones.own(bot.discord.people.member)).toBe('Etc/GMT-2');
  const offered = await bot.discord.autocomplete('remind me', { when: '18:00', about: 'tea' }, 'when');
  expect(offered).toEqual([{ name: 'Tuesday 6 July 2027 at 18:00 (UTC+2)', value: '18:00' }]);
});

test('a zone of half hours is one, also for what comes again', async () => {
  await using bot = await startBot({ now });
  for (const zone of ['UTC+5:30', 'gmt+5:30', '+05:30']) {
    const set = saidIn(await bot.discord.slash('timezone set', { zone }));
    expect(set).toContain('Your time zone is UTC+5:30; there it is Tuesday 17:30 (UTC+5:30)');
  }
  expect(await bot.app.zones.own(bot.discord.people.member)).toBe('+05:30');
  const typed = { when: 'every day at 18:00', about: 'tea' };
  const offered = await bot.discord.autocomplete('remind me', typed, 'when');
  expect(offered).toEqual([{ name: 'every day at 18:00 (UTC+5:30)', value: typed.when }]);
  const reply = await bot.discord.slash('remind me', typed);
  const button = /"custom_id":"(remind\.confirm:[^"]+)"/.exec(JSON.stringify(reply.message))?.[1] ?? '';
  await bot.discord.click(reply.message ?? '', button);
  expect(await bot.db`select zone, due_at from timers`).toEqual([
    { zone: '+05:30', due_at: new Date('2027-07-06T12:30:00Z') },
  ]);
});

test('another process hears of a zone at once', async () => {
  await using bot = await startBot({ now });
  const { discord, app, db } = bot;
  const { member } = discord.people;
  expect(await app.zones.own(member)).toBeUndefined();
  await db`insert into people (user_id, time_zone) values (${member}, 'Asia/Tokyo')`;
  expect(await app.zones.own(member)).toBeUndefined();
  await db`select pg_notify('zones', ${member})`;
  await expect.poll(() => app.zones.own(member)).toBe('Asia/Tokyo');
});

test('/time tells the time of a place and of a person, and how far it is from whoever asks', async () => {
  await using bot = await startBot({ now });
  const { discord, app } = bot;
  const { member, owner, newcomer } = discord.people;
  await app.zones.set(owner, 'Asia/Kolkata');
  await app.zones.set(member, 'Europe/Berlin');
  const place = saidIn(await discord.slash('time', { in: 'new york' }));
  expect(place).toContain('Tuesday 08:00 (UTC-4)** in America/New');
  expect(place).toContain('6 hours behind you (Europe/Berlin)');
  const person = saidIn(await discord.slash('time', { in: `<@${owner}>` }));
  expect(person).toContain(`For <@${owner}> it is:`);
  expect(person).toContain('3 hours 30 minutes ahead of you');
  expect(saidIn(await discord.slash('time', { of: owner }))).toContain('Tuesday 17:30 (UTC+5:30)** in Asia/Kolkata');
  const own = saidIn(await discord.slash('time', {}, { channel: 'dm' }));
  expect(own).toContain('The same as for you');
  expect(saidIn(await discord.slash('time', { of: newcomer }, { as: 'owner' }))).toContain(
    'has not told me their time zone',
  );
  expect(saidIn(await discord.slash('time', { in: 'nowhere' }, { as: 'owner' }))).toContain(
    'is not a time zone I know',
  );
});
