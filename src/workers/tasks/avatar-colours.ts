import { Type } from '@sinclair/typebox';
import { convertIndexedToRgb, type DecodedPng, decode } from 'fast-png';
import { pixelsOnly } from '../png.ts';
import { defineTask } from '../task.ts';

const MAX_PIXELS = 1024 * 1024;
/** So many pixels tell the colours as well as all of them. */
const SAMPLED_PIXELS = 65_536;
const MAX_COLOURS = 5;
/** Closer than this, as a distance in RGB, two colours are one to the eye. */
const SAME_COLOUR = 48;
const LEAST_SHARE = 0.01;

interface Bucket {
  count: number;
  red: number;
  green: number;
  blue: number;
}

/** The colours a PNG picture is mostly made of, the largest share first; empty when it is all but transparent. */
export default defineTask({
  lane: 'bulk',
  deadlineMs: 3_000,
  input: Type.Object({ png: Type.Uint8Array({ maxByteLength: 8_000_000 }) }),
  output: Type.Object({
    colours: Type.Array(Type.Object({ hex: Type.String({ pattern: '^#[0-9a-f]{6}$' }), share: Type.Number() }), {
      maxItems: MAX_COLOURS,
    }),
  }),
  sample: { png: onePixel() },
  run({ png }) {
    const pixels = rgbaOf(decode(pixelsOnly(png, MAX_PIXELS)));
    const colours = merged(bucketsOf(pixels));
    const total = colours.reduce((sum, { count }) => sum + count, 0);
    return {
      colours: colours
        .map((colour) => ({ hex: hexOf(colour), share: colour.count / total }))
        .filter(({ share }) => share >= LEAST_SHARE)
        .slice(0, MAX_COLOURS),
    };
  },
});

interface Pixels {
  readonly length: number;
  at(index: number): readonly [red: number, green: number, blue: number, alpha: number];
}

/** One reader for every PNG: grey or coloured, with a palette or 16 bits; opaque where it says nothing of transparency. */
function rgbaOf(png: DecodedPng): Pixels {
  // Below eight bits several pixels share a byte; a grey picture is then one with a palette of greys.
  const palette = png.palette ?? (png.depth < 8 ? greys(png.depth) : undefined);
  const data = palette ? convertIndexedToRgb({ ...png, palette }) : png.data;
  const channels = palette?.[0]?.length ?? png.channels;
  const scale = !palette && png.depth === 16 ? 257 : 1;
  const read = (at: number) => Math.round((data[at] ?? 0) / scale);
  return {
    length: png.width * png.height,
    at: (index) => {
      const at = index * channels;
      const coloured = channels > 2;
      const alpha = channels % 2 === 0 ? read(at + channels - 1) : 255;
      return [read(at), read(coloured ? at + 1 : at), read(coloured ? at + 2 : at), alpha];
    },
  };
}

function greys(depth: number): number[][] {
  const steps = 2 ** depth;
  return Array.from({ length: steps }, (_, step) => Array(3).fill(Math.round((step * 255) / (steps - 1))));
}

/** Sixteen steps a channel; transparent pixels are not seen and do not count. */
function bucketsOf(pixels: ReturnType<typeof rgbaOf>): Bucket[] {
  const buckets = new Map<number, Bucket>();
  const step = Math.max(1, Math.floor(pixels.length / SAMPLED_PIXELS));
  for (let index = 0; index < pixels.length; index += step) {
    const [red, green, blue, alpha] = pixels.at(index);
    if (alpha < 128) continue;
    const key = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4);
    const bucket = buckets.get(key) ?? { count: 0, red: 0, green: 0, blue: 0 };
    bucket.count++;
    bucket.red += red;
    bucket.green += green;
    bucket.blue += blue;
    buckets.set(key, bucket);
  }
  return [...buckets.values()].sort((a, b) => b.count - a.count);
}

/** Joins each bucket to the first larger one that looks the same. */
function merged(buckets: readonly Bucket[]): Bucket[] {
  const colours: Bucket[] = [];
  for (const bucket of buckets) {
    const same = colours.find((colour) => distance(colour, bucket) < SAME_COLOUR);
    if (!same) colours.push({ ...bucket });
    else {
      same.count += bucket.count;
      same.red += bucket.red;
      same.green += bucket.green;
      same.blue += bucket.blue;
    }
  }
  return colours.sort((a, b) => b.count - a.count);
}

function distance(a: Bucket, b: Bucket): number {
  const part = (of: 'red' | 'green' | 'blue') => a[of] / a.count - b[of] / b.count;
  return Math.hypot(part('red'), part('green'), part('blue'));
}

function hexOf({ count, red, green, blue }: Bucket): string {
  return `#${[red, green, blue]
    .map((sum) =>
      Math.round(sum / count)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** The smallest red picture. */
function onePixel(): Uint8Array {
  return Uint8Array.from(
    atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC'),
    (char) => char.charCodeAt(0),
  );
}
