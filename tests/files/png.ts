import { crc32, deflateSync } from 'node:zlib';
import type { Moving, Pixels } from './canvas.ts';
import { be32, join } from './picture-bytes.ts';

export const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export function chunk(type: string, data: Uint8Array | string = new Uint8Array()): Uint8Array {
  const body = join(type, data);
  return join(be32(body.length - 4), body, be32(crc32(body)));
}

export interface PngKind {
  readonly colours?: 0 | 2 | 3 | 4 | 6;
  readonly depth?: 1 | 2 | 4 | 8 | 16;
  readonly interlaced?: boolean;
  /** Chunks between the header and the pixels. */
  readonly before?: readonly Uint8Array[];
  /** Chunks between the pixels and the end. */
  readonly after?: readonly Uint8Array[];
}

export function pngHeader(
  width: number,
  height: number,
  { depth = 8, colours = 6, interlaced = false }: PngKind = {},
): Uint8Array {
  return chunk('IHDR', join(be32(width), be32(height), [depth, colours, 0, 0, interlaced ? 1 : 0]));
}

/** A PNG file of any kind, each row filtered in another way. Palettes are of greys. */
export function png(pixels: Pixels, kind: PngKind = {}): Uint8Array {
  const greys = Uint8Array.from(
    { length: 3 * 2 ** (kind.depth ?? 8) },
    (_, at) => (Math.floor(at / 3) * 255) / (2 ** (kind.depth ?? 8) - 1),
  );
  return join(
    SIGNATURE,
    pngHeader(pixels.width, pixels.height, kind),
    ...(kind.colours === 3 ? [chunk('PLTE', greys)] : []),
    ...(kind.before ?? []),
    chunk('IDAT', deflateSync(pngRows(pixels, kind))),
    ...(kind.after ?? []),
    chunk('IEND'),
  );
}

const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

/** The rows of a picture, pass after pass, filtered. */
function pngRows(pixels: Pixels, { colours = 6, depth = 8, interlaced = false }: PngKind): Uint8Array {
  const rows: Uint8Array[] = [];
  const bytesPerPixel = Math.max(1, (CHANNELS[colours] * depth) >> 3);
  for (const [left, top, across, down] of interlaced ? PASSES : ([[0, 0, 1, 1]] as const)) {
    let last: Uint8Array | undefined;
    for (let y = top; y < pixels.height && left < pixels.width; y += down) {
      const raw = packed(samplesOf(pixels, { y, left, across }, colours), depth);
      rows.push(filtered(raw, last ?? new Uint8Array(raw.length), y % 5, bytesPerPixel));
      last = raw;
    }
  }
  return new Uint8Array(Buffer.concat(rows));
}

interface Part {
  readonly y: number;
  readonly left: number;
  readonly across: number;
}

/** What a row is made of, one byte for each sample. */
function samplesOf({ data, width }: Pixels, { y, left, across }: Part, colours: keyof typeof CHANNELS): Uint8Array {
  const channels = CHANNELS[colours];
  const count = Math.ceil((width - left) / across);
  const samples = new Uint8Array(count * channels);
  for (let pixel = 0; pixel < count; pixel++) {
    const from = (y * width + left + pixel * across) * 4;
    const to = pixel * channels;
    if (channels >= 3) for (let at = 0; at < channels; at++) samples[to + at] = data[from + at] ?? 0;
    else {
      const [red, green, blue] = [data[from] ?? 0, data[from + 1] ?? 0, data[from + 2] ?? 0];
      samples[to] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
      if (channels === 2) samples[to + 1] = data[from + 3] ?? 0;
    }
  }
  return samples;
}

function packed(samples: Uint8Array, depth: number): Uint8Array {
  if (depth === 16) return Uint8Array.from({ length: samples.length * 2 }, (_, at) => samples[at >> 1] ?? 0);
  if (depth === 8) return samples;
  const bytes = new Uint8Array(Math.ceil((samples.length * depth) / 8));
  for (const [index, sample] of samples.entries()) {
    const at = (index * depth) >> 3;
    bytes[at] =
      (bytes[at] ?? 0) | (Math.round((sample * (2 ** depth - 1)) / 255) << (8 - depth - ((index * depth) & 7)));
  }
  return bytes;
}

/** The number of the filter, and the row as it makes it. */
function filtered(row: Uint8Array, above: Uint8Array, filter: number, distance: number): Uint8Array {
  const bytes = new Uint8Array(row.length + 1);
  bytes[0] = filter;
  for (let at = 0; at < row.length; at++) {
    const left = at < distance ? 0 : (row[at - distance] ?? 0);
    const corner = at < distance ? 0 : (above[at - distance] ?? 0);
    bytes[at + 1] = (row[at] ?? 0) - guessed(filter, left, above[at] ?? 0, corner);
  }
  return bytes;
}

function guessed(filter: number, left: number, up: number, corner: number): number {
  if (filter < 4) return filter === 0 ? 0 : filter === 1 ? left : filter === 2 ? up : (left + up) >> 1;
  const guess = left + up - corner;
  const toLeft = Math.abs(guess - left);
  const toUp = Math.abs(guess - up);
  const toCorner = Math.abs(guess - corner);
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
}

const AFTER = { keep: 0, clear: 1, restore: 2 } as const;

/** An animated PNG, of the size of its first frame; what does not move shows `still`, of the same size, or else that frame. */
export function apng(frames: readonly Moving[], { still }: { readonly still?: Pixels } = {}): Uint8Array {
  const [first] = frames;
  const { width = 1, height = 1 } = first?.pixels ?? {};
  let sequence = 0;
  const parts = frames.flatMap(({ pixels, x = 0, y = 0, after = 'keep', blend = 'instead' }, index) => {
    const control = join(be32(sequence++), be32(pixels.width), be32(pixels.height), be32(x), be32(y), [
      0,
      1,
      0,
      10,
      AFTER[after],
      blend === 'over' ? 1 : 0,
    ]);
    const data = deflateSync(pngRows(pixels, {}));
    const first = index === 0 && !still;
    return [chunk('fcTL', control), first ? chunk('IDAT', data) : chunk('fdAT', join(be32(sequence++), data))];
  });
  return join(
    SIGNATURE,
    pngHeader(width, height),
    chunk('acTL', join(be32(frames.length), be32(0))),
    ...(still ? [chunk('IDAT', deflateSync(pngRows(still, {})))] : []),
    ...parts,
    chunk('IEND'),
  );
}

/** A text chunk, deflated. */
export function zippedText(name: string, text: string | Uint8Array): Uint8Array {
  return chunk('zTXt', join(name, [0, 0], deflateSync(join(text))));
}
