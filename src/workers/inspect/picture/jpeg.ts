import type { Budget } from '../budget.ts';
import { decodeJpeg } from './codecs.ts';
import { Copy } from './copy.ts';
import { dataView, latin1 } from './data-view.ts';
import { orientationOnly, readExif } from './exif.ts';
import { scaledSize } from './jpeg-decoder.ts';
import { BrokenPictureError, type Metadata, MOST_METADATA, type Picture, type Walk } from './picture.ts';
import { CLOSER_PIXELS, ENOUGH_PIXELS, type View, type ViewOptions, viewOf } from './view.ts';

const EXIF = 'Exif\0\0';
const XMP = 'http://ns.adobe.com/xap/1.0/\0';
const [START_OF_SCAN, END, COMMENT, APP0, APP1, APP2, APP14] = [0xda, 0xd9, 0xfe, 0xe0, 0xe1, 0xe2, 0xee];
/** A scan of a progressive picture goes over all of it again: twenty are plenty, each twenty more cost as much as the picture. */
const SCANS = 20;
/** Blocks of eight by eight samples come in groups of up to so many pixels in each direction. */
const BLOCKS = 32;

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly progressive: boolean;
  readonly components: number;
  /** Samples a pixel, over all components. */
  readonly samples: number;
}

/** How often the decoder goes over the pixels, and whether it keeps all of them until the last time. */
interface Scans {
  count: number;
  kept: boolean;
}

/** Walks through the segments of a JPEG file. Throws BrokenPictureError when it has no header. */
export function readJpeg(bytes: Uint8Array, { tick }: Walk): Picture {
  const copy = new Copy(bytes);
  const metadata: Metadata[] = [];
  copy.keep(0, 2);
  const scans: Scans = { count: 0, kept: false };
  let at = 2;
  let frame: Frame | undefined;
  let problem: string | undefined = 'it ends early';
  while (at < bytes.length) {
    tick();
    at = nextMarker(bytes, at);
    const marker = bytes[at + 1];
    if (marker === undefined) break;
    if (marker === END) {
      copy.keep(at, at + 2);
      at += 2;
      problem = undefined;
      break;
    }
    const segment = segmentAt(bytes, at);
    if (!segment) break;
    const stop = marker === START_OF_SCAN ? endOfScan(bytes, at + 4 + segment.length, tick) : at + 4 + segment.length;
    if (isFrame(marker)) frame ??= frameOf(segment, marker);
    if (marker === START_OF_SCAN) countScan(scans, segment, frame);
    if (metadata.length < MOST_METADATA) metadata.push(...metadataOf(marker, segment));
    keepWanted(copy, { marker, segment, start: at, stop });
    at = stop;
  }
  if (!frame) throw new BrokenPictureError('it has no header');
  const { width, height } = frame;
  const draw: Picture['draw'] = async (budget, show) => {
    if (scans.count === 0) throw new BrokenPictureError('it has no pixels');
    await show(await drawn(bytes.subarray(0, at), frame, scans, budget));
  };
  const rough: Picture['rough'] = async (budget, show) => {
    if (!budget.takeRoughly(costOf(frame, scans, ENOUGH_PIXELS))) return false;
    await show(await lookAt(bytes.subarray(0, at), frame, budget, { mostPixels: ENOUGH_PIXELS }));
    return true;
  };
  return { width, height, frames: 1, metadata, copy, end: at, problem, draw, rough };
}

/** The picture at a size that is enough, and again at a larger one when that is asked for and can be paid for. */
async function drawn(bytes: Uint8Array, frame: Frame, scans: Scans, budget: Budget): Promise<View> {
  const look = async (mostPixels: number, closer?: () => Promise<View | undefined>) => {
    const { pixels, bytesOut } = costOf(frame, scans, mostPixels);
    budget.take('pixels', pixels);
    budget.take('bytesOut', bytesOut);
    return lookAt(bytes, frame, budget, { mostPixels, closer });
  };
  const closer = async () => (budget.covers(costOf(frame, scans, CLOSER_PIXELS)) ? look(CLOSER_PIXELS) : undefined);
  return look(ENOUGH_PIXELS, frame.width * frame.height > ENOUGH_PIXELS ? closer : undefined);
}

/** What is decoded, and, where the decoder goes over it several times, two bytes for each of its samples in whole blocks. */
function costOf(frame: Frame, scans: Scans, mostPixels: number) {
  const { width, height } = scaledSize(frame, mostPixels);
  const blocks = Math.ceil(frame.width / BLOCKS) * Math.ceil(frame.height / BLOCKS);
  const kept = scans.kept ? Math.ceil(blocks * BLOCKS ** 2 * 2 * frame.samples) : 0;
  return { pixels: frame.width * frame.height * Math.ceil(scans.count / SCANS), bytesOut: width * height * 4 + kept };
}

