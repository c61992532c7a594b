import { PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import { arrangeReport } from '../../../../../src/services/reports/schedule.ts';
import { startBot, type TestBot } from '../../../../bot.ts';
import { saidIn } from '../../files/inspected.ts';

const owner = { as: 'owner' } as const;
const now = () => new Date('2026-11-26T09:00:00Z');

async function own({ db }: TestBot) {
  return await db`select kind, due_at, zone, recurrence -> 'rule' as rule from timers where done_at is null`;
}

test("a channel is chosen, and with an own time the report is a timer by the server's clock, which follows it", async () => {
  await using bot = await startBot({ now });
  const { discord } = bot;
  await bot.set('general', { timeZone: 'Europe/Berlin' });
  const set = await discord.slash('config reports', { 'report-channel': discord.channels.general }, owner);
  expect(saidIn(set)).toContain(`Daily report** <#${discord.channels.general}>`);
  expect(saidIn(set)).toContain('When** every day at 09:00 UTC');
  expect(await own(bot)).toEqual([]);
  const timed = await discord.slash('config reports', { 'report-when': 'every weekday at 8:30' }, owner);
  expect(saidIn(timed)).toContain('every weekday at 08:30');
  const rule = { kind: 'weekly', every: 1, on: [1, 2, 3, 4, 5], at: '08:30' };
  const tomorrow = new Date('2026-11-27T07:30:00Z');
  expect(await own(bot)).toEqual([{ kind: 'daily-report', due_at: tomorrow, zone: 'Europe/Berlin', rule }]);
  await discord.slash('config general', { 'time-zone': 'tokyo' }, owner);
  expect(await own(bot)).toMatchObject([{ due_at: new Date('2026-11-26T23:30:00Z'), zone: 'Asia/Tokyo', rule }]);
  const reset = await discord.click(timed.message ?? '', 'config.reports.time:1', owner);
  expect(saidIn(reset)).toContain('When** every day at 09:00 UTC');
  expect(await own(bot)).toEqual([]);
});

test('a time that a report cannot have is refused with what to write instead, and offered times are read back', async () => {
  await using bot = await startBot({ now });
  const { discord } = bot;
  for (const [typed, said] of [
    ['tomorrow 9am', 'Write for example'],
    ['every 2 weeks on mon', 'Write for example'],
    ['every day at 9 until 2027-12-31', 'Write for example'],
    ['every day at 9 Europe/Berlin', 'Leave the zone out'],
    ['every day at 25:00', 'No clock shows'],
  ] as const) {
    const refused = await discord.slash('config reports', { 'report-when': typed }, { as: 'owner' });
    expect.soft(saidIn(refused), typed).toContain(said);
  }
  expect(await bot.db`select 1 from settings where area = 'reports'`).toEqual([]);
  const offered = await discord.autocomplete(
    'config reports',
    { 'report-when': 'every mon at 6pm' },
    'report-when',
    owner,
  );
  expect(offered).toEqual([{ name: 'every Monday at 18:00 (UTC)', value: 'every mon at 6pm' }]);
});

test('however many arrange a report at once, there is one timer', async () => {
  await using bot = await startBot({ now });
  const { discord, app } = bot;
  const patch = { reportChannel: discord.channels.general, reportTime: '10:00' };
  await bot.set('reports', patch);
  await Promise.all(Array.from({ length: 8 }, () => arrangeReport(discord.guildId, app)));
  expect(await own(bot)).toMatchObject([{ due_at: new Date('2026-11-26T10:00:00Z') }]);
});

test('a timer that went missing is made anew by the job', async () => {
  await using bot = await startBot({ now });
  const { discord, app } = bot;
  const options = { 'report-channel': discord.channels.general, 'report-when': 'every day at 10' };
  await discord.slash('config reports', options, owner);
  await bot.db`delete from timers`;
  const begun = await app.jobs.run('daily-report', discord.people.owner ?? '');
  if (begun.kind === 'begun') await begun.ended;
  expect(await own(bot)).toMatchObject([{ kind: 'daily-report', due_at: new Date('2026-11-26T10:00:00Z') }]);
});

test('a channel where no picture can be attached is refused for reports; members may change nothing', async () => {
  await using bot = await startBot({ now });
  const { channels, roles } = bot.discord;
  const deny = { type: 0, deny: String(1n << 15n), allow: '0' };
  await bot.discord.rest('PUT', `/channels/${channels.random}/permissions/${roles.bot}`, { ...owner, body: deny });
  const refused = await bot.discord.slash('config reports', { 'report-channel': channels.random }, owner);
  expect(saidIn(refused)).toContain('attach pictures there');
  const taken = await bot.discord.slash('config reports', { 'status-channel': channels.random }, owner);
  expect(saidIn(taken)).toContain('Saved.');
  const blind = { type: 0, deny: String(PermissionFlagsBits.ReadMessageHistory), allow: '0' };
  await bot.discord.rest('PUT', `/channels/${channels.random}/permissions/${roles.bot}`, { ...owner, body: blind });
  for (const option of ['report-channel', 'status-channel']) {
    const unread = await bot.discord.slash('config reports', { [option]: channels.random }, owner);
    expect(saidIn(unread)).toContain('I cannot read the message history in');
  }
  const member = await bot.discord.slash('config reports', {}, { as: 'member', unchecked: true });
  expect(saidIn(member)).toContain('Manage Server');
});
