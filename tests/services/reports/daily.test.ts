import { expect, test } from 'vitest';
import { BusyError } from '../../../src/lib/errors.ts';
import type { Answer } from '../../../src/services/answers/answer.ts';
import { render } from '../../../src/services/answers/words.ts';
import { dailyReport } from '../../../src/services/reports/daily.ts';
import type { Section } from '../../../src/services/reports/section.ts';
import { SECTIONS } from '../../../src/services/reports/sections.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { counted, DAY, NOW, wrote } from './reporting.ts';

const never = new AbortController().signal;
const failing = (error: Error): Section => ({ alone: true, gather: () => Promise.reject(error) });
const silent: Section = { alone: true, gather: async () => undefined };

function covered({ discord }: TestBot) {
  return { guild: discord.guildId, day: DAY, locale: 'en' };
}

function saidBy(report: Answer | undefined, { app }: TestBot): string {
  const lines = report?.parts.flatMap((part) => {
    if (part.kind === 'lines') return [...(part.title === undefined ? [] : [part.title]), ...part.lines];
    return part.kind === 'small' ? [part.text] : [];
  });
  return (lines ?? []).map((line) => render(line, { i18n: app.i18n, locale: 'en' })).join('\n');
}

test('a day is told in figures, against the days before', async () => {
  await using bot = await startBot({ now: () => NOW });
  await wrote(bot, DAY, [30, 12]);
  await wrote(bot, '2026-11-24', [50]);
  await wrote(bot, '2026-11-18', [2]);
  await counted(bot, { joins: 1, leaves: 2, 'pictures-deleted': 3, 'hour-13': 40, 'hour-9': 2 });
  const { 'four-weeks': _drawn, ...figures } = SECTIONS;
  const report = await dailyReport(covered(bot), bot.app, never, figures);
  const said = saidBy(report, bot);
  expect(said).toContain('42 messages\nby 2 members\n−8 messages, +1 members against the day before');
  expect(said).toContain('+40 messages, +1 members against the same day a week before');
  expect(said).toContain(`<t:${Date.parse(`${DAY}T13:00:00Z`) / 1_000}:t> (40)`);
  expect(said).toMatch(/1 joined\n2 left\n\d+ members now/);
  expect(said).toContain('3 blocked pictures deleted');
  expect(said).toContain('Jobs: 0 runs on that day, 0 failed');
});

test('four weeks are drawn as a line, which is also said in words', async () => {
  await using bot = await startBot({ now: () => NOW });
  await wrote(bot, DAY, [30, 12]);
  await wrote(bot, '2026-11-24', [50]);
  await wrote(bot, '2026-10-28', [5]);
  const sections = { activity: SECTIONS.activity, 'four-weeks': SECTIONS['four-weeks'] };
  const [picture] = (await dailyReport(covered(bot), bot.app, never, sections))?.pictures ?? [];
  expect([...(picture?.bytes.subarray(1, 4) ?? [])].map((byte) => String.fromCharCode(byte)).join('')).toBe('PNG');
  expect(picture?.description).toContain('A line of messages over day from 2026-10-29 to 2026-11-25; points: 28');
});

test('however many reports are made at once, two lines are drawn at a time', async () => {
  await using bot = await startBot({ now: () => NOW });
  await wrote(bot, DAY, [30]);
  await wrote(bot, '2026-11-24', [50]);
  const drawn: PromiseWithResolvers<void>[] = [];
  const offload = async () => {
    drawn.push(Promise.withResolvers<void>());
    await drawn.at(-1)?.promise;
    return { kind: 'refused', code: 'nothingToDraw', params: {} };
  };
  const workers = { offload } as unknown as TestBot['app']['workers'];
  const context = { ...bot.app, workers };
  const made = Array.from({ length: 6 }, () => SECTIONS['four-weeks'].gather(covered(bot), context, never));
  for (let ended = 0; ended < 6; ended += 1) {
    await expect.poll(() => drawn.length).toBe(Math.min(6, ended + 2));
    await bot.db`select 1`; // whoever else would begin has had the time to
    expect(drawn.length).toBe(Math.min(6, ended + 2));
    drawn[ended]?.resolve();
  }
  expect(await Promise.all(made)).toEqual(Array.from({ length: 6 }, () => undefined));
});

test('of a day on which nothing happened there is nothing to say, however well the bot was', async () => {
  await using bot = await startBot({ now: () => NOW });
  expect(await dailyReport(covered(bot), bot.app, never)).toBeUndefined();
});

test('a section that fails is named, and the others are told', async () => {
  await using bot = await startBot({ now: () => NOW });
  await wrote(bot, DAY, [7]);
  const sections = { ...SECTIONS, growth: failing(new TypeError('a mistake')) };
  const report = await dailyReport(covered(bot), bot.app, never, sections);
  expect(saidBy(report, bot)).toContain('7 messages');
  expect(saidBy(report, bot)).toContain('Could not be found out: Members.');
  expect(report?.tone).toBe('warning');
  const line = await bot.logged(({ msg }) => msg === 'a section of a report failed');
  expect(line).toMatchObject({ section: 'growth', error: { message: 'a mistake' } });
});

test('when what failed is all there might be to say, or will pass, the report is tried again later', async () => {
  await using bot = await startBot({ now: () => NOW });
  const nothing = { activity: silent, growth: failing(new TypeError('a mistake')) };
  await expect(dailyReport(covered(bot), bot.app, never, nothing)).rejects.toThrow('sections failed: growth');
  await wrote(bot, DAY, [7]);
  const busy = { activity: SECTIONS.activity, growth: failing(new BusyError('full')) };
  await expect(dailyReport(covered(bot), bot.app, never, busy)).rejects.toThrow(BusyError);
});

test('the sections are gathered at the same time, and all are told to stop', async () => {
  await using bot = await startBot({ now: () => NOW });
  const stop = new AbortController();
  const begun: AbortSignal[] = [];
  const waiting: Section = {
    alone: true,
    gather: (_covered, _context, signal) =>
      new Promise((_resolve, reject) => {
        begun.push(signal);
        signal.addEventListener('abort', () => reject(signal.reason));
        if (begun.length === 3) stop.abort(new Error('enough'));
      }),
  };
  const sections = { activity: waiting, growth: waiting, moderation: waiting };
  await expect(dailyReport(covered(bot), bot.app, stop.signal, sections)).rejects.toThrow('enough');
  expect(begun.every(({ aborted }) => aborted)).toBe(true);
});
