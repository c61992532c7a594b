import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';
import type { Thumbnail } from './view.ts';

const pack = promisify(deflate);

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Eight bits, red, green and blue; packed, filtered and not interlaced in the one way there is. */
const TRUE_COLOUR = [8, 2, 0, 0, 0];
/** What each byte has more than that of the pixel at its left. */
const DIFFERENCES = 1;

/** A picture as a PNG file. */
export async function pngOf({ width, height, rgb }: Thumbnail): Promise<Uint8Array<ArrayBuffer>> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set(TRUE_COLOUR, 8);
  const packed = await pack(differences(rgb, width * 3), { level: 4 });
  const parts = [pngChunk('IHDR', header), pngChunk('IDAT', packed), pngChunk('IEND', new Uint8Array())];
  return new Uint8Array(Buffer.concat([Uint8Array.from(SIGNATURE), ...parts]));
}

function differences(rgb: Uint8Array, rowBytes: number): Uint8Array {
  const rows = rgb.length / rowBytes;
  const filtered = new Uint8Array(rgb.length + rows);
  for (let row = 0, from = 0, to = 0; row < rows; row++) {
    filtered[to++] = DIFFERENCES;
    for (let at = 0; at < rowBytes; at++, from++, to++) {
      filtered[to] = (rgb[from] ?? 0) - (at < 3 ? 0 : (rgb[from - 3] ?? 0));
    }
  }
  return filtered;
}

/** A chunk as it stands in a file. */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  whole.set(body, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}
