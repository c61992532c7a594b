import type { Budget } from '../budget.ts';

/** The longer side of a thumbnail. */
const THUMBNAIL = 256;
/** Codes are looked for in so many pixels at most: all of a smaller picture, a bigger one made smaller. */
const MOST_GREY = 3_000_000;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A small picture without transparency, three bytes a pixel. */
export interface Thumbnail extends Size {
  readonly rgb: Uint8Array;
}

/** Some pixels of a row, four bytes each: the first at `x`, the others `step` to the right of one another. */
export interface Row {
  readonly y: number;
  readonly x: number;
  readonly step: number;
  readonly count: number;
  readonly rgba: Uint8Array | Uint8ClampedArray;
  /** Where in `rgba` they begin. */
  readonly from: number;
}

/**
 * A frame as it is being decoded: nothing is kept of a row but its share of the thumbnail, and of the grey picture in
 * which codes are looked for. What is transparent is white.
 */
export class View {
  readonly size: Size;
  readonly #small: Size;
  readonly #sums: Uint32Array;
  readonly #columns: Uint32Array;
  readonly #grey: Size;
  readonly #step: number;
  readonly #greys: Uint16Array | Uint32Array;

  constructor({ width, height }: Size) {
    this.size = { width, height };
    const scale = Math.min(1, THUMBNAIL / Math.max(width, height));
    this.#small = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
    this.#columns = Uint32Array.from({ length: width }, (_, x) => Math.floor((x * this.#small.width) / width) * 4);
    this.#sums = new Uint32Array(this.#small.width * this.#small.height * 4);
    this.#step = Math.max(1, Math.ceil(Math.sqrt((width * height) / MOST_GREY)));
    this.#grey = { width: Math.ceil(width / this.#step), height: Math.ceil(height / this.#step) };
    // Sums of so many levels fit in two bytes.
    const Sums = this.#step <= 16 ? Uint16Array : Uint32Array;
    this.#greys = new Sums(this.#grey.width * this.#grey.height);
  }

  row({ y, x: first, step, count, rgba, from }: Row): void {
    const { width, height } = this.size;
    if (y >= height) return;
    const smallRow = Math.floor((y * this.#small.height) / height) * this.#small.width * 4;
    const greyRow = Math.floor(y / this.#step) * this.#grey.width;
    const sums = this.#sums;
    const columns = this.#columns;
    const greys = this.#greys;
    const shrink = this.#step;
    const end = Math.min(width, first + count * step);
    for (let x = first, at = from; x < end; x += step, at += 4) {
      let red = rgba[at] ?? 0;
      let green = rgba[at + 1] ?? 0;
      let blue = rgba[at + 2] ?? 0;
      const alpha = rgba[at + 3] ?? 0;
      if (alpha !== 255) {
        const white = 255 - alpha;
        red = (red * alpha) / 255 + white;
        green = (green * alpha) / 255 + white;
        blue = (blue * alpha) / 255 + white;
      }
      const bin = smallRow + (columns[x] ?? 0);
      sums[bin] = (sums[bin] ?? 0) + red;
      sums[bin + 1] = (sums[bin + 1] ?? 0) + green;
      sums[bin + 2] = (sums[bin + 2] ?? 0) + blue;
      sums[bin + 3] = (sums[bin + 3] ?? 0) + 1;
      const grey = greyRow + (shrink === 1 ? x : Math.floor(x / shrink));
      greys[grey] = (greys[grey] ?? 0) + ((red * 77 + green * 150 + blue * 29) >> 8);
    }
  }

  /** What was not seen of a broken picture is black. */
  thumbnail(): Thumbnail {
    const { width, height } = this.#small;
    const rgb = new Uint8Array(width * height * 3);
    for (let pixel = 0; pixel < width * height; pixel++) {
      const count = Math.max(1, this.#sums[pixel * 4 + 3] ?? 1);
      for (let colour = 0; colour < 3; colour++) {
        rgb[pixel * 3 + colour] = Math.round((this.#sums[pixel * 4 + colour] ?? 0) / count);
      }
    }
    return { width, height, rgb };
  }

  /** The grey picture, as readers of codes want it. */
  grey(): ImageData {
    const words = new Uint32Array(this.#greys.length);
    const share = 1 / this.#step ** 2;
    for (let pixel = 0; pixel < words.length; pixel++) {
      const grey = ((this.#greys[pixel] ?? 0) * share) | 0;
      words[pixel] = 0xff000000 | (grey << 16) | (grey << 8) | grey;
    }
    const data = new Uint8ClampedArray(words.buffer);
    return { ...this.#grey, data, colorSpace: 'srgb' };
  }
}

/** A view of pixels that are all there. */
export function viewOf(rgba: Uint8Array | Uint8ClampedArray, size: Size, budget: Budget): View {
  const view = new View(size);
  for (let y = 0; y < size.height; y++) {
    if (y % 64 === 0) budget.checkTime();
    view.row({ y, x: 0, step: 1, count: size.width, rgba, from: y * size.width * 4 });
  }
  return view;
}
