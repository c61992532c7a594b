import type { Budget } from '../budget.ts';
import { drawAnimation, type Frame } from './animation.ts';
import { Copy } from './copy.ts';
import { dataView, latin1 } from './data-view.ts';
import { orientationOnly, readExif } from './exif.ts';
import { BrokenPictureError, type Metadata, MOST_METADATA, type Picture, type Walk } from './picture.ts';
import { pngChunk } from './png-file.ts';
import { channelsOf, type PngHeader, readPixels, rowsSize, unpackedSize } from './png-pixels.ts';
import { CLOSER_PIXELS, ENOUGH_PIXELS, type Size, View } from './view.ts';

/** Pixels, their colours and their movement. Everything else is metadata. */
const KEPT = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(' '),
);

/** A frame's control chunk, and where its pixels stand: starts and ends in turn. */
interface Part {
  readonly control: Uint8Array | undefined;
  readonly places: number[];
}

interface Chunk {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly data: Uint8Array;
}

/** Walks through the chunks of a PNG file. Throws BrokenPictureError when it has no header. */
export function readPng(bytes: Uint8Array, { tick, mostFrames }: Walk): Picture {
  const copy = new Copy(bytes);
  copy.keep(0, 8);
  const metadata: Metadata[] = [];
  const found: Found = { still: { control: undefined, places: [] }, parts: [], frames: 0, mostFrames };
  let end = 8;
  let problem: string | undefined = 'it ends early';
  for (const chunk of chunksOf(bytes)) {
    tick();
    end = chunk.end;
    keepWanted(copy, chunk);
    collect(found, chunk);
    if (metadata.length < MOST_METADATA) metadata.push(...metadataOf(chunk));
    if (chunk.type === 'IEND') {
      problem = undefined;
      break;
    }
  }
  const header = headerOf(found);
  const { width, height } = header;
  const frames = Math.max(1, found.frames);
  const apart = hasStillApart(found);
  const moving = found.parts.length > 1 || apart;
  const rough = async (budget: Budget, show: Show) => {
    const cost = { pixels: width * height, bytesOut: rowsSize(header) };
    if (header.interlaced || !budget.takeRoughly(cost)) return false;
    await showRows(new View({ width, height }), header, packedIn(bytes, found), budget, show);
    return true;
  };
  const still = (budget: Budget, show: Show) => drawStill(header, () => packedIn(bytes, found), budget, show);
  const draw: Picture['draw'] = async (budget, show) => {
    if (!moving) return still(budget, show);
    // What does not move shows the still: it is looked at as well, where it can be so that it takes nothing from the frames.
    if (apart && !(await rough(budget, show))) await still(budget, show);
    await drawAnimation({ width, height }, framesOf(bytes, header, found.parts), budget, show);
  };
  return { width, height, frames, metadata, copy, end, problem, draw, rough: moving ? undefined : rough };
}

type Show = (view: View) => Promise<void>;

/** Whether the still is none of the frames. */
function hasStillApart({ still, parts: [first] }: Found): boolean {
  return first !== undefined && still.places.length > 0 && first.places[0] !== still.places[0];
}

/** The pixels of a still. Throws BrokenPictureError where there are none. */
function packedIn(bytes: Uint8Array, { still, parts }: Found): Iterable<Uint8Array> {
  const { places } = still.places.length > 0 ? still : (parts[0] ?? still);
  if (places.length === 0) throw new BrokenPictureError('it has no pixels');
  return piecesOf(bytes, places);
}

async function drawStill(
  header: PngHeader,
  packed: () => Iterable<Uint8Array>,
  budget: Budget,
  show: Show,
): Promise<void> {
  const size = { width: header.width, height: header.height };
  const cost = { pixels: size.width * size.height, bytesOut: unpackedSize(header) };
  const pay = () => {
    budget.take('pixels', cost.pixels);
    budget.take('bytesOut', cost.bytesOut);
  };
  const closer = async () => {
    if (!budget.covers(cost)) return undefined;
    pay();
    const view = new View(size, { mostPixels: CLOSER_PIXELS });
    readPixels(header, packed(), budget, (row) => view.row(row));
    return view;
  };
  pay();
  const view = new View(size, { closer: cost.pixels > ENOUGH_PIXELS ? closer : undefined });
  await showRows(view, header, packed(), budget, show);
}

/** Shows it, also where it breaks off. */
async function showRows(
  view: View,
  header: PngHeader,
  packed: Iterable<Uint8Array>,
  budget: Budget,
  show: Show,
): Promise<void> {
  try {
    readPixels(header, packed, budget, (row) => view.row(row));
  } catch (error) {
    if (error instanceof BrokenPictureError) await show(view); // what there is of it
    throw error;
  }
  await show(view);
}

function* chunksOf(bytes: Uint8Array): Generator<Chunk, void, undefined> {
  const view = dataView(bytes);
  for (let start = 8; start + 8 <= bytes.length; ) {
    const length = view.getUint32(start);
    const type = latin1(bytes.subarray(start + 4, start + 8));
    const end = start + 12 + length;
    // The pixels of a file that ends early are worth a look.
    if (end > bytes.length && type !== 'IDAT') return;
    yield {
      type,
      start,
      end: Math.min(end, bytes.length),
      data: bytes.subarray(start + 8, Math.min(end - 4, bytes.length)),
    };
    start = end;
  }
}

