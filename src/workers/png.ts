import { glance } from './inspect/budget.ts';
import { sizeOfDeflated } from './inspect/deflate-size.ts';

class NotAPngError extends Error {
  override readonly name = 'NotAPngError';
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Chunks that pixels are made of. Others can hold compressed bombs of their own and are left out. */
const KEPT = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT']);
const ZLIB_HEADER = 2;
/** Less than whoever asks may take for all of it. */
const MOST_MS = 2_000;
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

interface Chunk {
  readonly type: string;
  readonly start: number;
  readonly data: Uint8Array;
}

/**
 * The same picture with nothing but its pixels, once it is known to unpack to what its header says and to at most
 * `maxPixels`: a decoder can be given this without fear. Throws NotAPngError.
 */
export function pixelsOnly(bytes: Uint8Array, maxPixels: number): Uint8Array {
  const chunks = chunksOf(bytes);
  const [header] = chunks;
  if (header?.type !== 'IHDR' || header.data.length !== 13) throw new NotAPngError('the picture has no header');
  const { width, height, bytesPerRow } = sizeOf(header.data);
  if (width * height > maxPixels) throw new NotAPngError(`${width}x${height} is more than ${maxPixels} pixels`);
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  // An interlaced picture has up to seven passes, each with a filter byte a row and rows of its own rounding.
  refuseBomb(packed, (bytesPerRow + 8) * (height + 7) * 2);
  const kept = chunks.map(({ start, data }) => bytes.subarray(start, start + 12 + data.length));
  return Buffer.concat([Uint8Array.from(SIGNATURE), ...kept, END]);
}

const END = Uint8Array.from([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);

function chunksOf(bytes: Uint8Array): Chunk[] {
  if (!SIGNATURE.every((byte, at) => bytes[at] === byte)) throw new NotAPngError('this is not a PNG picture');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let start = SIGNATURE.length; start + 12 <= bytes.length; ) {
    const length = view.getUint32(start);
    const type = String.fromCharCode(...bytes.subarray(start + 4, start + 8));
    if (type === 'IEND') break;
    if (start + 12 + length > bytes.length) throw new NotAPngError('the picture ends early');
    const first = type !== 'IHDR' || chunks.length === 0;
    if (KEPT.has(type) && first) chunks.push({ type, start, data: bytes.subarray(start + 8, start + 8 + length) });
    start += 12 + length;
  }
  return chunks;
}

function sizeOf(header: Uint8Array) {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth = 0, colourType = 0] = [header[8], header[9]];
  const channels = CHANNELS[colourType];
  if (width === 0 || height === 0 || !channels) throw new NotAPngError('the header of the picture makes no sense');
  return { width, height, bytesPerRow: Math.ceil((width * channels * depth) / 8) + 1 };
}

/** Counts what would come out, and makes none of it. */
function refuseBomb(packed: Uint8Array, most: number): void {
  let size: number;
  try {
    size = sizeOfDeflated(packed.subarray(ZLIB_HEADER), most + 1, glance(0, MOST_MS));
  } catch (cause) {
    throw new NotAPngError('the pixels cannot be unpacked', { cause });
  }
  if (size > most) throw new NotAPngError('the pixels unpack to more than the header says');
}
