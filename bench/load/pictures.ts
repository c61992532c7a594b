import { encode } from 'fast-png';
import type { Moving, Pixels } from '../../tests/files/canvas.ts';
import { gif } from '../../tests/files/gif.ts';
import { jpeg, webp } from '../../tests/files/pictures.ts';
import { scene } from '../../tests/files/scenes.ts';

const KINDS_OF_SCENES = 8;

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

export async function jpegOf(pixels: number, seed = 1): Promise<Uint8Array> {
  return jpeg(pixelsOf(pixels, seed));
}

export async function webpOf(pixels: number, seed = 1): Promise<Uint8Array> {
  return webp(pixelsOf(pixels, seed));
}

/** An animation of so many frames, each of the same few pixels. */
export function gifOf(frames: number): Uint8Array {
  const pictures = Array.from({ length: Math.min(frames, KINDS_OF_SCENES) }, (_, seed) => scene(seed, 80, 60));
  return gif(Array.from({ length: frames }, (_, at): Moving[] => frame(pictures[at % pictures.length])).flat());
}

function frame(pixels: Pixels | undefined): Moving[] {
  return pixels ? [{ pixels }] : [];
}
