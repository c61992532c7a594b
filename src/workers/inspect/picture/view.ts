import type { Budget } from '../budget.ts';

/** The longer side of a thumbnail. */
const THUMBNAIL = 256;
/** Thumbnails are made of so many pixels at most, and codes looked for in them: all of a smaller picture, a bigger one made smaller. */
export const ENOUGH_PIXELS = 1_750_000;
/** So many where something that could be a code cannot be read. */
export const CLOSER_PIXELS = 4 * ENOUGH_PIXELS;
/** A pixel as a word: without transparency its highest byte, as a signed one, is this. */
const OPAQUE = -1;
/** Sums of so many levels by so many fit in two bytes. */
const WIDEST_STEP = 16;

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
  /** A part of the file: one byte each. */
  readonly pixels: Uint8Array;
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

export interface ViewOptions {
  /** In the grey picture. */
  readonly mostPixels?: number;
  /** Looks at the same again with more pixels, where there are more; undefined where that would cost too much. */
  readonly closer?: (() => Promise<View | undefined>) | undefined;
}

/**
 * A frame as it is being decoded: nothing is kept of a row but its share of the thumbnail, and of the grey picture in
 * which codes are looked for. What is transparent is white. A row is first made smaller, and both are fed with that.
 */
export class View {
  readonly size: Size;
  readonly closer: (() => Promise<View | undefined>) | undefined;
  readonly #small: Size;
  readonly #sums: Uint32Array;
  readonly #grey: Size;
  readonly #step: number;
  readonly #greys: Uint16Array | Uint32Array;
  /** The first column of the grey picture that belongs to each one of the thumbnail. */
  readonly #edges: Uint32Array;
  /** Sums of the rows that make up one of the grey picture: red and blue in the halves of a word, and green. */
  readonly #redBlue: Uint32Array;
  readonly #green: Uint32Array;
  /** Which row of the grey picture they belong to, and how many they are. */
  #at = 0;
  #rows = 0;

