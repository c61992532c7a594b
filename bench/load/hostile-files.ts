import { Canvas } from '../../tests/files/canvas.ts';
import { HOSTILE, MORE_HOSTILE } from '../../tests/files/hostile.ts';
import { jpeg, webp } from '../../tests/files/pictures.ts';
import { png } from '../../tests/files/png.ts';

/** A file to be sent, made once. */
export interface Prepared {
  readonly what: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** As many pixels as a server allows by default. */
const LARGEST = { width: 4_700, height: 3_400 };

/** Everything that has brought down readers of files, and the largest honest pictures that are allowed. */
export async function hostileFiles(): Promise<readonly Prepared[]> {
  const made = Object.entries({ ...HOSTILE, ...MORE_HOSTILE }).map(([what, { name, make }]) => ({
    what,
    name,
    bytes: make(),
  }));
  return [...made, ...(await largePictures())];
}

async function largePictures(): Promise<readonly Prepared[]> {
  const canvas = new Canvas(LARGEST.width, LARGEST.height);
  canvas.disc(0.5, 0.5, 0.3, [200, 30, 60]);
  return [
    { what: 'a PNG of 16 million pixels', name: 'a.png', bytes: png(canvas) },
    { what: 'the same, interlaced', name: 'b.png', bytes: png(canvas, { interlaced: true }) },
    { what: 'a JPEG of 16 million pixels', name: 'a.jpg', bytes: await jpeg(canvas) },
    { what: 'the same, progressive', name: 'b.jpg', bytes: await jpeg(canvas, { progressive: true }) },
    { what: 'a WebP of 16 million pixels', name: 'a.webp', bytes: await webp(canvas) },
    { what: 'the same, lossless', name: 'b.webp', bytes: await webp(canvas, { lossless: true }) },
  ];
}
