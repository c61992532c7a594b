import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareFiles } from '../../bench/compare/compare-files.ts';
import { type AckRound, FORMAT } from '../../bench/report/report.ts';
import { roundOf } from './rounds.ts';

const STEADY = Array.from({ length: 200 }, (_, at) => 2 + (at % 10) / 10);
/** A stall of 200 ms a second, as it meets whoever comes every 50 ms. */
const STALLED = STEADY.map((ms, at) => (at % 20 < 4 ? 200 - 50 * (at % 20) : ms));

function reportOf(rounds: readonly AckRound[], more: object = {}) {
  return {
    ...{ format: FORMAT, rockhopper: '1', runtime: 'bun', partial: false, machine: { cpu: 'x', cores: 2 } },
    scenarios: [{ kind: 'ack', name: 'idle', rounds }],
    ...more,
  };
}

function rounds(ms: readonly number[], more: Partial<AckRound> = {}): readonly AckRound[] {
  return [1, 2, 3].flatMap(() => [roundOf('offload', ms, more), roundOf('floor', STEADY)]);
}

/** Compares two reports as files. */
async function compared(before: unknown, after: unknown): Promise<{ text: string; worse: boolean }> {
  const folder = await mkdtemp(join(tmpdir(), 'rockhopper-test-'));
  try {
    const files = ['a.json', 'b.json'].map((name) => join(folder, name));
    const [a = '', b = ''] = files;
    for (const [at, report] of [before, after].entries())
      await writeFile(files[at] ?? '', typeof report === 'string' ? report : JSON.stringify(report));
    return await compareFiles(a, b);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a run held against itself is the same in all', async () => {
  const { text, worse } = await compared(reportOf(rounds(STEADY)), reportOf(rounds(STEADY)));
  expect(worse).toBe(false);
  expect(text).toMatch(/first answer, p99 .* same$/m);
  expect(text).toContain('0 worse, 0 better');
});

test('stalls make the 99th percentile worse, and their end makes it better', async () => {
  const [calm, stalled] = [reportOf(rounds(STEADY)), reportOf(rounds(STALLED))];
  const worse = await compared(calm, stalled);
  expect(worse.worse).toBe(true);
  expect(worse.text).toMatch(/idle: first answer, p99 .* WORSE$/m);
  const better = await compared(stalled, calm);
  expect(better.worse).toBe(false);
  expect(better.text).toMatch(/idle: first answer, p99 .* better$/m);
});

test('answers that are lost are worse, whatever else there is', async () => {
  const { text, worse } = await compared(reportOf(rounds(STEADY)), reportOf(rounds(STEADY, { lost: 1 })));
  expect(worse).toBe(true);
  expect(text).toMatch(/idle: lost .* WORSE$/m);
});

test('more of what is done is better, more of what it costs is worse, and a whim is neither', async () => {
  const cost = (mainMs: number, tasks: number) =>
    reportOf(
      rounds(STEADY, { tasks, cpu: { mainMs, othersMs: 0 }, memory: { start: 0, peak: 3e8, end: 0, growth: 0 } }),
    );
  const { text } = await compared(cost(1_000, 100), cost(2_000, 150));
  expect(text).toMatch(/main thread busy .* WORSE$/m);
  expect(text).toMatch(/work done .* better$/m);
  expect(text).toMatch(/memory at its highest .* same$/m);
  expect((await compared(cost(1_000, 100), cost(1_040, 99))).worse).toBe(false);
});

test('with too few rounds costs are shown and not judged', async () => {
  const few = (mainMs: number) => reportOf([roundOf('offload', STEADY, { cpu: { mainMs, othersMs: 0 } })]);
  const { text, worse } = await compared(few(1_000), few(3_000));
  expect(text).toMatch(/main thread busy .* not judged$/m);
  expect(worse).toBe(false);
});

test('rounds that are not valid are not compared', async () => {
  const invalid = rounds(STALLED, { invalid: ['the driver sent late'] });
  const { text, worse } = await compared(reportOf(rounds(STEADY)), reportOf(invalid));
  expect(worse).toBe(false);
  expect(text).toContain('nothing in common');
});

test('another machine, and a floor that changed as well, are told', async () => {
  const slow = [1, 2, 3].flatMap(() => [roundOf('offload', STALLED), roundOf('floor', STALLED)]);
  const { text } = await compared(
    reportOf(rounds(STEADY)),
    reportOf(slow, { machine: { cpu: 'y', cores: 4 }, partial: true }),
  );
  expect(text).toContain('NOT THE SAME MACHINE OR RUNTIME: 2 cores of x, bun; 4 cores of y, bun');
  expect(text).toContain('At least one report is partial');
  expect(text).toContain('The empty bot changed as well in idle');
});

test.each([
  ['a report of another version', { ...reportOf([]), format: 2 }, 'a report of version 2 and this bench makes version'],
  ['something else', { hello: 1 }, 'is no report of this bench'],
  ['what is no JSON', '<html>', 'is no report of this bench'],
  ['a damaged report', { ...reportOf([]), scenarios: [{ kind: 'ack', name: 'x' }] }, 'is a damaged report'],
])('%s is refused in clear words', async (_, report, words) => {
  await expect(compared(reportOf([]), report)).rejects.toThrow(words);
});
