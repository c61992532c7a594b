import type { Budget } from '../budget.ts';
import { drawAnimation, type Frame } from './animation.ts';
import { Copy } from './copy.ts';
import { dataView, latin1 } from './data-view.ts';
import { unpackLzw } from './lzw.ts';
import { BrokenPictureError, type Metadata, MOST_METADATA, type Picture, type Walk } from './picture.ts';

const [IMAGE, EXTENSION, TRAILER] = [0x2c, 0x21, 0x3b];
const [CONTROL, COMMENT, PLAIN_TEXT, APPLICATION] = [0xf9, 0xfe, 0x01, 0xff];
/** Applications whose blocks belong to the pixels: how often it moves, and the profile of its colours. */
const APPLICATIONS = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012']);
const XMP = 'XMP DataXMP';
const MOST_TEXT = 65_536;

/** A frame's place in the file, and how it is shown. */
interface Part {
  /** Where its description begins. */
  readonly at: number;
  readonly flags: number;
  readonly transparent: number | undefined;
}

/** Walks through the blocks of a GIF file. Throws BrokenPictureError when it has no header. */
export function readGif(bytes: Uint8Array, { tick, mostFrames }: Walk): Picture {
  if (bytes.length < 13) throw new BrokenPictureError('it has no header');
  const view = dataView(bytes);
  const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
  if (width === 0 || height === 0) throw new BrokenPictureError('its header says that it has no size');
  const copy = new Copy(bytes);
  const metadata: Metadata[] = [];
  const parts: Part[] = [];
  let at = 13 + paletteSize(bytes[10] ?? 0);
  copy.keep(0, Math.min(at, bytes.length));
  let frames = 0;
  let control: { readonly start: number; readonly end: number } | undefined;
  let problem: string | undefined = 'it ends early';
  while (at < bytes.length) {
    tick();
    const kind = bytes[at];
    if (kind === TRAILER) {
      copy.keep(at, at + 1);
      at++;
      problem = undefined;
      break;
    }
    if (kind === IMAGE) {
      const end = endOfImage(bytes, at, tick);
      const flags = control ? (bytes[control.start + 3] ?? 0) : 0;
      const transparent = control && flags & 1 ? bytes[control.start + 6] : undefined;
      if (parts.length < mostFrames) parts.push({ at, flags, transparent });
      frames++;
      if (control) copy.keep(control.start, control.end);
      copy.keep(at, end);
      control = undefined;
      at = end;
    } else if (kind === EXTENSION) {
      const end = endOfBlocks(bytes, at + 2, tick);
      const label = bytes[at + 1];
      if (label === CONTROL && end === at + 8) control = { start: at, end };
      else if (label === PLAIN_TEXT) control = undefined;
      else if (label === APPLICATION && APPLICATIONS.has(applicationAt(bytes, at))) copy.keep(at, end);
      if (metadata.length < MOST_METADATA) metadata.push(...metadataAt(bytes, at, end));
      at = end;
    } else {
      problem = 'it holds what is no part of a picture';
      break;
    }
  }
  const draw: Picture['draw'] = async (budget, show) => {
    if (parts.length === 0) throw new BrokenPictureError('it has no pixels');
    await drawAnimation(
      { width, height },
      parts.map((part) => frameOf(bytes, part)),
      budget,
      show,
    );
  };
  return { width, height, frames: Math.max(1, frames), metadata, copy, end: Math.min(at, bytes.length), problem, draw };
}

