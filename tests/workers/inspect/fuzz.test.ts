import { Value } from '@sinclair/typebox/value';
import { describe, expect, test } from 'vitest';
import { Budget, type LimitName, type Limits } from '../../../src/workers/inspect/budget.ts';
import { openFile } from '../../../src/workers/inspect/open-file.ts';
import { Report } from '../../../src/workers/inspect/report.ts';
import inspectFile from '../../../src/workers/tasks/inspect-file.ts';
import { goodFiles } from '../../files/good.ts';
import { truncated } from '../../files/mutated.ts';
import { randomOf } from '../../files/random.ts';
import { anyhowMutated } from '../../files/repacked.ts';
import { onDeno } from '../fixtures/start.ts';

/** Cases of each kind of file; of pictures fewer, since one of a few pixels costs ten times as much as a text: decoded, hashed, and searched for codes. */
const CASES = 190;
const [CASES_OF_PICTURES, CASES_OF_PAGES] = [75, 75];
const PAGE = /\.(?:html|svg|xml|eml)$/;
const PICTURE = /\.(?:png|jpg|gif|webp)$/;
const LIMITS: Limits = {
  bytesOut: 4_000_000,
  entries: 500,
  depth: 3,
  pixels: 400_000,
  roughPixels: 1_600_000,
  frames: 50,
  pages: 10,
  rows: 10_000,
  milliseconds: 1_500,
};
/** Steps, each a look at the clock, that a file of a few kilobytes never needs. */
const MOST_STEPS = 200_000;
const COUNTED = ['bytesOut', 'entries', 'pixels', 'frames', 'pages', 'rows'] as const satisfies readonly LimitName[];
const TRUNCATED_BYTES = 4_096;

const files = await goodFiles();

describe.skipIf(onDeno)('whatever is done to a file, it is opened within its budget', () => {
  // To run one case again: its seed stands in the message, and `-t` takes the name of the file.
  test.each(Object.keys(files))(
    '%s',
    async (name) => {
      const bytes = files[name] ?? new Uint8Array(0);
      for (let seed = 0; seed < casesOf(name); seed++) {
        const { report, steps, budget, faults } = await opened(name, anyhowMutated(name, bytes, randomOf(seed)), seed);
        expect(faults, `seed ${seed}`).toEqual([]);
        expect(Value.Check(Report, report), `seed ${seed}`).toBe(true);
        expect(steps, `seed ${seed}`).toBeLessThan(MOST_STEPS);
        for (const limit of COUNTED) expect(budget.spent(limit), `seed ${seed}`).toBeLessThanOrEqual(LIMITS[limit]);
      }
    },
    60_000,
  );
});

test.each(Object.keys(files))(
  '%s, cut off at every tenth byte, gets a verdict from the task',
  async (name) => {
    for (const part of truncated((files[name] ?? new Uint8Array(0)).subarray(0, TRUNCATED_BYTES))) {
      const outcome = await inspectFile.run({
        bytes: part,
        name,
        declared: '',
        limits: { ...LIMITS, milliseconds: 20_000 },
      });
      expect(outcome.ok, `${part.length} bytes`).toBe(true);
    }
  },
  60_000,
);

function casesOf(name: string): number {
  return PICTURE.test(name) ? CASES_OF_PICTURES : PAGE.test(name) ? CASES_OF_PAGES : CASES;
}

/** What an opener throws, the report calls a broken file: `faults` tells. On a clock that stands still, so that what is asked of it can be counted. */
async function opened(name: string, bytes: Uint8Array, seed: number) {
  let steps = 0;
  const now = () => {
    steps++;
    return 0;
  };
  const budget = new Budget(LIMITS, { now });
  const faults: unknown[] = [];
  try {
    const report = await openFile({ name, declared: '', bytes, onFault: (error) => faults.push(error) }, budget);
    return { report, budget, steps, faults };
  } catch (cause) {
    throw new Error(`seed ${seed}`, { cause });
  }
}
