import { Canvas, type Colour, type Pixels } from './canvas.ts';
import { type Random, randomOf } from './random.ts';

type Painter = (canvas: Canvas, random: Random) => void;

/** What people post, by kind: photographs, screenshots, charts, drawings, patterns, memes, pages of text. */
const PAINTERS: readonly Painter[] = [photo, screenshot, chart, drawing, pattern, meme, night, page];

/** A picture that is nobody's; the same seed gives the same scene, in any size. */
export function scene(seed: number, width = 320, height = 240): Pixels {
  const canvas = new Canvas(width, height);
  PAINTERS[seed % PAINTERS.length]?.(canvas, randomOf(seed));
  return canvas;
}

/** What a scam looks like: a loud banner over a block of text and a button, with a face and an amount of its own. */
export function scamScene(seed: number, width = 480, height = 360): Pixels {
  const random = randomOf(seed + 500_000);
  const canvas = new Canvas(width, height);
  const [top, base] = [colour(random), colour(random)];
  canvas.each((_x, y) => mix(base, [20, 20, 40], y));
  const split = 0.15 + random.next() * 0.25;
  canvas.rectangle(0, 0, 1, split, top);
  words(canvas, random, {
    left: 0.05,
    top: 0.05,
    width: 0.6,
    bottom: split - 0.03,
    height: 0.05,
    colour: [255, 255, 255],
  });
  canvas.disc(
    0.6 + random.next() * 0.3,
    split + 0.1 + random.next() * 0.2,
    0.08 + random.next() * 0.14,
    colour(random),
  );
  words(canvas, random, {
    left: 0.08,
    top: split + 0.08,
    width: 0.3 + random.next() * 0.3,
    bottom: 0.75,
    height: 0.03,
    colour: [230, 230, 230],
  });
  canvas.rectangle(
    0.1 + random.next() * 0.4,
    0.78 + random.next() * 0.08,
    0.25 + random.next() * 0.2,
    0.1,
    colour(random),
  );
  for (let mark = 0; mark < 6; mark++) {
    canvas.rectangle(
      random.next() * 0.9,
      random.next() * 0.9,
      0.05 + random.next() * 0.15,
      0.04 + random.next() * 0.1,
      colour(random),
    );
  }
  return canvas;
}

function colour(random: Random): Colour {
  return [random.below(256), random.below(256), random.below(256)];
}

function mix(one: Colour, other: Colour, part: number): Colour {
  const at = (index: 0 | 1 | 2) => one[index] * (1 - part) + other[index] * part;
  return [at(0), at(1), at(2)];
}

/** Smooth noise of several sizes: clouds, hills, skin, fur. */
function noise(random: Random, cells: number, octaves: number): (x: number, y: number) => number {
  const layers = Array.from({ length: octaves }, (_, octave) => {
    const side = cells * 2 ** octave + 2;
    return { side, grid: Float64Array.from({ length: side * side }, () => random.next()) };
  });
  const ease = (part: number) => part * part * (3 - 2 * part);
  return (x, y) => {
    let sum = 0;
    for (const [octave, { side, grid }] of layers.entries()) {
      const [px, py] = [x * (side - 2), y * (side - 2)];
      const [cx, cy] = [Math.floor(px), Math.floor(py)];
      const [fx, fy] = [ease(px - cx), ease(py - cy)];
      const at = (dx: number, dy: number) => grid[(cy + dy) * side + cx + dx] ?? 0;
      sum +=
        ((at(0, 0) * (1 - fx) + at(1, 0) * fx) * (1 - fy) + (at(0, 1) * (1 - fx) + at(1, 1) * fx) * fy) /
        2 ** (octave + 1);
    }
    return sum / (1 - 0.5 ** octaves);
  };
}

function photo(canvas: Canvas, random: Random): void {
  const [dark, middle, light] = [colour(random), colour(random), colour(random)];
  const clouds = noise(random, 2 + random.below(4), 5);
  const horizon = 0.3 + random.next() * 0.5;
  canvas.each((x, y) => {
    const height = clouds(x, y);
    const ground = y + height * 0.3 > horizon + 0.15 ? 0.6 : 0;
    return mix(mix(dark, light, height), middle, ground);
  });
}

