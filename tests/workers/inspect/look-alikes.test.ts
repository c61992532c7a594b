import { expect, test } from 'vitest';
import { Budget } from '../../../src/workers/inspect/budget.ts';
import { LookAlikes } from '../../../src/workers/inspect/picture/look-alikes.ts';
import {
  hashesOf,
  LOOK_ALIKE_DISTANCE,
  type PictureHashes,
} from '../../../src/workers/inspect/picture/perceptual-hash.ts';
import { viewOf } from '../../../src/workers/inspect/picture/view.ts';
import type { Pixels } from '../../files/canvas.ts';
import { gif } from '../../files/gif.ts';
import { jpeg, webp } from '../../files/pictures.ts';
import { png } from '../../files/png.ts';
import { scamScene, scene } from '../../files/scenes.ts';
import { cropped, recoloured, resized } from '../../files/transformed.ts';
import { inspect, LIMITS } from './inspecting.ts';

/** Scams, and pictures of every other kind that people post: `scene(4)` is a pattern too plain to have a hash. */
const BLOCKED = [
  ...Array.from({ length: 12 }, (_, seed) => scamScene(seed, 400, 300)),
  ...[0, 1, 2, 3, 5, 6, 7].map((kind) => scene(10_000 * 8 + kind, 400, 300)),
];

function hashed(pixels: Pixels): PictureHashes | undefined {
  return hashesOf(viewOf(pixels.data, pixels, new Budget(LIMITS)).thumbnail());
}

async function opened(file: Uint8Array): Promise<PictureHashes | undefined> {
  const { hashes, croppedHashes } = await inspect(file, 'file');
  return hashes[0] === undefined ? undefined : { hash: hashes[0], cropped: croppedHashes };
}

function listOf(pictures: readonly (PictureHashes | undefined)[]): LookAlikes {
  const digits = pictures.flatMap((picture) => picture?.cropped ?? []).join('');
  return new LookAlikes(Uint8Array.from(Buffer.from(digits, 'hex')));
}

function grey(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** Of each blocked picture a list of its own. */
const LISTS = BLOCKED.map((picture) => listOf([hashed(picture)]));
/** The hashes of a hundred scams. */
const SCAMS = Array.from({ length: 100 }, (_, seed) => hashed(scamScene(seed, 240, 180)));

const COPIES: Readonly<
  Record<string, (pixels: Pixels) => PictureHashes | undefined | Promise<PictureHashes | undefined>>
> = {
  'made half as large': (pixels) => hashed(resized(pixels, 0.5)),
  'made a third as large': (pixels) => hashed(resized(pixels, 0.31)),
  'made larger': (pixels) => hashed(resized(pixels, 1.7)),
  'made smaller and stretched': (pixels) => hashed(resized(pixels, 0.8, 0.93)),
  'as JPEG of quality 80': async (pixels) => opened(await jpeg(pixels, { quality: 80 })),
  'as PNG': async (pixels) => opened(png(pixels)),
  'as WebP': async (pixels) => opened(await webp(pixels)),
  'as GIF of 216 colours': async (pixels) => opened(gif([{ pixels }])),
  'cropped by 5 % at the left': (pixels) => hashed(cropped(pixels, { left: 0.05 })),
  'cropped by 5 % at the right': (pixels) => hashed(cropped(pixels, { right: 0.05 })),
  'cropped by 5 % at the top': (pixels) => hashed(cropped(pixels, { top: 0.05 })),
  'cropped by 5 % at the bottom': (pixels) => hashed(cropped(pixels, { bottom: 0.05 })),
  'cropped by 5 %, half of it on each side': (pixels) =>
    hashed(cropped(pixels, { left: 0.025, right: 0.025, top: 0.025, bottom: 0.025 })),
  'cropped by 5 % in a corner': (pixels) => hashed(cropped(pixels, { left: 0.05, top: 0.05 })),
  'cropped by 5 % on every side': (pixels) =>
    hashed(cropped(pixels, { left: 0.05, right: 0.05, top: 0.05, bottom: 0.05 })),
  'cropped a little everywhere': (pixels) => hashed(cropped(pixels, { left: 0.03, right: 0.01, bottom: 0.02 })),
  'made brighter': (pixels) => hashed(recoloured(pixels, (...rgb) => rgb.map((level) => level * 1.1))),
  'made darker': (pixels) => hashed(recoloured(pixels, (...rgb) => rgb.map((level) => level * 0.85))),
  'made warmer': (pixels) => hashed(recoloured(pixels, (red, green, blue) => [red * 1.1 + 5, green, blue * 0.9])),
  'made grey': (pixels) => hashed(recoloured(pixels, (...rgb) => Array(3).fill(grey(...rgb)))),
  'made more colourful': (pixels) =>
    hashed(recoloured(pixels, (...rgb) => rgb.map((level) => grey(...rgb) + (level - grey(...rgb)) * 1.3))),
  'cropped, made smaller and compressed': async (pixels) =>
    opened(await jpeg(resized(cropped(pixels, { left: 0.05, bottom: 0.05 }), 0.6), { quality: 80 })),
};

test.for(Object.entries(COPIES))('a blocked picture is found when it is %s', async ([, copy]) => {
  for (const [index, picture] of BLOCKED.entries()) {
    const found = LISTS[index]?.within([(await copy(picture))?.hash ?? ''], LOOK_ALIKE_DISTANCE);
    expect(found, `picture ${index}`).toBeDefined();
    expect(found, `picture ${index}`).not.toEqual([]);
  }
});

test('none of 1,000 innocent pictures looks like one of a hundred blocked scams', () => {
  const list = listOf(SCAMS);
  const hits: number[] = [];
  let hashes = 0;
  for (let seed = 0; seed < 1_000; seed++) {
    const hash = hashed(scene(seed, 160, 120))?.hash;
    if (hash === undefined) continue;
    hashes++;
    // Not even of those half as near again.
    if (list.within([hash], LOOK_ALIKE_DISTANCE + 3).length > 0) hits.push(seed);
  }
  expect(hits).toEqual([]);
  expect(hashes).toBeGreaterThan(900);
});

test('scams are told from one another', () => {
  const scams = SCAMS.slice(0, 40);
  for (const [index, scam] of scams.entries()) {
    const others = listOf(scams.filter((_, other) => other !== index));
    expect(others.within([scam?.hash ?? ''], LOOK_ALIKE_DISTANCE)).toEqual([]);
  }
});