/** Bytes of the palette that flags announce. */
function paletteSize(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** Behind the last of the blocks from `from` on, each with its length before it, none after an empty one. */
function endOfBlocks(bytes: Uint8Array, from: number, tick: () => void): number {
  let at = from;
  for (let seen = 1; at < bytes.length; seen++) {
    if (seen % 1_024 === 0) tick();
    const length = bytes[at] ?? 0;
    at += 1 + length;
    if (length === 0) break;
  }
  return Math.min(at, bytes.length);
}

function endOfImage(bytes: Uint8Array, at: number, tick: () => void): number {
  return endOfBlocks(bytes, at + 11 + paletteSize(bytes[at + 9] ?? 0), tick);
}

function* blocksFrom(bytes: Uint8Array, from: number): Generator<Uint8Array, void, undefined> {
  for (let at = from; at < bytes.length; ) {
    const length = bytes[at] ?? 0;
    if (length === 0) return;
    yield bytes.subarray(at + 1, at + 1 + length);
    at += 1 + length;
  }
}

function applicationAt(bytes: Uint8Array, at: number): string {
  return bytes[at + 2] === 11 ? latin1(bytes.subarray(at + 3, at + 14)) : '';
}

function metadataAt(bytes: Uint8Array, at: number, end: number): Metadata[] {
  if (bytes[at + 1] === COMMENT) {
    const text = Buffer.concat([...blocksFrom(bytes.subarray(0, Math.min(end, at + MOST_TEXT)), at + 2)]);
    return [{ kind: 'text', name: '', bytes: text, packed: false }];
  }
  // Its text stands there as it is, lengths and all, with a ramp behind it that leads readers of blocks out.
  return applicationAt(bytes, at) === XMP ? [{ kind: 'xmp', bytes: bytes.subarray(at + 14, end) }] : [];
}

function frameOf(bytes: Uint8Array, { at, flags, transparent }: Part): Frame {
  const view = dataView(bytes);
  const field = (place: number) => (at + place + 2 <= bytes.length ? view.getUint16(at + place, true) : 0);
  const [x, y, width, height] = [field(1), field(3), field(5), field(7)];
  const after = (['keep', 'keep', 'clear', 'restore'] as const)[(flags >> 2) & 7] ?? 'keep';
  const rgba = async (budget: Budget) => pixelsOf(bytes, { at, width, height, transparent }, budget);
  return { x, y, width, height, after, blend: 'over', transparent: transparent !== undefined, rgba };
}

interface Place {
  readonly at: number;
  readonly width: number;
  readonly height: number;
  readonly transparent: number | undefined;
}

function pixelsOf(bytes: Uint8Array, { at, width, height, transparent }: Place, budget: Budget): Uint8Array {
  if (width === 0 || height === 0) throw new BrokenPictureError('a frame has no size');
  const flags = bytes[at + 9] ?? 0;
  const own = paletteSize(flags);
  const palette =
    own > 0 ? bytes.subarray(at + 10, at + 10 + own) : bytes.subarray(13, 13 + paletteSize(bytes[10] ?? 0));
  const size = bytes[at + 10 + own] ?? 0;
  if (size < 1 || size > 8) throw new BrokenPictureError('its pixels cannot be unpacked');
  const indexes = unpackLzw(blocksFrom(bytes, at + 11 + own), size, width * height, budget);
  const colours = new Uint32Array(256).fill(0xff000000);
  for (let index = 0; index * 3 < palette.length; index++) {
    const [red = 0, green = 0, blue = 0] = palette.subarray(index * 3, index * 3 + 3);
    colours[index] = (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
  }
  if (transparent !== undefined) colours[transparent] = 0;
  const pixels = new Uint32Array(width * height);
  let from = 0;
  for (const row of rowsOf(height, (flags & 0x40) !== 0)) {
    for (let to = row * width; to < (row + 1) * width; to++) pixels[to] = colours[indexes[from++] ?? 0] ?? 0;
  }
  return new Uint8Array(pixels.buffer);
}

/** Rows in the order in which they stand in the file. */
function* rowsOf(height: number, interlaced: boolean): Generator<number, void, undefined> {
  const passes = interlaced
    ? [
        [0, 8],
        [4, 8],
        [2, 4],
        [1, 2],
      ]
    : [[0, 1]];
  for (const [first = 0, step = 1] of passes) for (let row = first; row < height; row += step) yield row;
}
