import { encode } from 'fast-png';
import { Canvas, type Moving, type Pixels } from '../../tests/files/canvas.ts';
import { gif } from '../../tests/files/gif.ts';
import { jpeg, webp } from '../../tests/files/pictures.ts';
import { randomOf } from '../../tests/files/random.ts';
import { scene } from '../../tests/files/scenes.ts';

const KINDS_OF_SCENES = 8;
/** Grey levels up and down, as a camera's sensor has them indoors. */
const GRAIN = 12;
const MEGAPIXEL = 1_000_000;

/** A picture of so many pixels, four to three; `seed` says which. */
function pixelsOf(pixels: number, seed = 1): Pixels {
  const width = Math.floor(Math.sqrt((pixels * 4) / 3));
  return scene(seed, width, Math.floor(pixels / width));
}

/** As a screenshot is saved. */
export function pngOf(pixels: number, seed = 1): Uint8Array {
  const { width, height, data } = pixelsOf(pixels, seed);
  return new Uint8Array(encode({ width, height, data: new Uint8Array(data.buffer), channels: 4, depth: 8 }));
}

/** As a camera makes it. */
export async function jpegOf(pixels: number, seed = 1): Promise<Uint8Array> {
  return jpeg(grainy(pixelsOf(pixels, seed)));
}

export async function webpOf(pixels: number, seed = 1): Promise<Uint8Array> {
  return webp(grainy(pixelsOf(pixels, seed)));
}

/** Without grain there would be next to nothing to decode. */
function grainy({ width, height, data }: Pixels): Pixels {
  const canvas = new Canvas(width, height);
  const random = randomOf(1);
  for (let at = 0; at < data.length; at += 4) {
    const grain = random.below(2 * GRAIN + 1) - GRAIN;
    for (let colour = 0; colour < 3; colour++) canvas.data[at + colour] = (data[at + colour] ?? 0) + grain;
  }
  return canvas;
}

/** What people post, in turn: of ten pictures five are JPEG, three PNG and two WebP files, no two of them alike. */
export async function* postedPictures(
  count: number,
  megapixels: number,
): AsyncGenerator<{ readonly name: string; readonly bytes: Uint8Array }> {
  const formats = { jpeg: jpegOf, png: pngOf, webp: webpOf };
  const order = ['jpeg', 'png', 'jpeg', 'webp', 'jpeg', 'png', 'jpeg', 'webp', 'jpeg', 'png'] as const;
  for (let at = 0; at < count; at++) {
    const format = order[at % order.length] ?? 'jpeg';
    yield { name: `${at}.${format}`, bytes: await formats[format](megapixels * MEGAPIXEL, at) };
  }
}

/** An animation of so many frames, each of the same few pixels. */
export function gifOf(frames: number): Uint8Array {
  const pictures = Array.from({ length: Math.min(frames, KINDS_OF_SCENES) }, (_, seed) => scene(seed, 80, 60));
  return gif(Array.from({ length: frames }, (_, at): Moving[] => frame(pictures[at % pictures.length])).flat());
}

function frame(pixels: Pixels | undefined): Moving[] {
  return pixels ? [{ pixels }] : [];
}
