import type { Budget } from '../budget.ts';
import { drawAnimation, type Frame } from './animation.ts';
import { decodeWebp } from './codecs.ts';
import { Copy } from './copy.ts';
import { dataView, latin1 } from './data-view.ts';
import { orientationOnly, readExif } from './exif.ts';
import { BrokenPictureError, type Metadata, MOST_METADATA, type Picture, type Walk } from './picture.ts';
import { type Size, viewOf } from './view.ts';

const KEPT = new Set(['VP8 ', 'VP8L', 'ALPH', 'ICCP', 'ANIM', 'ANMF']);
const [HAS_EXIF, HAS_XMP] = [0x08, 0x04];
/**
 * Bytes a pixel. Of lossy pixels those that come out are counted, as of other formats; what is lossless, as alpha always is, the
 * decoder has in memory of its own before it turns it into red, green, blue and alpha, and then all is copied out.
 */
const [LOSSY, LOSSLESS, WITH_ALPHA] = [4, 12, 14];
/** A frame's own header. */
const FRAME = 16;

interface Chunk {
  readonly type: string;
  readonly start: number;
  /** With the byte that makes its length even. */
  readonly end: number;
  readonly data: Uint8Array;
  /** Bytes that it says it has and that are not there. */
  readonly missing: number;
}

/** Walks through the chunks of a WebP file. Throws BrokenPictureError when it has no header. */
export function readWebp(bytes: Uint8Array, { tick, mostFrames }: Walk): Picture {
  if (bytes.length < 20) throw new BrokenPictureError('it has no header');
  const declared = dataView(bytes).getUint32(4, true) + 8;
  const chunks: Chunk[] = [];
  const parts: Uint8Array[] = [];
  const metadata: Metadata[] = [];
  const copy = new Copy(bytes);
  let [frames, end] = [0, 12];
  for (const chunk of chunksOf(bytes.subarray(0, declared), 12)) {
    tick();
    end = Math.min(chunk.end, declared, bytes.length);
    if (chunk.type === 'ANMF') {
      frames++;
      if (parts.length < mostFrames) parts.push(chunk.data);
    } else if (chunks.length < MOST_METADATA) chunks.push(chunk);
    if (metadata.length < MOST_METADATA) metadata.push(...metadataOf(chunk));
    keepWanted(copy, { ...chunk, end });
  }
  const header = headerOf(chunks, parts);
  const problem = declared > bytes.length || end < Math.min(declared, bytes.length) ? 'it ends early' : undefined;
  const { width, height } = header;
  const draw: Picture['draw'] = async (budget, show) => {
    if (parts.length > 0) return drawAnimation({ width, height }, parts.map(frameOf), budget, show);
    const still = stillOf(chunks);
    if (!still) throw new BrokenPictureError('it has no pixels');
    if (still.width !== width || still.height !== height) {
      throw new BrokenPictureError('its header says another size than its pixels');
    }
    budget.take('pixels', still.width * still.height);
    await show(viewOf(await pixelsOf(still, budget), still, budget));
  };
  copy.prepend(headOf(bytes, copy.length, chunks));
  return { width, height, frames: Math.max(1, frames), metadata, copy, end, problem, draw };
}

function* chunksOf(bytes: Uint8Array, from: number): Generator<Chunk, void, undefined> {
  const view = dataView(bytes);
  for (let start = from; start + 8 <= bytes.length; ) {
    const length = view.getUint32(start + 4, true);
    const end = start + 8 + length + (length % 2);
    const data = bytes.subarray(start + 8, start + 8 + length);
    yield { type: latin1(bytes.subarray(start, start + 4)), start, end, data, missing: length - data.length };
    start = end;
  }
}

function extendedOf(chunks: readonly Chunk[]): Chunk | undefined {
  const [first] = chunks;
  return first?.type === 'VP8X' && first.data.length >= 10 ? first : undefined;
}

function headerOf(chunks: readonly Chunk[], parts: readonly Uint8Array[]): Size {
  const extended = extendedOf(chunks);
  if (extended) return { width: 1 + wide(extended.data, 4), height: 1 + wide(extended.data, 7) };
  const still = parts.length === 0 ? stillOf(chunks) : undefined;
  if (!still) throw new BrokenPictureError('it has no header');
  return still;
}

/** Three bytes as a number. */
function wide(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
}

/** One picture's pixels: of the file, or of a frame. Its size is the one that its pixels say. */
interface Still extends Size {
  readonly alpha: Chunk | undefined;
  readonly pixels: Chunk;
  readonly lossless: boolean;
}

