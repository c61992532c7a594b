import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Value } from '@sinclair/typebox/value';
import { describe, expect, test } from 'vitest';
import { Budget } from '../../../src/workers/inspect/budget.ts';
import { openFile } from '../../../src/workers/inspect/open-file.ts';
import { Report } from '../../../src/workers/inspect/report.ts';
import { mutated, truncated } from '../../files/mutated.ts';
import { randomOf } from '../../files/random.ts';
import { GOOD, HOSTILE } from '../../files/text.ts';
import { LIMITS } from './inspecting.ts';

/** Cases over all files, not seconds: about eight of those on one core. */
const CASES = 20_000;
/** What is beyond this is a reader that does not look at the clock. Milliseconds, on a machine that does other things too. */
const FAR_TOO_LONG = 10_000;

/** What is said, how large that is, and how long it took. */
async function judged(name: string, bytes: Uint8Array, milliseconds = 1_500) {
  const began = performance.now();
  const report = await openFile({ name, declared: '', bytes }, new Budget({ ...LIMITS, milliseconds }));
  const took = performance.now() - began;
  expect(Value.Check(Report, report)).toBe(true);
  const said = JSON.stringify(report);
  expect(said.isWellFormed()).toBe(true);
  expect(said.length).toBeLessThan(120_000);
  return { report, took };
}

describe('a text that is made to do harm gets a verdict', () => {
  test.each(HOSTILE)('%s', async (_, name, made) => {
    const { report, took } = await judged(name, made());
    expect(took).toBeLessThan(FAR_TOO_LONG);
    expect(report.findings.filter(({ code }) => code === 'broken')).toEqual([]);
    for (const preview of report.previews) {
      if (preview.kind === 'text') expect(preview.text.length).toBeLessThan(3_000);
    }
  });
});

test('nothing is kept of a line of 20 MB and its quotes', async () => {
  const script = fileURLToPath(new URL('long-lines-child.ts', import.meta.url));
  const command = 'Deno' in globalThis ? ['run', '--allow-all', script] : [script];
  const { stdout } = await promisify(execFile)(process.execPath, command);
  const grown: number[] = JSON.parse(stdout);
  expect(grown).toHaveLength(2);
  // The text itself is one copy; a list of its fields would be twenty times that.
  for (const bytes of grown) expect(bytes).toBeLessThan(100_000_000);
});

test('a text that is cut off anywhere says what there is of it', async () => {
  for (const [name, bytes] of Object.entries(GOOD)) {
    for (const part of truncated(bytes)) {
      const { report } = await judged(name, part);
      expect(report.findings.filter(({ code }) => code === 'broken')).toEqual([]);
    }
  }
});

/** By their names and contents, each a test of its own: together they outlast a test's time on a machine that does other things. */
const FILES = Object.entries(GOOD);

test.each(FILES)('no text is too damaged for a verdict: %s', async (name, bytes) => {
  const random = randomOf(3 + FILES.findIndex(([own]) => own === name));
  let longest = 0;
  for (let round = 0; round < CASES / FILES.length; round++) {
    const [other] = FILES[random.below(FILES.length)] ?? [''];
    const { report, took } = await judged(random.below(4) === 0 ? other : name, mutated(bytes, random));
    longest = Math.max(longest, took);
    expect([round, report.findings.filter(({ code }) => code === 'broken')]).toEqual([round, []]);
  }
  expect(longest).toBeLessThan(FAR_TOO_LONG);
});
