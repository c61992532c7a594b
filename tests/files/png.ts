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

/** The rows of a picture, pass after pass, filtered. */
function pngRows({ data, width, height }: Pixels, { colours = 6, depth = 8, interlaced = false }: PngKind): Uint8Array {
  const rows: Uint8Array[] = [];
  const bytesPerPixel = Math.max(1, ({ 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colours] * depth) >> 3);
  for (const [left, top, across, down] of interlaced ? PASSES : ([[0, 0, 1, 1]] as const)) {
    let last: number[] = [];
    for (let y = top; y < height && left < width; y += down) {
      const samples: number[] = [];
      for (let x = left; x < width; x += across) {
        const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray((y * width + x) * 4);
        const grey = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
        samples.push(
          ...{ 0: [grey], 2: [red, green, blue], 3: [grey], 4: [grey, alpha], 6: [red, green, blue, alpha] }[colours],
        );
      }
      const raw = packed(samples, depth);
      rows.push(join([(y % 5) as number], filtered(raw, last, y % 5, bytesPerPixel)));
      last = raw;
    }
  }
  return join(...rows);
}

function packed(samples: readonly number[], depth: number): number[] {
  if (depth === 16) return samples.flatMap((sample) => [sample, sample]);
  if (depth === 8) return [...samples];
  const bytes: number[] = Array(Math.ceil((samples.length * depth) / 8)).fill(0);
  for (const [index, sample] of samples.entries()) {
    const at = (index * depth) >> 3;
    bytes[at] =
      (bytes[at] ?? 0) | (Math.round((sample * (2 ** depth - 1)) / 255) << (8 - depth - ((index * depth) & 7)));
  }
  return bytes;
}

function filtered(row: readonly number[], above: readonly number[], filter: number, distance: number): Uint8Array {
  return Uint8Array.from(row, (value, at) => {
    const [left, up, corner] = [
      row[at - distance] ?? 0,
      above[at] ?? 0,
      at < distance ? 0 : (above[at - distance] ?? 0),
    ];
    const guess = left + up - corner;
    const [toLeft, toUp, toCorner] = [left, up, corner].map((other) => Math.abs(guess - other));
    const paeth =
      Number(toLeft) <= Number(toUp) && Number(toLeft) <= Number(toCorner)
        ? left
        : Number(toUp) <= Number(toCorner)
          ? up
          : corner;
    return value - ([0, left, up, (left + up) >> 1, paeth][filter] ?? 0);
  });
}

const AFTER = { keep: 0, clear: 1, restore: 2 } as const;

/** An animated PNG, of the size of its first frame. */
export function apng(frames: readonly Moving[]): Uint8Array {
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
    return [chunk('fcTL', control), index === 0 ? chunk('IDAT', data) : chunk('fdAT', join(be32(sequence++), data))];
  });
  return join(
    SIGNATURE,
    pngHeader(width, height),
    chunk('acTL', join(be32(frames.length), be32(0))),
    ...parts,
    chunk('IEND'),
  );
}

/** A text chunk, deflated. */
export function zippedText(name: string, text: string | Uint8Array): Uint8Array {
  return chunk('zTXt', join(name, [0, 0], deflateSync(join(text))));
}
