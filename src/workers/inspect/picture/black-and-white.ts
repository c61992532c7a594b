import type { Size } from './view.ts';

/** A picture in levels of grey, one byte a pixel. */
export interface Grey extends Size {
  readonly pixels: Uint8Array;
}

const BLOCK = 8;
/** Levels by which a block varies that is not all black or all white. */
const CONTRAST = 24;
/** Blocks around one, in each direction, that say with it what is dark there. */
const AROUND = 2;

/** What is darker than its surroundings is black, so that shadows and gradients do not matter: as readers of codes do it. */
export class BlackAndWhite implements Size {
  readonly width: number;
  readonly height: number;
  readonly #pixels: Uint8Array;
  readonly #borders: Uint8Array;
  readonly #across: number;

  constructor(grey: Grey) {
    this.width = grey.width;
    this.height = grey.height;
    this.#pixels = grey.pixels;
    this.#across = Math.ceil(grey.width / BLOCK);
    const down = Math.ceil(grey.height / BLOCK);
    this.#borders = smoothed(middlesOf(grey, this.#across, down), this.#across, down);
  }

  /** 1 is black, 0 white. */
  at(x: number, y: number): number {
    const border = this.#borders[(y >> 3) * this.#across + (x >> 3)] ?? 0;
    return (this.#pixels[y * this.width + x] ?? 0) <= border ? 1 : 0;
  }

  /** The lengths of the runs of one colour in a row, from the left; how many there are. */
  runs(y: number, into: Uint32Array): number {
    const [pixels, borders, from, blocks] = [this.#pixels, this.#borders, y * this.width, (y >> 3) * this.#across];
    let [count, start, colour] = [0, 0, -1];
    for (let x = 0; x < this.width; x++) {
      const bit = (pixels[from + x] ?? 0) <= (borders[blocks + (x >> 3)] ?? 0) ? 1 : 0;
      if (bit === colour) continue;
      if (x > 0) into[count++] = x - start;
      start = x;
      colour = bit;
    }
    into[count++] = this.width - start;
    return count;
  }
}

/** The level between dark and light in each block. */
function middlesOf({ width, height, pixels }: Grey, across: number, down: number): Uint8Array {
  const middles = new Uint8Array(across * down);
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++) {
      let [sum, least, most] = [0, 255, 0];
      const bottom = Math.min(height, (row + 1) * BLOCK);
      const right = Math.min(width, (column + 1) * BLOCK);
      for (let y = row * BLOCK; y < bottom; y++) {
        for (let at = y * width + column * BLOCK; at < y * width + right; at++) {
          const level = pixels[at] ?? 0;
          sum += level;
          if (level < least) least = level;
          if (level > most) most = level;
        }
      }
      const block = row * across + column;
      const count = (bottom - row * BLOCK) * (right - column * BLOCK);
      middles[block] = most - least > CONTRAST ? sum / count : ofPlain(middles, block, across, least);
    }
  }
  return middles;
}

/** A plain block is light, unless it is darker than what its neighbours call dark. */
function ofPlain(middles: Uint8Array, block: number, across: number, least: number): number {
  if (block < across || block % across === 0) return least / 2;
  const above = middles[block - across] ?? 0;
  const neighbours = (above + 2 * (middles[block - 1] ?? 0) + (middles[block - across - 1] ?? 0)) / 4;
  return least < neighbours ? neighbours : least / 2;
}

/** The mean of five by five blocks; at the edges, of those nearest. */
function smoothed(middles: Uint8Array, across: number, down: number): Uint8Array {
  const means = new Uint8Array(middles.length);
  const inside = (at: number, count: number) => Math.max(Math.min(AROUND, count - 1), Math.min(at, count - 1 - AROUND));
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++) {
      const [middle, centre] = [Math.max(0, inside(row, down)), Math.max(0, inside(column, across))];
      let [sum, count] = [0, 0];
      for (let y = Math.max(0, middle - AROUND); y <= Math.min(down - 1, middle + AROUND); y++) {
        for (let x = Math.max(0, centre - AROUND); x <= Math.min(across - 1, centre + AROUND); x++) {
          sum += middles[y * across + x] ?? 0;
          count++;
        }
      }
      means[row * across + column] = sum / count;
    }
  }
  return means;
}

/** A third of its width and height, each pixel the mean of nine. */
export function thirdOf({ width, height, pixels }: Grey): Grey {
  const size = { width: Math.max(1, Math.floor(width / 3)), height: Math.max(1, Math.floor(height / 3)) };
  const smaller = new Uint8Array(size.width * size.height);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const at = 3 * (y * width + x);
      let sum = 0;
      for (const row of [at, at + width, at + 2 * width]) {
        sum += (pixels[row] ?? 0) + (pixels[row + 1] ?? 0) + (pixels[row + 2] ?? 0);
      }
      smaller[y * size.width + x] = sum / 9;
    }
  }
  return { ...size, pixels: smaller };
}