async function lookAt(bytes: Uint8Array, frame: Frame, budget: Budget, options: ViewOptions): Promise<View> {
  const { data, width, height } = await decodeJpeg(bytes, frame, options.mostPixels ?? ENOUGH_PIXELS);
  return viewOf(data, { width, height }, budget, options);
}

/** Where the first scan holds all colours and nothing is sent in parts, the decoder needs no other. */
function countScan(scans: Scans, segment: Uint8Array, frame: Frame | undefined): void {
  scans.count++;
  if (scans.count === 1 && frame) scans.kept = frame.progressive || (segment[0] ?? 0) < frame.components;
}

/** Where the next marker begins; what stands before it belongs to nothing. */
function nextMarker(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from);
  // A marker may be filled up with any number of 0xff before it.
  while (at !== -1 && (bytes[at + 1] === 0xff || bytes[at + 1] === 0 || isRestart(bytes[at + 1])))
    at = bytes.indexOf(0xff, at + 1);
  return at === -1 ? bytes.length : at;
}

function isRestart(marker: number | undefined): boolean {
  return marker === 1 || (marker !== undefined && marker >= 0xd0 && marker <= 0xd8);
}

/** What is in a segment, without its marker and length. */
function segmentAt(bytes: Uint8Array, at: number): Uint8Array | undefined {
  const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
  if (length < 2 || at + 2 + length > bytes.length) return undefined;
  return bytes.subarray(at + 4, at + 2 + length);
}

/** Pixels go on to the next marker that is not one of theirs. */
function endOfScan(bytes: Uint8Array, from: number, tick: () => void): number {
  let at = from;
  for (let seen = 1; ; seen++) {
    if (seen % 1_024 === 0) tick();
    at = bytes.indexOf(0xff, at);
    if (at === -1) return bytes.length;
    const marker = bytes[at + 1];
    if (marker !== 0 && marker !== 0xff && !isRestart(marker)) return at;
    at += marker === 0xff ? 1 : 2;
  }
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function frameOf(segment: Uint8Array, marker: number): Frame | undefined {
  if (segment.length < 6) return undefined;
  const view = dataView(segment);
  const [height, width] = [view.getUint16(1), view.getUint16(3)];
  if (width === 0 || height === 0) throw new BrokenPictureError('its header says that it has no size');
  const factors: number[] = [];
  for (let at = 7; at < segment.length && factors.length < 4; at += 3) {
    const factor = segment[at] ?? 0;
    factors.push((factor >> 4) * (factor & 15));
  }
  const most = Math.max(1, ...factors);
  return {
    width,
    height,
    progressive: marker !== 0xc0 && marker !== 0xc1,
    components: segment[5] ?? 0,
    samples: factors.reduce((sum, factor) => sum + factor, 0) / most,
  };
}

function metadataOf(marker: number, segment: Uint8Array): Metadata[] {
  if (marker === COMMENT) return [{ kind: 'text', name: '', bytes: segment, packed: false }];
  if (marker !== APP1) return [];
  if (startsWith(segment, EXIF)) return [{ kind: 'exif', bytes: segment.subarray(EXIF.length) }];
  if (startsWith(segment, XMP)) return [{ kind: 'xmp', bytes: segment.subarray(XMP.length) }];
  return [];
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return latin1(bytes.subarray(0, text.length)) === text;
}

interface Segment {
  readonly marker: number;
  readonly segment: Uint8Array;
  readonly start: number;
  readonly stop: number;
}

/** Keeps what pixels and their colours are made of, and which side is up. */
function keepWanted(copy: Copy, { marker, segment, start, stop }: Segment): void {
  const { orientation } =
    marker === APP1 && startsWith(segment, EXIF) ? readExif(segment.subarray(EXIF.length)) : { orientation: 1 };
  if (orientation !== 1) {
    const block = orientationOnly(orientation);
    copy.add(
      Uint8Array.from([0xff, APP1, 0, 2 + EXIF.length + block.length, ...Buffer.from(EXIF, 'latin1'), ...block]),
    );
  } else if (marker === APP0 && startsWith(segment, 'JFIF\0') && segment.length > 14) {
    // Its density, without the thumbnail.
    copy.add(Uint8Array.from([0xff, APP0, 0, 16, ...segment.subarray(0, 12), 0, 0]));
  } else if (isWanted(marker, segment)) copy.keep(start, stop);
}

function isWanted(marker: number, segment: Uint8Array): boolean {
  if (marker === APP0) return startsWith(segment, 'JFIF\0');
  if (marker === APP2) return startsWith(segment, 'ICC_PROFILE\0');
  if (marker === APP14) return startsWith(segment, 'Adobe');
  return marker < APP0 || (marker > 0xef && marker !== COMMENT);
}
