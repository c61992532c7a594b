import { describe, expect, test, vi } from 'vitest';
import { readBarcodes } from 'zxing-wasm/reader';
import { Budget } from '../../../src/workers/inspect/budget.ts';
import { openFile } from '../../../src/workers/inspect/open-file.ts';
import { countFinderPatterns } from '../../../src/workers/inspect/picture/finder-patterns.ts';
import { qrCodesIn } from '../../../src/workers/inspect/picture/qr-codes.ts';
import { CLOSER_PIXELS, viewOf } from '../../../src/workers/inspect/picture/view.ts';
import { levelOf } from '../../../src/workers/inspect/report.ts';
import { Canvas, type Pixels } from '../../files/canvas.ts';
import { finderTiles, tiledPng } from '../../files/finder-tiles.ts';
import { pasted, qrCode } from '../../files/pictures.ts';
import { png } from '../../files/png.ts';
import { quickPng } from '../../files/quick-png.ts';
import { scamScene } from '../../files/scenes.ts';
import { factsOf, findingOf, inspect, LIMITS } from './inspecting.ts';

const MANY = 2_000;
const KINDS = [
  { name: 'side by side' },
  { name: 'in white on black', inverted: true },
  { name: 'with rows staggered', staggered: 3 },
];

/** All pixels of a picture, as a view of what is large has them at the second look. */
function allOf(pixels: Pixels) {
  return viewOf(pixels.data, pixels, new Budget(LIMITS), { mostPixels: CLOSER_PIXELS });
}

function greyCanvas(side: number, grey: Uint8Array): Canvas {
  const canvas = new Canvas(side, side);
  for (const [at, level] of grey.entries()) canvas.data.fill(level, at * 4, at * 4 + 3);
  return canvas;
}

/** Twenty-four codes in four rows. */
async function sheet(): Promise<Pixels> {
  let canvas: Pixels = new Canvas(1_260, 840);
  for (let at = 0; at < 24; at++) {
    const code = await qrCode(`https://example.com/${at}`, { scale: 5 });
    canvas = pasted(canvas, code, (at % 6) * 210, Math.floor(at / 6) * 210);
  }
  return canvas;
}

describe('a picture tiled with finder patterns', () => {
  test.for(KINDS)('$name: the patterns are counted, up to a bound', (kind) => {
    const grey = { width: 600, height: 600, pixels: finderTiles(600, kind) };
    const tiles = Math.floor(600 / 9) ** 2;
    expect(countFinderPatterns(grey, 10_000)).toBeGreaterThan(tiles * 0.9);
    expect(countFinderPatterns(grey, 500)).toBe(500);
  });

  test.for(KINDS)('$name: the reader of codes is not called', async (kind) => {
    const read = vi.fn(readBarcodes);
    const seen = await qrCodesIn(allOf(greyCanvas(600, finderTiles(600, kind))), read);
    expect(seen).toMatchObject({ codes: [], tooMany: true });
    expect(read).not.toHaveBeenCalled();
  });

  test('hidden behind a gradient, or seen only at a third of the size, they are counted as well', () => {
    const plain = finderTiles(600);
    const pixels = plain.map((level, at) => level / 3 + (at % 600) / 4);
    expect(countFinderPatterns({ width: 600, height: 600, pixels }, MANY)).toBe(MANY);
    const coarse = new Uint8Array(1_800 * 1_800).map((_, at) => {
      const [x, y] = [at % 1_800, Math.floor(at / 1_800)];
      const level = plain[Math.floor(y / 3) * 600 + Math.floor(x / 3)] ?? 0;
      return x % 3 === 1 && y % 3 === 1 ? 255 - level : level; // dotted, so that no run is whole
    });
    expect(countFinderPatterns({ width: 1_800, height: 1_800, pixels: coarse }, MANY)).toBe(MANY);
  });

  test.for(KINDS)('$name: the card says what was not looked for, and the shield gets its hashes', async (kind) => {
    const report = await inspect(tiledPng(1_728, { module: 2, ...kind }), 'a.png');
    expect(findingOf(report, 'codes-unseen')).toEqual({});
    expect(levelOf(report)).toBe('unseen');
    expect(report.limits).toEqual([]);
    const scam = await inspect(quickPng(scamScene(1)), 'a.png');
    const spoilt = pasted(scamScene(1, 1_200, 900), greyCanvas(450, finderTiles(450, kind)), 700, 400);
    const other = await inspect(quickPng(spoilt), 'a.png');
    expect(findingOf(other, 'codes-unseen')).toEqual({});
    expect([scam.hashes.length, other.hashes.length]).toEqual([1, 1]);
  });
});

describe('honest pictures', () => {
  test('a sheet of 24 tickets is far below the bound, and all of them are read', async () => {
    const pixels = await sheet();
    const read = vi.fn(readBarcodes);
    const { codes, tooMany } = await qrCodesIn(allOf(pixels), read);
    expect(read).toHaveBeenCalledOnce();
    expect(tooMany).toBe(false);
    expect(new Set(codes.map(({ text }) => text)).size).toBe(24);
    const file = read.mock.calls[0]?.[0];
    if (!(file instanceof Uint8Array)) throw new Error('the reader gets a file');
    const grey = { width: 1_260, height: 840, pixels: file.subarray(-1_260 * 840) };
    expect(countFinderPatterns(grey, MANY)).toBeGreaterThanOrEqual(72);
    expect(countFinderPatterns(grey, MANY)).toBeLessThan(MANY / 4);
  });

  test('a picture without codes has next to none', () => {
    const { data, width, height } = scamScene(1, 1_200, 900);
    const pixels = new Uint8Array(width * height).map((_, at) => data[at * 4] ?? 0);
    expect(countFinderPatterns({ width, height, pixels }, MANY)).toBeLessThan(MANY / 10);
  });

  test('of one code nothing else is said', async () => {
    const report = await inspect(png(await qrCode('https://example.com/')), 'a.png');
    expect(factsOf(report, 'plain')).toEqual([{ value: 'https://example.com/' }]);
    expect(report.findings).toEqual([]);
  });
});

test('whenever the time is up, a picture that is shown has its hashes', async () => {
  const bytes = quickPng(scamScene(1, 120, 90));
  let cutShort = 0;
  for (let steps = 1; ; steps++) {
    let asked = 0;
    const now = () => (asked++ < steps ? 0 : LIMITS.milliseconds * 1_000);
    const { previews, hashes, limits } = await openFile(
      { name: 'a', declared: '', bytes },
      new Budget(LIMITS, { now }),
    );
    expect(hashes.length, `after ${steps} steps`).toBeGreaterThanOrEqual(previews.length);
    if (limits.length === 0) break;
    cutShort += previews.length;
  }
  expect(cutShort).toBeGreaterThan(0);
});
