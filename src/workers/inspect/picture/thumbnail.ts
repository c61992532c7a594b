import type { Preview } from '../report.ts';
import { pngOf } from './png-file.ts';
import type { Place } from './qr-codes.ts';
import type { Size, Thumbnail } from './view.ts';

/** A thumbnail as it is shown. */
export async function previewOf(thumbnail: Thumbnail, alt: string): Promise<Preview> {
  const { width, height } = thumbnail;
  return { kind: 'picture', png: await pngOf(thumbnail), width, height, alt };
}

/**
 * The same with these places painted over in the mean colour of the rest. Undefined when hardly anything is left: one QR
 * code looks like any other, so a picture is known by what is around it.
 */
export function without({ width, height, rgb }: Thumbnail, places: readonly Place[]): Thumbnail | undefined {
  const covered = new Uint8Array(width * height);
  for (const { left, top, right, bottom } of places) {
    for (let y = Math.floor(top * height); y < Math.ceil(bottom * height); y++) {
      covered.fill(1, y * width + Math.floor(left * width), y * width + Math.ceil(right * width));
    }
  }
  const sums = [0, 0, 0];
  let count = 0;
  for (const [pixel, hidden] of covered.entries()) {
    if (hidden) continue;
    count++;
    for (const colour of [0, 1, 2]) sums[colour] = (sums[colour] ?? 0) + (rgb[pixel * 3 + colour] ?? 0);
  }
  if (count < covered.length / 3) return undefined;
  const rest = rgb.slice();
  const mean = sums.map((sum) => Math.round(sum / count));
  for (const [pixel, hidden] of covered.entries()) if (hidden) rest.set(mean, pixel * 3);
  return { width, height, rgb: rest };
}

/** Which side is up, as EXIF counts: from 5 on, width and height change places. */
export function upright({ width, height, rgb }: Thumbnail, orientation: number): Thumbnail {
  if (orientation < 2) return { width, height, rgb };
  const size = uprightSize({ width, height }, orientation);
  const turned = new Uint8Array(rgb.length);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const [column, row] = orientation < 5 ? [x, y] : [y, x];
      const fromX = MIRRORED.has(orientation) ? width - 1 - column : column;
      const fromY = FLIPPED.has(orientation) ? height - 1 - row : row;
      const from = (fromY * width + fromX) * 3;
      turned.set(rgb.subarray(from, from + 3), (y * size.width + x) * 3);
    }
  }
  return { ...size, rgb: turned };
}

export function uprightSize({ width, height }: Size, orientation: number): Size {
  return orientation < 5 ? { width, height } : { width: height, height: width };
}

/** Those that are read from right to left, and from the bottom up. */
const MIRRORED: ReadonlySet<number> = new Set([2, 3, 7, 8]);
const FLIPPED: ReadonlySet<number> = new Set([3, 4, 6, 7]);
