import type { Budget } from '../budget.ts';

/** The longer side of a thumbnail. */
const THUMBNAIL = 256;
/** Codes are looked for in so many pixels at most: all of a smaller picture, a bigger one made smaller. */
const MOST_GREY = 3_000_000;
/** A pixel as a word: this much and more has no transparency. */
const OPAQUE = 0xff000000;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A small picture without transparency, three bytes a pixel. */
export interface Thumbnail extends Size {
  readonly rgb: Uint8Array;
}

interface GreyFile extends Size {
  readonly file: Uint8Array;
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
  /** Where in a row of sums a column of the picture belongs. */
  readonly #columns: Uint32Array;
  /** The first column of the picture that belongs to each pixel of the thumbnail. */
  readonly #edges: Uint32Array;
  readonly #grey: Size;
  readonly #step: number;
  readonly #greys: Uint16Array | Uint32Array;

  constructor({ width, height }: Size) {
    this.size = { width, height };
    const scale = Math.min(1, THUMBNAIL / Math.max(width, height));
    this.#small = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
    this.#columns = Uint32Array.from({ length: width }, (_, x) => Math.floor((x * this.#small.width) / width) * 4);
    this.#edges = Uint32Array.from({ length: this.#small.width + 1 }, (_, column) =>
      Math.ceil((column * width) / this.#small.width),
    );
    this.#sums = new Uint32Array(this.#small.width * this.#small.height * 4);
    this.#step = Math.max(1, Math.ceil(Math.sqrt((width * height) / MOST_GREY)));
    this.#grey = { width: Math.ceil(width / this.#step), height: Math.ceil(height / this.#step) };
    // Sums of so many levels fit in two bytes.
    const Sums = this.#step <= 16 ? Uint16Array : Uint32Array;
    this.#greys = new Sums(this.#grey.width * this.#grey.height);
  }

  row(row: Row): void {
    if (row.y >= this.size.height) return;
    const whole = row.x === 0 && row.step === 1 && row.count === this.size.width && row.from % 4 === 0;
    if (whole && this.#step === 1 && row.rgba.byteOffset % 4 === 0) this.#wholeRow(row);
    else this.#someOfRow(row);
  }

  /** Nearly every row there is, of pictures with millions of pixels: read by the pixel, and added up before it is kept. */
  #wholeRow({ y, rgba, from }: Row): void {
    const { width } = this.size;
    const words = new Uint32Array(rgba.buffer, rgba.byteOffset + from, width);
    const [sums, edges, greys] = [this.#sums, this.#edges, this.#greys];
    const greyRow = y * width;
    let bin = this.#binOf(y);
    for (let column = 0, x = 0; column < this.#small.width; column++, bin += 4) {
      const end = edges[column + 1] ?? width;
      const seen = end - x;
      let reds = 0;
      let greens = 0;
      let blues = 0;
      for (; x < end; x++) {
        const word = words[x] ?? 0;
        let red = word & 255;
        let green = (word >>> 8) & 255;
        let blue = (word >>> 16) & 255;
        if (word < OPAQUE) {
          red = onWhite(red, word >>> 24);
          green = onWhite(green, word >>> 24);
          blue = onWhite(blue, word >>> 24);
        }
        reds += red | 0;
        greens += green | 0;
        blues += blue | 0;
        greys[greyRow + x] = (greys[greyRow + x] ?? 0) + greyOf(red, green, blue);
      }
      sums[bin] = (sums[bin] ?? 0) + reds;
      sums[bin + 1] = (sums[bin + 1] ?? 0) + greens;
      sums[bin + 2] = (sums[bin + 2] ?? 0) + blues;
      sums[bin + 3] = (sums[bin + 3] ?? 0) + seen;
    }
  }

  #someOfRow({ y, x: first, step, count, rgba, from }: Row): void {
    const [sums, columns, greys, shrink] = [this.#sums, this.#columns, this.#greys, this.#step];
    const binOfRow = this.#binOf(y);
    const greyRow = Math.floor(y / shrink) * this.#grey.width;
    const end = Math.min(this.size.width, first + count * step);
    for (let x = first, at = from; x < end; x += step, at += 4) {
      const alpha = rgba[at + 3] ?? 0;
      const red = onWhite(rgba[at] ?? 0, alpha);
      const green = onWhite(rgba[at + 1] ?? 0, alpha);
      const blue = onWhite(rgba[at + 2] ?? 0, alpha);
      const bin = binOfRow + (columns[x] ?? 0);
      sums[bin] = (sums[bin] ?? 0) + red;
      sums[bin + 1] = (sums[bin + 1] ?? 0) + green;
      sums[bin + 2] = (sums[bin + 2] ?? 0) + blue;
      sums[bin + 3] = (sums[bin + 3] ?? 0) + 1;
      const grey = greyRow + Math.floor(x / shrink);
      greys[grey] = (greys[grey] ?? 0) + greyOf(red, green, blue);
    }
  }

  /** Where the sums of a row begin. */
  #binOf(y: number): number {
    return Math.floor((y * this.#small.height) / this.size.height) * this.#small.width * 4;
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

  /** The grey picture as a PGM file: a quarter of what the reader of codes would be given in colours. */
  grey(): GreyFile {
    const { width, height } = this.#grey;
    const header = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`);
    const file = new Uint8Array(header.length + this.#greys.length);
    file.set(header);
    const pixels = file.subarray(header.length);
    const share = 1 / this.#step ** 2;
    for (let pixel = 0; pixel < pixels.length; pixel++) pixels[pixel] = (this.#greys[pixel] ?? 0) * share;
    return { width, height, file };
  }
}

function onWhite(level: number, alpha: number): number {
  return alpha === 255 ? level : (level * alpha) / 255 + (255 - alpha);
}

function greyOf(red: number, green: number, blue: number): number {
  return (red * 77 + green * 150 + blue * 29) >> 8;
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