function stillOf(chunks: readonly Chunk[]): Still | undefined {
  const pixels = chunks.find(({ type }) => type === 'VP8 ' || type === 'VP8L');
  if (!pixels) return undefined;
  const { data } = pixels;
  const lossless = pixels.type === 'VP8L';
  if (data.length < (lossless ? 5 : 10)) throw new BrokenPictureError('its pixels end early');
  const alpha = lossless ? undefined : chunks.find(({ type }) => type === 'ALPH');
  const view = dataView(data);
  if (!lossless) {
    const [width, height] = [view.getUint16(6, true) & 0x3fff, view.getUint16(8, true) & 0x3fff];
    return { width, height, alpha, pixels, lossless };
  }
  const sizes = view.getUint32(1, true);
  return { width: 1 + (sizes & 0x3fff), height: 1 + ((sizes >>> 14) & 0x3fff), alpha, pixels, lossless };
}

/** Decodes them in a file of their own. Their number has been taken from the budget. */
async function pixelsOf(still: Still, budget: Budget): Promise<Uint8ClampedArray> {
  const { width, height, alpha, pixels, lossless } = still;
  if (width === 0 || height === 0) throw new BrokenPictureError('its header says that it has no size');
  budget.take('bytesOut', width * height * (alpha ? WITH_ALPHA : lossless ? LOSSLESS : LOSSY));
  const extended = Buffer.alloc(10);
  extended[0] = 0x10;
  extended.writeUIntLE(width - 1, 4, 3);
  extended.writeUIntLE(height - 1, 7, 3);
  const parts = alpha
    ? [chunk('VP8X', extended), chunk('ALPH', alpha.data), chunk('VP8 ', pixels.data)]
    : [chunk(pixels.type, completed(pixels))];
  const { data } = await decodeWebp(riff(Buffer.concat(parts)), { width, height });
  return data;
}

/** Where pixels break off the decoder gives nothing at all, unless there are zeros for what is missing: then it gives what is there. */
function completed({ data, missing }: Chunk): Uint8Array {
  if (missing === 0 || missing > data.length) return data; // of which nothing could be recognised
  const whole = new Uint8Array(data.length + missing);
  whole.set(data);
  return whole;
}

function frameOf(data: Uint8Array): Frame {
  if (data.length < FRAME) throw new BrokenPictureError('a frame ends early');
  const still = stillOf([...firstOf(chunksOf(data, FRAME), 8)]);
  const [width, height] = [1 + wide(data, 6), 1 + wide(data, 9)];
  if (still?.width !== width || still.height !== height)
    throw new BrokenPictureError('a frame says another size than its pixels');
  const flags = data[15] ?? 0;
  return {
    ...{ x: 2 * wide(data, 0), y: 2 * wide(data, 3), width, height },
    blend: flags & 2 ? 'instead' : 'over',
    after: flags & 1 ? 'clear' : 'keep',
    transparent: still.lossless || still.alpha !== undefined,
    rgba: (budget) => pixelsOf(still, budget),
  };
}

function* firstOf<T>(values: Iterable<T>, count: number): Generator<T, void, undefined> {
  let seen = 0;
  for (const value of values) {
    if (seen++ === count) return;
    yield value;
  }
}

function metadataOf({ type, data }: Chunk): Metadata[] {
  // Some write the signature of JPEG's segment before it.
  if (type === 'EXIF')
    return [{ kind: 'exif', bytes: latin1(data.subarray(0, 6)) === 'Exif\0\0' ? data.subarray(6) : data }];
  return type === 'XMP ' ? [{ kind: 'xmp', bytes: data }] : [];
}

function keepWanted(copy: Copy, found: Chunk): void {
  if (KEPT.has(found.type)) copy.keep(found.start, found.end);
  const orientation = orientationOf(found);
  if (orientation !== 1) copy.add(chunk('EXIF', orientationOnly(orientation)));
}

function orientationOf(found: Chunk): number {
  const [exif] = found.type === 'EXIF' ? metadataOf(found) : [];
  return exif ? readExif(exif.bytes).orientation : 1;
}

/** The header that belongs to what is left of the file. */
function headOf(bytes: Uint8Array, rest: number, chunks: readonly Chunk[]): Uint8Array {
  const extended = extendedOf(chunks);
  if (!extended) return riff(new Uint8Array(), rest);
  const head = Buffer.from(bytes.subarray(extended.start, extended.end));
  const flags = chunks.some((found) => orientationOf(found) !== 1) ? HAS_EXIF : 0;
  head[8] = ((head[8] ?? 0) & ~(HAS_EXIF | HAS_XMP)) | flags;
  return riff(head, rest);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const whole = Buffer.alloc(8 + data.length + (data.length % 2));
  whole.write(type, 'latin1');
  whole.writeUInt32LE(data.length, 4);
  whole.set(data, 8);
  return whole;
}

/** The beginning of a file; `more` bytes come behind it. */
function riff(body: Uint8Array, more = 0): Uint8Array<ArrayBuffer> {
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(4 + body.length + more, 4);
  return new Uint8Array(Buffer.concat([head, body]));
}
