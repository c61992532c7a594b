import type { Size, Thumbnail } from './view.ts';

/** Two pictures are look-alikes when their hashes differ in at most so many of 64 bits: measured, see the tests. */
export const LOOK_ALIKE_DISTANCE = 6;

const SIDE = 32;
const WAVES = 11;
const BITS = 64;
/** Grey levels that a picture has to vary by, or its hash would be made of nothing but noise. */
const PLAIN = 2;

/** The lowest waves, those that go in both directions last; the one that does not go at all is the brightness and left out. */
const ORDER = Array.from({ length: WAVES * WAVES }, (_, index) => ({
  down: Math.floor(index / WAVES),
  across: index % WAVES,
}))
  .filter(({ down, across }) => down + across > 0)
  .sort((a, b) => a.down + a.across - b.down - b.across || Math.abs(a.down - a.across) - Math.abs(b.down - b.across))
  .slice(0, BITS)
  .map(({ down, across }) => down * WAVES + across);

const COSINES = Array.from({ length: WAVES }, (_, wave) =>
  Float64Array.from({ length: SIDE }, (_, at) => Math.cos((Math.PI * wave * (2 * at + 1)) / (2 * SIDE))),
);

/** Parts of a side, at its beginning and its end. */
type Cut = readonly [before: number, after: number];

/** What copies are cut off by, on two opposite sides: a low-frequency hash forgives half of such a step. */
const CUTS: readonly Cut[] = [
  [0, 0],
  [0.025, 0],
  [0, 0.025],
  [0.025, 0.025],
  [0.05, 0],
  [0, 0.05],
  [0.05, 0.05],
];

export interface PictureHashes {
  /** 16 hexadecimal digits. */
  readonly hash: string;
  /** The same of copies cropped in 49 ways, each once, the uncropped one first: what a block list keeps. */
  readonly cropped: readonly string[];
}

/**
 * A hash that stays nearly the same when the picture is resized, compressed or recoloured a little: which of its slow
 * waves are stronger than the middle one. Undefined for a picture too plain to be told from others.
 */
export function hashesOf(thumbnail: Thumbnail): PictureHashes | undefined {
  const grey = greyOf(thumbnail);
  const [hash, ...more] = CUTS.flatMap((across) => {
    const narrow = narrowed(grey, across);
    return CUTS.map((down) => hashOf(wavesOf(flattened(narrow, grey.height, down))));
  });
  if (hash === undefined) return undefined;
  return { hash, cropped: [...new Set([hash, ...more.filter((other) => other !== undefined)])] };
}

interface Grey extends Size {
  readonly levels: Float64Array;
}

function greyOf({ width, height, rgb }: Thumbnail): Grey {
  const levels = Float64Array.from({ length: width * height }, (_, pixel) => {
    const at = pixel * 3;
    return 0.299 * (rgb[at] ?? 0) + 0.587 * (rgb[at + 1] ?? 0) + 0.114 * (rgb[at + 2] ?? 0);
  });
  return { width, height, levels };
}

/** What is left when the parts are cut off at the left and the right, 32 cells a row, each the mean of what it covers. */
function narrowed({ width, height, levels }: Grey, cut: Cut): Float64Array {
  const columns = sharesOf(width, cut);
  const narrow = new Float64Array(SIDE * height);
  for (let y = 0; y < height; y++) {
    for (let cell = 0; cell < SIDE; cell++) narrow[y * SIDE + cell] = meanOf(levels, columns[cell], y * width, 1);
  }
  return narrow;
}

/** The same from top to bottom: 32 rows. */
function flattened(narrow: Float64Array, height: number, cut: Cut): Float64Array {
  const rows = sharesOf(height, cut);
  const square = new Float64Array(SIDE * SIDE);
  for (let cell = 0; cell < SIDE; cell++) {
    for (let x = 0; x < SIDE; x++) square[cell * SIDE + x] = meanOf(narrow, rows[cell], x, SIDE);
  }
  return square;
}

/** The pixels that a cell covers, the first and the last in part. */
interface Share {
  readonly first: number;
  readonly weights: Float64Array;
}

function sharesOf(length: number, [before, after]: Cut): readonly Share[] {
  const [start, end] = [length * before, length * (1 - after)];
  const size = (end - start) / SIDE;
  return Array.from({ length: SIDE }, (_, cell) => {
    const [from, to] = [start + cell * size, Math.min(length, start + (cell + 1) * size)];
    const first = Math.min(length - 1, Math.floor(from));
    const weights = Float64Array.from({ length: Math.max(1, Math.min(length, Math.ceil(to)) - first) }, (_, at) => {
      return (Math.min(to, first + at + 1) - Math.max(from, first + at)) / size;
    });
    return { first, weights };
  });
}

function meanOf(values: Float64Array, share: Share | undefined, from: number, step: number): number {
  if (!share) return 0;
  let sum = 0;
  for (let at = 0; at < share.weights.length; at++) {
    sum += (share.weights[at] ?? 0) * (values[from + (share.first + at) * step] ?? 0);
  }
  return sum;
}

/** The strengths of the slowest waves: a discrete cosine transform. */
function wavesOf(square: Float64Array): Float64Array {
  const across = new Float64Array(SIDE * WAVES);
  for (let y = 0; y < SIDE; y++) {
    for (let wave = 0; wave < WAVES; wave++) across[wave * SIDE + y] = dot(square, y * SIDE, COSINES[wave]);
  }
  const waves = new Float64Array(WAVES * WAVES);
  for (let down = 0; down < WAVES; down++) {
    for (let wave = 0; wave < WAVES; wave++) waves[down * WAVES + wave] = dot(across, wave * SIDE, COSINES[down]);
  }
  return waves;
}

function dot(values: Float64Array, from: number, cosines: Float64Array | undefined): number {
  let sum = 0;
  for (let at = 0; at < SIDE; at++) sum += (values[from + at] ?? 0) * (cosines?.[at] ?? 0);
  return sum;
}

function hashOf(waves: Float64Array): string | undefined {
  const chosen = Float64Array.from(ORDER, (index) => waves[index] ?? 0);
  // A wave of one grey level adds up to a quarter of the square's cells; the eighth strongest stands for the rest.
  if ((chosen.map(Math.abs).sort().at(-8) ?? 0) < (PLAIN * SIDE * SIDE) / 4 / 8) return undefined;
  const sorted = chosen.toSorted();
  const middle = ((sorted[BITS / 2 - 1] ?? 0) + (sorted[BITS / 2] ?? 0)) / 2;
  return digitsOf(chosen.subarray(0, 32), middle) + digitsOf(chosen.subarray(32), middle);
}

/** Thirty-two bits: which of them are more than that. */
function digitsOf(strengths: Float64Array, middle: number): string {
  let bits = 0;
  for (const strength of strengths) bits = (bits << 1) | (strength > middle ? 1 : 0);
  return (bits >>> 0).toString(16).padStart(8, '0');
}
