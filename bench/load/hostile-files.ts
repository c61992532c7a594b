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

/** Of lossless WebP as well: it takes three times the memory while it is decoded, and is refused before where there is none. */
const LARGEST_LOSSLESS = { width: 2_660, height: 2_000 };

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
  const [canvas, smaller] = [discOf(LARGEST), discOf(LARGEST_LOSSLESS)];
  return [
    { what: 'a PNG of 16 million pixels', name: 'a.png', bytes: png(canvas) },
    { what: 'the same, interlaced', name: 'b.png', bytes: png(canvas, { interlaced: true }) },
    { what: 'a JPEG of 16 million pixels', name: 'a.jpg', bytes: await jpeg(canvas) },
    { what: 'the same, progressive', name: 'b.jpg', bytes: await jpeg(canvas, { progressive: true }) },
    { what: 'a WebP of 16 million pixels', name: 'a.webp', bytes: await webp(canvas) },
    { what: 'a lossless WebP of 5 million pixels', name: 'b.webp', bytes: await webp(smaller, { lossless: true }) },
    { what: 'one of 16 million, which is refused', name: 'c.webp', bytes: await webp(canvas, { lossless: true }) },
  ];
}

function discOf({ width, height }: typeof LARGEST): Canvas {
  const canvas = new Canvas(width, height);
  canvas.disc(0.5, 0.5, 0.3, [200, 30, 60]);
  return canvas;
}
