import { createHash } from 'node:crypto';
import { encode } from 'fast-png';

const kept = new WeakMap<object, Map<string, Uint8Array>>();
const KEPT = 500;

/** A small symmetric pattern in a colour of its own, the same for the same name in every run. */
export function drawPicture(name: string, size: number): Uint8Array {
  const digest = createHash('sha256').update(name).digest();
  const byte = (at: number): number => digest[at % digest.length] ?? 0;
  const [light, dark] = [colour(byte(0), 0.75), colour(byte(0), 0.35)];
  const cells = 5;
  const data = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const column = Math.floor((x * cells) / size);
      const row = Math.floor((y * cells) / size);
      const mirrored = Math.min(column, cells - 1 - column);
      const [r, g, b] = byte(1 + row * 3 + mirrored) % 2 === 0 ? light : dark;
      data.set([r, g, b, 255], (y * size + x) * 4);
    }
  }
  return encode({ width: size, height: size, data, channels: 4 });
}

function colour(hue: number, lightness: number): [number, number, number] {
  const part = (offset: number): number => {
    const k = (offset + (hue / 255) * 12) % 12;
    const a = 0.55 * Math.min(lightness, 1 - lightness);
    return Math.round(255 * (lightness - a * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [part(0), part(8), part(4)];
}

/** `drawPicture`, remembered for as long as `owner` lives. */
export function pictureOf(owner: object, name: string, size: number): Uint8Array {
  const pictures = kept.get(owner) ?? new Map<string, Uint8Array>();
  kept.set(owner, pictures);
  const key = `${name} ${size}`;
  const picture = pictures.get(key) ?? drawPicture(name, size);
  if (pictures.size >= KEPT) pictures.clear();
  pictures.set(key, picture);
  return picture;
}
