/** Pixels as a decoder gives them: red, green, blue, alpha. */
export interface Pixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

export type Colour = readonly [red: number, green: number, blue: number];

/** Draws in fractions of its size, so that a scene looks the same in any size. */
export class Canvas implements Pixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly #words: Uint32Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.data = new Uint8ClampedArray(width * height * 4).fill(255);
    this.#words = new Uint32Array(this.data.buffer);
  }

  each(paint: (x: number, y: number) => Colour): void {
    for (let row = 0; row < this.height; row++) {
      for (let column = 0; column < this.width; column++) {
        this.data.set(paint(column / this.width, row / this.height), (row * this.width + column) * 4);
      }
    }
  }

  rectangle(left: number, top: number, width: number, height: number, colour: Colour): void {
    const [start, end] = [Math.max(0, left), Math.min(1, left + width)].map((x) => Math.round(x * this.width));
    const bottom = Math.min(this.height, Math.round((top + height) * this.height));
    for (let row = Math.max(0, Math.round(top * this.height)); row < bottom; row++) {
      this.#words.fill(wordOf(colour), row * this.width + (start ?? 0), row * this.width + (end ?? 0));
    }
  }

  /** `radius` is a part of the shorter side. */
  disc(x: number, y: number, radius: number, colour: Colour): void {
    const size = radius * Math.min(this.width, this.height);
    for (let row = 0; row < this.height; row++) {
      const half = Math.sqrt(Math.max(0, size ** 2 - (row - y * this.height) ** 2)) / this.width;
      if (half > 0) this.rectangle(x - half, row / this.height, 2 * half, 1 / this.height, colour);
    }
  }
}

function wordOf([red, green, blue]: Colour): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** A frame of an animation. */
export interface Moving {
  readonly pixels: Pixels;
  readonly x?: number;
  readonly y?: number;
  readonly after?: 'keep' | 'clear' | 'restore';
  readonly blend?: 'over' | 'instead';
}