function screenshot(canvas: Canvas, random: Random): void {
  const dark = random.next() < 0.6;
  const [back, panel, text]: Colour[] = dark
    ? [
        [49, 51, 56],
        [43, 45, 49],
        [219, 222, 225],
      ]
    : [
        [255, 255, 255],
        [242, 243, 245],
        [49, 51, 56],
      ];
  canvas.rectangle(0, 0, 1, 1, back ?? [0, 0, 0]);
  const side = 0.1 + random.next() * 0.2;
  canvas.rectangle(0, 0, side, 1, panel ?? [0, 0, 0]);
  for (let top = 0.03; top < 0.95; top += 0.08 + random.next() * 0.15) {
    canvas.disc(side + 0.05, top + 0.03, 0.03, colour(random));
    const lines = {
      left: side + 0.1,
      top,
      width: 0.2 + random.next() * 0.6,
      bottom: top + 0.03 + random.next() * 0.1,
      height: 0.02,
    };
    words(canvas, random, { ...lines, colour: text ?? [0, 0, 0] });
    if (random.next() < 0.3)
      canvas.rectangle(side + 0.1, top + 0.04, 0.2 + random.next() * 0.4, 0.1 + random.next() * 0.2, colour(random));
  }
}

function chart(canvas: Canvas, random: Random): void {
  const bars = 3 + random.below(12);
  const ink = colour(random);
  canvas.rectangle(0.08, 0.05, 0.004, 0.85, [60, 60, 60]);
  canvas.rectangle(0.08, 0.9, 0.88, 0.006, [60, 60, 60]);
  for (let bar = 0; bar < bars; bar++) {
    const height = 0.05 + random.next() * 0.75;
    canvas.rectangle(
      0.1 + (bar * 0.86) / bars,
      0.9 - height,
      0.6 / bars,
      height,
      random.next() < 0.2 ? colour(random) : ink,
    );
  }
}

function drawing(canvas: Canvas, random: Random): void {
  canvas.rectangle(0, 0, 1, 1, colour(random));
  for (let shape = 6 + random.below(20); shape > 0; shape--) {
    if (random.next() < 0.5) canvas.disc(random.next(), random.next(), 0.05 + random.next() * 0.3, colour(random));
    else canvas.rectangle(random.next(), random.next(), random.next() * 0.5, random.next() * 0.5, colour(random));
  }
}

function pattern(canvas: Canvas, random: Random): void {
  const [one, other] = [colour(random), colour(random)];
  const [across, down, turn] = [1 + random.next() * 9, 1 + random.next() * 9, random.next() * 6];
  const bend = noise(random, 3, 2);
  canvas.each((x, y) => mix(one, other, 0.5 + 0.5 * Math.sin(6.28 * (x * across + y * down + bend(x, y) * 2) + turn)));
}

function meme(canvas: Canvas, random: Random): void {
  photo(canvas, random);
  canvas.disc(0.3 + random.next() * 0.4, 0.4 + random.next() * 0.2, 0.15 + random.next() * 0.2, colour(random));
  canvas.rectangle(0, 0, 1, 0.18, [255, 255, 255]);
  words(canvas, random, { left: 0.05, top: 0.04, width: 0.9, bottom: 0.17, height: 0.05, colour: [0, 0, 0] });
}

function night(canvas: Canvas, random: Random): void {
  const sky = noise(random, 2, 3);
  canvas.each((x, y) => mix([5, 5, 25], [60, 50, 110], sky(x, y) * (1 - y)));
  for (let star = 20 + random.below(60); star > 0; star--)
    canvas.disc(random.next(), random.next() * 0.7, 0.004 + random.next() * 0.01, [250, 250, 220]);
  for (let x = 0; x < 1; x += 0.1)
    canvas.rectangle(x, 0.95 - random.next() * 0.45, 0.04 + random.next() * 0.06, 1, [10, 10, 15]);
  canvas.disc(random.next(), random.next() * 0.4, 0.05 + random.next() * 0.08, [240, 240, 230]);
}

function page(canvas: Canvas, random: Random): void {
  const columns = 1 + random.below(3);
  for (let column = 0; column < columns; column++) {
    const [left, width] = [0.06 + (column * 0.9) / columns, 0.84 / columns];
    let top = 0.06 + random.next() * 0.1;
    while (top < 0.9) {
      const bottom = Math.min(0.94, top + 0.08 + random.next() * 0.3);
      if (random.next() < 0.25) canvas.rectangle(left, top, width, bottom - top - 0.03, colour(random));
      else words(canvas, random, { left, top, width, bottom: bottom - 0.03, height: 0.016, colour: [40, 40, 40] });
      top = bottom;
    }
  }
}

interface Block {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly bottom: number;
  readonly height: number;
  readonly colour: Colour;
}

/** Lines of words, as bars. */
function words(canvas: Canvas, random: Random, { left, top, width, bottom, height, colour: ink }: Block): void {
  for (let line = top; line + height <= bottom; line += height * 1.7) {
    const end = left + width * (0.5 + random.next() * 0.5);
    for (let x = left; x < end; ) {
      const word = Math.min(end - x, height * (1 + random.next() * 4));
      canvas.rectangle(x, line, word, height, ink);
      x += word + height * 0.6;
    }
  }
}
