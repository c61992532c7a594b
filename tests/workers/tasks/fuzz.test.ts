import { describe, expect, test } from 'vitest';
import type { Limits } from '../../../src/workers/inspect/budget.ts';
import { formatOf } from '../../../src/workers/inspect/picture/formats.ts';
import { exifOf } from '../../../src/workers/inspect/picture/metadata.ts';
import diffTexts from '../../../src/workers/tasks/diff-texts.ts';
import drawChart from '../../../src/workers/tasks/draw-chart.ts';
import stripMetadata from '../../../src/workers/tasks/strip-metadata.ts';
import { goodFiles } from '../../files/good.ts';
import { randomOf } from '../../files/random.ts';
import { anyhowMutated } from '../../files/repacked.ts';
import { onDeno } from '../fixtures/start.ts';

const LIMITS: Limits = {
  bytesOut: 4_000_000,
  entries: 500,
  depth: 3,
  pixels: 0,
  roughPixels: 0,
  frames: 0,
  pages: 0,
  rows: 10_000,
  milliseconds: 20_000,
};
const TEXT = /\.(?:csv|tsv|json|ndjson|yaml|log|txt|html)$/;
/** A new page and a new picture are drawn for each chart, so that there are few of those. */
const [STRIPPED, COMPARED, DRAWN] = [100, 12, 12];

const files = Object.entries(await goodFiles());
const named = (pattern: RegExp) => files.filter(([name]) => pattern.test(name));

describe.skipIf(onDeno)('whatever is done to a file', () => {
  test.each(named(/\.(?:png|jpg|gif|webp)$/))(
    '%s tells nothing once it is stripped, or is refused as broken',
    async (name, bytes) => {
      for (let seed = 0; seed < STRIPPED; seed++) {
        const outcome = await stripMetadata.run({ bytes: anyhowMutated(name, bytes, randomOf(seed)) });
        if (!outcome.ok) {
          expect(outcome.error.name, `seed ${seed}`).toBe('BrokenPictureError');
          continue;
        }
        const { bytes: stripped } = outcome.value;
        const picture = formatOf(stripped)?.read(stripped, { tick: () => {}, mostFrames: 0 });
        const metadata = picture?.metadata ?? [];
        expect(exifOf(metadata), `seed ${seed}`).toEqual({ orientation: expect.any(Number) });
        expect(
          metadata.filter(({ kind }) => kind !== 'exif'),
          `seed ${seed}`,
        ).toEqual([]);
      }
    },
  );

  test.each(named(TEXT))('%s is compared with what it was', async (name, bytes) => {
    const before = { bytes: bytes.subarray(0, 20_000), name };
    for (let seed = 0; seed < COMPARED; seed++) {
      const after = { bytes: anyhowMutated(name, before.bytes, randomOf(seed)), name };
      for (const pair of [
        { before, after },
        { before: after, after: before },
      ]) {
        const outcome = await diffTexts.run({ ...pair, limits: LIMITS });
        expect(outcome, `seed ${seed}`).toMatchObject({ ok: true });
      }
    }
  });

  test.each(named(/\.(?:csv|tsv|json|ndjson|xlsx)$/))(
    'of %s a chart is drawn, or it is said why not',
    async (name, bytes) => {
      for (let seed = 0; seed < DRAWN; seed++) {
        const asked = { bytes: anyhowMutated(name, bytes, randomOf(seed)), name, columns: ['#1'], limits: LIMITS };
        expect(await drawChart.run(asked), `seed ${seed}`).toMatchObject({ ok: true });
      }
    },
    60_000,
  );
});