  constructor({ width, height }: Size, { mostPixels = ENOUGH_PIXELS, closer }: ViewOptions = {}) {
    this.size = { width, height };
    this.closer = closer;
    const scale = Math.min(1, THUMBNAIL / Math.max(width, height));
    this.#small = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
    this.#sums = new Uint32Array(this.#small.width * this.#small.height * 4);
    this.#step = Math.max(1, Math.ceil(Math.sqrt((width * height) / mostPixels)));
    this.#grey = { width: Math.ceil(width / this.#step), height: Math.ceil(height / this.#step) };
    const Sums = this.#step <= WIDEST_STEP ? Uint16Array : Uint32Array;
    this.#greys = new Sums(this.#grey.width * this.#grey.height);
    this.#redBlue = new Uint32Array(this.#grey.width);
    this.#green = new Uint32Array(this.#grey.width);
    const perColumn = width / this.#small.width / this.#step;
    // A grey pixel belongs where its middle is.
    this.#edges = Uint32Array.from({ length: this.#small.width + 1 }, (_, column) =>
      Math.min(this.#grey.width, Math.ceil(column * perColumn - 0.5)),
    ).fill(this.#grey.width, this.#small.width);
  }

  row(row: Row): void {
    if (row.y >= this.size.height) return;
    const whole = row.x === 0 && row.step === 1 && row.count === this.size.width;
    const words = (row.rgba.byteOffset + row.from) % 4 === 0 && this.#step <= WIDEST_STEP;
    if (whole && words) this.#wholeRow(row);
    else this.#someOfRow(row);
  }

  /** Nearly every row there is, of pictures with millions of pixels: read by the pixel, and added up before it is kept. */
  #wholeRow({ y, rgba, from }: Row): void {
    const { width } = this.size;
    const step = this.#step;
    const at = Math.floor(y / step);
    if (at !== this.#at) this.#flush();
    this.#at = at;
    this.#rows++;
    const words = new Int32Array(rgba.buffer, rgba.byteOffset + from, width);
    const [redBlue, green] = [this.#redBlue, this.#green];
    for (let x = 0, column = 0; x < width; column++) {
      const end = Math.min(width, x + step);
      let redsBlues = 0;
      let greens = 0;
      for (; x < end; x++) {
        let word = words[x] ?? 0;
        if (word >> 24 !== OPAQUE) word = wordOnWhite(word);
        redsBlues += word & 0xff00ff;
        greens += (word >>> 8) & 255;
      }
      redBlue[column] = (redBlue[column] ?? 0) + redsBlues;
      green[column] = (green[column] ?? 0) + greens;
    }
  }

  /** Gives what has been added up of a few rows to the thumbnail and the grey picture. */
  #flush(): void {
    const rows = this.#rows;
    if (rows === 0) return;
    this.#rows = 0;
    const { width } = this.size;
    const [step, redBlue, green, greys, sums] = [this.#step, this.#redBlue, this.#green, this.#greys, this.#sums];
    const greyRow = this.#at * this.#grey.width;
    let bin = this.#binOf(this.#at);
    for (let small = 0, column = 0; small < this.#small.width; small++, bin += 4) {
      const first = column;
      const end = this.#edges[small + 1] ?? 0;
      let reds = 0;
      let greens = 0;
      let blues = 0;
      for (; column < end; column++) {
        const both = redBlue[column] ?? 0;
        const red = both & 0xffff;
        const other = green[column] ?? 0;
        const blue = both >>> 16;
        reds += red;
        greens += other;
        blues += blue;
        greys[greyRow + column] = (greys[greyRow + column] ?? 0) + greyOf(red, other, blue);
      }
      sums[bin] = (sums[bin] ?? 0) + reds;
      sums[bin + 1] = (sums[bin + 1] ?? 0) + greens;
      sums[bin + 2] = (sums[bin + 2] ?? 0) + blues;
      sums[bin + 3] = (sums[bin + 3] ?? 0) + rows * (Math.min(width, end * step) - Math.min(width, first * step));
    }
    redBlue.fill(0);
    green.fill(0);
  }

  #someOfRow({ y, x: first, step, count, rgba, from }: Row): void {
    const [sums, greys, shrink] = [this.#sums, this.#greys, this.#step];
    const greyY = Math.floor(y / shrink);
    const binOfRow = this.#binOf(greyY);
    const greyRow = greyY * this.#grey.width;
    const perColumn = this.#small.width / this.size.width;
    const end = Math.min(this.size.width, first + count * step);
    for (let x = first, at = from; x < end; x += step, at += 4) {
      const alpha = rgba[at + 3] ?? 0;
      const red = onWhite(rgba[at] ?? 0, alpha);
      const green = onWhite(rgba[at + 1] ?? 0, alpha);
      const blue = onWhite(rgba[at + 2] ?? 0, alpha);
      const bin = binOfRow + Math.floor(x * perColumn) * 4;
      sums[bin] = (sums[bin] ?? 0) + red;
      sums[bin + 1] = (sums[bin + 1] ?? 0) + green;
      sums[bin + 2] = (sums[bin + 2] ?? 0) + blue;
      sums[bin + 3] = (sums[bin + 3] ?? 0) + 1;
      const grey = greyRow + Math.floor(x / shrink);
      greys[grey] = (greys[grey] ?? 0) + greyOf(red, green, blue);
    }
  }

  /** Where the sums begin that a row of the grey picture belongs to. */
  #binOf(greyY: number): number {
    const { width, height } = this.#small;
    const row = Math.floor(((greyY + 0.5) * this.#step * height) / this.size.height);
    return Math.min(height - 1, row) * width * 4;
  }

  /** What was not seen of a broken picture is black. */
  thumbnail(): Thumbnail {
    this.#flush();
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
    this.#flush();
    const { width, height } = this.#grey;
    const header = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`);
    const file = new Uint8Array(header.length + this.#greys.length);
    file.set(header);
    const pixels = file.subarray(header.length);
    const share = 1 / this.#step ** 2;
    for (let pixel = 0; pixel < pixels.length; pixel++) pixels[pixel] = (this.#greys[pixel] ?? 0) * share;
    return { width, height, file, pixels };
  }
}

function onWhite(level: number, alpha: number): number {
  return alpha === 255 ? level : (level * alpha) / 255 + (255 - alpha);
}

function wordOnWhite(word: number): number {
  const alpha = word >>> 24;
  const red = onWhite(word & 255, alpha);
  const green = onWhite((word >>> 8) & 255, alpha);
  const blue = onWhite((word >>> 16) & 255, alpha);
  return red | (green << 8) | (blue << 16);
}

function greyOf(red: number, green: number, blue: number): number {
  return (red * 77 + green * 150 + blue * 29) >> 8;
}

/** A view of pixels that are all there; `closer` as the view's own, for pixels that are no longer all of the picture's. */
export function viewOf(
  rgba: Uint8Array | Uint8ClampedArray,
  size: Size,
  budget: Budget,
  { mostPixels = ENOUGH_PIXELS, closer }: ViewOptions = {},
): View {
  const more = size.width * size.height > mostPixels && mostPixels < CLOSER_PIXELS;
  const again = more ? async () => viewOf(rgba, size, budget, { mostPixels: CLOSER_PIXELS }) : undefined;
  const view = new View(size, { mostPixels, closer: closer ?? again });
  for (let y = 0; y < size.height; y++) {
    if (y % 64 === 0) budget.checkTime();
    view.row({ y, x: 0, step: 1, count: size.width, rgba, from: y * size.width * 4 });
  }
  return view;
}
