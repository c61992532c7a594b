import type { Moving, Pixels } from './canvas.ts';
import { join, le16, repeated } from './picture-bytes.ts';

/** 216 colours and forty greys, which no dithering hides. */
const WEB = Uint8Array.from({ length: 768 }, (_, at) => {
  const index = Math.floor(at / 3);
  if (index >= 216) return (index - 216) * 6;
  return [Math.floor(index / 36), Math.floor(index / 6) % 6, index % 6].map((part) => part * 51)[at % 3] ?? 0;
});

export interface GifOptions {
  /** Extension blocks before the frames. */
  readonly extensions?: readonly Uint8Array[];
  readonly interlaced?: boolean;
}

/** A GIF of 216 colours, of the size of its first frame; what is transparent in `pixels` is so in the frame. */
export function gif(frames: readonly Moving[], { extensions = [], interlaced = false }: GifOptions = {}): Uint8Array {
  const { width = 1, height = 1 } = frames[0]?.pixels ?? {};
  const parts = frames.map(({ pixels, x = 0, y = 0, after = 'keep' }) => {
    const disposal = { keep: 1, clear: 2, restore: 3 }[after];
    const control = [0x21, 0xf9, 4, (disposal << 2) | 1, 10, 0, 255, 0];
    const flags = interlaced ? 0x40 : 0;
    return join(
      control,
      [0x2c, ...le16(x), ...le16(y), ...le16(pixels.width), ...le16(pixels.height), flags, 8],
      blocks(lzw(indexes(pixels, interlaced))),
    );
  });
  return join('GIF89a', le16(width), le16(height), [0xf7, 0, 0], WEB, ...extensions, ...parts, [0x3b]);
}

/** The nearest of six, further from it where the pattern says so: dithered as encoders do, what fits is left as it is. */
function levelOf(value: number, x: number, y: number): number {
  const nudge = ((BAYER[(y & 3) * 4 + (x & 3)] ?? 0) / 16 - 0.47) * 50;
  return Math.min(5, Math.max(0, Math.round((value + nudge) / 51)));
}

const BAYER = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];

function indexes({ data, width, height }: Pixels, interlaced: boolean): Uint8Array {
  const order = interlaced
    ? [
        [0, 8],
        [4, 8],
        [2, 4],
        [1, 2],
      ]
    : [[0, 1]];
  const found: number[] = [];
  for (const [first = 0, step = 1] of order) {
    for (let y = first; y < height; y += step) {
      for (let at = y * width * 4; at < (y + 1) * width * 4; at += 4) {
        const part = (channel: number) => levelOf(data[at + channel] ?? 0, at / 4 - y * width, y);
        found.push((data[at + 3] ?? 0) < 128 ? 255 : part(0) * 36 + part(1) * 6 + part(2));
      }
    }
  }
  return Uint8Array.from(found);
}

function blocks(data: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += 255)
    parts.push(join([Math.min(255, data.length - at)], data.subarray(at, at + 255)));
  return join(...parts, [0]);
}

/** Packs as encoders do, with strings that grow until the table is full. */
function lzw(pixels: Uint8Array): Uint8Array {
  const bytes: number[] = [];
  let [held, bits, size, next] = [0, 0, 9, 258];
  let table = new Map<number, number>();
  const write = (code: number) => {
    held |= code << bits;
    for (bits += size; bits >= 8; bits -= 8, held >>>= 8) bytes.push(held & 255);
  };
  write(256);
  let current = pixels[0] ?? 0;
  for (const pixel of pixels.subarray(1)) {
    const longer = table.get(current * 256 + pixel);
    if (longer !== undefined) {
      current = longer;
      continue;
    }
    write(current);
    table.set(current * 256 + pixel, next++);
    if (next > 1 << size && size < 12) size++;
    else if (next > 4_095) {
      write(256);
      table = new Map();
      [size, next] = [9, 258];
    }
    current = pixel;
  }
  write(current);
  write(257);
  bytes.push(held & 255);
  return Uint8Array.from(bytes);
}

/** A GIF of many frames of one pixel: as small as a frame can be. */
export function manyFrames(count: number): Uint8Array {
  const frame = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
  return join('GIF89a', le16(1), le16(1), [0x80, 0, 0], [0, 0, 0, 255, 255, 255], repeated(join(frame), count), [0x3b]);
}
