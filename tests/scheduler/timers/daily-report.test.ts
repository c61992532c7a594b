import { expect, test } from 'vitest';
import { startBot } from '../../bot.ts';
import { saidIn } from '../../handlers/commands/files/inspected.ts';
import { chooses, counted, NOW, posted, settled, wrote } from '../../services/reports/reporting.ts';

async function run(bot: Awaited<ReturnType<typeof startBot>>, job: string) {
  const begun = await bot.app.jobs.run(job, bot.discord.people.owner ?? '');
  if (begun.kind === 'begun') expect(await begun.ended).toMatchObject({ ending: 'done' });
}

test('a server that has chosen a channel gets one report, however often the job runs; until then there is none', async () => {
  await using bot = await startBot({ now: () => NOW });
  await wrote(bot, '2026-11-25', [5]);
  await run(bot, 'daily-report');
  expect(await bot.db`select 1 from timers`).toEqual([]);
  await chooses(bot, { reportChannel: bot.discord.channels.general });
  await run(bot, 'daily-report');
  await run(bot, 'daily-report');
  expect(await settled(bot, 'daily-report')).toEqual(['done']);
  await run(bot, 'daily-report');
  const [message, ...more] = posted(bot);
  expect(more).toEqual([]);
  const text = JSON.stringify(message);
  expect(text).toContain('The day 2026-11-25 (UTC)');
  expect(text).toContain('5 messages');
  expect(message?.attachments).toEqual([]); // one day makes no line
});

test('two timers that bring the same report at the same moment bring one', async () => {
  await using bot = await startBot({ now: () => NOW });
  const { app, discord } = bot;
  const { guildId: guild } = discord;
  await wrote(bot, '2026-11-25', [5]);
  await chooses(bot, { reportChannel: discord.channels.general });
  const timer = { kind: 'daily-report', owner: guild, guild, payload: {}, zone: 'UTC' };
  const recurrence = {
    rule: { kind: 'daily', every: 1, at: '09:00' },
    zone: 'UTC',
    start: '2026-11-26T09:00',
  } as const;
  await app.database.begin(async (tx, notify) => {
    await app.timers.addWithin({ tx, notify }, { ...timer, due: NOW });
    await app.timers.addWithin({ tx, notify }, { ...timer, due: NOW, recurrence });
  });
  await expect.poll(async () => (await bot.db`select 1 from timers where occurrence = 1`).length).toBe(2);
  expect(posted(bot)).toHaveLength(1);
});

test('a time of its own that a server chooses after its report has come brings no second one of that day', async () => {
  const clock = { now: NOW };
  await using bot = await startBot({ now: () => clock.now });
  const { db, discord } = bot;
  await wrote(bot, '2026-11-25', [5]);
  await chooses(bot, { reportChannel: discord.channels.general });
  await run(bot, 'daily-report');
  expect(await settled(bot, 'daily-report')).toEqual(['done']);
  await discord.slash('config reports', { 'report-when': 'every day at 10' }, { as: 'owner' });
  const next = async () => (await db`select due_at from timers where done_at is null`)[0]?.due_at;
  for (const day of [26, 27]) {
    clock.now = new Date(`2026-11-${day}T10:00:00Z`);
    expect(await next()).toEqual(clock.now);
    await wrote(bot, `2026-11-${day}`, [7]);
    bot.app.timers.wake();
    await expect.poll(next).toEqual(new Date(`2026-11-${day + 1}T10:00:00Z`));
  }
  expect(posted(bot).map((message) => /The day \S+/.exec(JSON.stringify(message))?.[0])).toEqual([
    'The day 2026-11-26',
    'The day 2026-11-25',
  ]);
});

test('nothing is sent when there is nothing to say', async () => {
  await using bot = await startBot({ now: () => NOW });
  await chooses(bot, { reportChannel: bot.discord.channels.general });
  await run(bot, 'daily-report');
  expect(await settled(bot, 'daily-report')).toEqual(['done']);
  expect(posted(bot)).toEqual([]);
});

test('a report whose sender died before it could say so is not sent again, though figures have changed', async () => {
  await using bot = await startBot({ now: () => NOW });
  await counted(bot, { joins: 2 });
  await chooses(bot, { reportChannel: bot.discord.channels.general });
  await run(bot, 'daily-report');
  await settled(bot, 'daily-report');
  await counted(bot, { leaves: 9 });
  await bot.db`delete from server_days where what = 'reported'`; // it is written together with the outcome
  await bot.db`
    update timers set done_at = null, outcome = null, occurrence = occurrence - 1, tried_at = now() - interval '10 minutes'`;
  expect(await settled(bot, 'daily-report')).toEqual(['done']);
  expect(posted(bot)).toHaveLength(1);
});

test('the button under a report turns reports off, for those who manage the server', async () => {
  await using bot = await startBot({ now: () => NOW });
  await counted(bot, { joins: 2 });
  await chooses(bot, { reportChannel: bot.discord.channels.general });
  await run(bot, 'daily-report');
  await settled(bot, 'daily-report');
  const [message] = posted(bot);
  const customId = /"custom_id":"(reports\.off:[^"]+)"/.exec(JSON.stringify(message))?.[1] ?? '';
  const refused = await bot.discord.click(message ?? '', customId, { as: 'member' });
  expect(saidIn(refused)).toContain('Manage Server');
  const done = await bot.discord.click(message ?? '', customId, { as: 'owner' });
  expect(saidIn(done)).toContain('The daily report is off here');
  expect((await bot.app.settings.of(bot.discord.guildId, 'reports')).reportChannel).toBeUndefined();
});

test('a channel that is gone is told to the log, and no other is written to', async () => {
  await using bot = await startBot({ now: () => NOW });
  const { channels, guildId } = bot.discord;
  await counted(bot, { joins: 2 });
  await bot.set('logs', { logChannel: channels.general });
  await chooses(bot, { reportChannel: channels.random });
  await bot.discord.rest('DELETE', `/channels/${channels.random}`, { as: 'owner' });
  await run(bot, 'daily-report');
  expect(await settled(bot, 'daily-report')).toEqual(['failed']);
  await expect.poll(() => JSON.stringify(posted(bot))).toContain('The channel is gone. The daily report is off now.');
  expect(await bot.app.settings.of(guildId, 'reports')).not.toHaveProperty('reportChannel');
  expect(JSON.stringify(posted(bot))).not.toContain(`<@${guildId}>`);
});

test('status updates come to the status channel, once at each time, with a line a figure', async () => {
  await using bot = await startBot({ now: () => new Date('2026-11-26T14:00:05Z') });
  await chooses(bot, { statusChannel: bot.discord.channels.general });
  await run(bot, 'status-updates');
  await run(bot, 'status-updates');
  expect(await settled(bot, 'status-update')).toEqual(['done']);
  const [message, ...more] = posted(bot);
  expect(more).toEqual([]);
  expect(JSON.stringify(message)).toMatch(/Servers: 1, members: \d+/);
  expect(await bot.db`select due_at from timers`).toEqual([{ due_at: new Date('2026-11-26T14:00:00Z') }]);
});