/** What is collected of the pixels and of how they are to be read. */
interface Found {
  readonly still: Part;
  readonly parts: Part[];
  readonly mostFrames: number;
  frames: number;
  header?: Uint8Array;
  palette?: Uint8Array;
  transparent?: Uint8Array;
}

function collect(found: Found, { type, start, end, data }: Chunk): void {
  if (type === 'IHDR') found.header ??= data;
  else if (type === 'PLTE') found.palette ??= data;
  else if (type === 'tRNS') found.transparent ??= data;
  else if (type === 'fcTL' && data.length === 26) {
    found.frames++;
    if (found.parts.length < found.mostFrames) found.parts.push({ control: data, places: [] });
  } else if (type === 'IDAT' && data.length > 0) {
    found.still.places.push(start + 8, start + 8 + data.length);
    // The still is the first frame when it has a control chunk.
    if (found.frames === 1) found.parts[0]?.places.push(start + 8, start + 8 + data.length);
  } else if (type === 'fdAT' && data.length > 4 && found.frames === found.parts.length) {
    found.parts.at(-1)?.places.push(start + 12, end - 4);
  }
}

function headerOf({ header: data, palette, transparent }: Found): PngHeader {
  if (data?.length !== 13) throw new BrokenPictureError('it has no header');
  const view = dataView(data);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  if (width === 0 || height === 0) throw new BrokenPictureError('its header says that it has no size');
  const [depth, colours, interlaced] = [view.getUint8(8), view.getUint8(9), view.getUint8(12) === 1];
  channelsOf({ depth, colours });
  return { width, height, depth, colours, interlaced, palette: palette ?? new Uint8Array(), transparent };
}

function* piecesOf(bytes: Uint8Array, places: readonly number[]): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at < places.length; at += 2) yield bytes.subarray(places[at], places[at + 1]);
}

function framesOf(bytes: Uint8Array, header: PngHeader, parts: readonly Part[]): Frame[] {
  const transparent = header.colours === 4 || header.colours === 6 || header.transparent !== undefined;
  return parts.map(({ control, places }) => {
    const view = dataView(control ?? new Uint8Array(26));
    const [width, height, x, y] = [view.getUint32(4), view.getUint32(8), view.getUint32(12), view.getUint32(16)];
    const after = (['keep', 'clear', 'restore'] as const)[view.getUint8(24)] ?? 'keep';
    const rgba = (budget: Budget) => frameOf({ ...header, width, height }, piecesOf(bytes, places), budget);
    return { x, y, width, height, after, blend: view.getUint8(25) === 1 ? 'over' : 'instead', transparent, rgba };
  });
}

async function frameOf(header: PngHeader & Size, packed: Iterable<Uint8Array>, budget: Budget): Promise<Uint8Array> {
  if (header.width === 0 || header.height === 0) throw new BrokenPictureError('a frame has no size');
  budget.take('bytesOut', unpackedSize(header));
  const rgba = new Uint8Array(header.width * header.height * 4);
  readPixels(header, packed, budget, (row) => {
    for (let pixel = 0; pixel < row.count; pixel++) {
      const to = (row.y * header.width + row.x + pixel * row.step) * 4;
      for (let channel = 0; channel < 4; channel++) rgba[to + channel] = row.rgba[pixel * 4 + channel] ?? 0;
    }
  });
  return rgba;
}

function keepWanted(copy: Copy, { type, start, end, data }: Chunk): void {
  if (KEPT.has(type)) copy.keep(start, end);
  else if (type === 'eXIf') {
    const { orientation } = readExif(data);
    if (orientation !== 1) copy.add(pngChunk('eXIf', orientationOnly(orientation)));
  }
}

function metadataOf({ type, data }: Chunk): Metadata[] {
  if (type === 'eXIf') return [{ kind: 'exif', bytes: data }];
  if (type !== 'tEXt' && type !== 'zTXt' && type !== 'iTXt') return [];
  const end = data.indexOf(0);
  if (end < 1 || end > 79) return [];
  const name = latin1(data.subarray(0, end));
  if (type === 'tEXt') return [{ kind: 'text', name, bytes: data.subarray(end + 1), packed: false }];
  if (type === 'zTXt') return [{ kind: 'text', name, bytes: data.subarray(end + 2), packed: true }];
  // Behind the flags there is a language, and the keyword in it.
  const language = data.indexOf(0, end + 3);
  const translated = language === -1 ? -1 : data.indexOf(0, language + 1);
  if (translated === -1) return [];
  const text = data.subarray(translated + 1);
  const packed = data[end + 1] === 1;
  return [
    name === 'XML:com.adobe.xmp' && !packed
      ? { kind: 'xmp', bytes: text }
      : { kind: 'text', name, bytes: text, packed },
  ];
}
