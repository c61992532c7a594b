import { expect, test } from 'vitest';
import type { Limits } from '../../../src/workers/inspect/budget.ts';
import { levelOf, type Report } from '../../../src/workers/inspect/report.ts';
import { Canvas, type Pixels } from '../../files/canvas.ts';
import { gif } from '../../files/gif.ts';
import { jpeg, pasted, qrCode, webp } from '../../files/pictures.ts';
import { apng, png } from '../../files/png.ts';
import { quickPng } from '../../files/quick-png.ts';
import { scamScene } from '../../files/scenes.ts';
import { enlarged } from '../../files/transformed.ts';
import { factsOf, findingOf, inspect as inspectNamed } from './inspecting.ts';

const SCAM = scamScene(1, 240, 180);
const LARGE = enlarged(SCAM, 3);
/** Too few for the large one: what happens to millions of pixels, of fewer. */
const FEW = { pixels: 100_000, roughPixels: 500_000 };

const inspect = (file: Uint8Array, limits: Partial<Limits> = FEW) => inspectNamed(file, 'file', limits);

function distance([one = '']: readonly string[], [other = '']: readonly string[]): number {
  let differing = BigInt(`0x${one}`) ^ BigInt(`0x${other}`);
  let ones = 0;
  for (; differing > 0n; differing >>= 1n) ones += Number(differing & 1n);
  return ones;
}

function expectRough(report: Report, like: Report): void {
  expect(report.limits).toMatchObject([{ limit: 'pixels', allowed: FEW.pixels }]);
  expect(findingOf(report, 'seen-roughly')).toBeDefined();
  expect(levelOf(report)).toBe('careful');
  expect(report.previews).toMatchObject([{ width: 256, height: 192 }]);
  expect(distance(report.hashes, like.hashes)).toBeLessThanOrEqual(2);
}

const rgb = (pixels: Pixels) => png(pixels, { colours: 2 });

test.for([
  ['PNG', async () => quickPng(LARGE)],
  ['PNG in three colours', async () => rgb(LARGE)],
  ['PNG of sixteen bits', async () => png(LARGE, { depth: 16 })],
  ['PNG in one moving frame', async () => apng([{ pixels: LARGE }])],
  ['JPEG', () => jpeg(LARGE)],
  ['progressive JPEG', () => jpeg(LARGE, { progressive: true })],
] as const)('a %s with more pixels than are looked at closely is known by its hash all the same', async ([, make]) => {
  expectRough(await inspect(await make()), await inspect(png(SCAM)));
});

test('what is seen roughly may hold a code, and is then known by what is around it', async () => {
  const code = await qrCode('https://example.com/', { scale: 3 });
  const whole = pasted(SCAM, code, 10, 50);
  const rough = await inspect(quickPng(enlarged(whole, 3)));
  expect(factsOf(rough, 'plain')).toContainEqual({ value: 'https://example.com/' });
  expectRough(rough, await inspect(png(whole)));
});

test('a PNG that breaks off is shown as far as it goes', async () => {
  const whole = quickPng(LARGE);
  const report = await inspect(whole.subarray(0, whole.length / 2));
  expect(findingOf(report, 'broken')).toBeDefined();
  expect(report.previews).toHaveLength(1);
});

test('beyond the limit of rough looks nothing is decoded, and nothing is said of one', async () => {
  for (const file of [quickPng(LARGE), await jpeg(LARGE)]) {
    const report = await inspect(file, { ...FEW, roughPixels: 300_000 });
    expect(report).toMatchObject({ hashes: [], previews: [], limits: [{ limit: 'pixels' }], findings: [] });
  }
});

test.for([
  ['an interlaced PNG', async () => png(LARGE, { interlaced: true })],
  ['an animated PNG', async () => apng([{ pixels: LARGE }, { pixels: new Canvas(4, 4) }])],
  ['a WebP', () => webp(LARGE)],
  ['a GIF', async () => gif([{ pixels: LARGE }])],
] as const)('there is no rough look at %s', async ([, make]) => {
  expect(await inspect(await make())).toMatchObject({ hashes: [], limits: [{ limit: 'pixels' }], findings: [] });
});

test('a JPEG whose pixels the decoder keeps until its last scan is paid for in memory', async () => {
  const size = LARGE.width * LARGE.height;
  const little = { ...FEW, bytesOut: size * 5 };
  expect(distance((await inspect(await jpeg(LARGE), little)).hashes, (await inspect(png(SCAM))).hashes)).toBeLessThan(
    3,
  );
  const report = await inspect(await jpeg(LARGE, { progressive: true }), little);
  expect(report).toMatchObject({ hashes: [], previews: [], limits: [{ limit: 'pixels' }] });
});

test('one row of millions of pixels is not kept three times over', async () => {
  const report = await inspect(quickPng(new Canvas(450_000, 1)), { ...FEW, bytesOut: 2_000_000 });
  expect(report).toMatchObject({ previews: [], limits: [{ limit: 'pixels' }] });
});
