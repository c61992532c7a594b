import { type Position, prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import { programOf, withProgram } from './codecs.ts';
import { countFinderPatterns } from './finder-patterns.ts';
import type { Size, View } from './view.ts';

const OPTIONS: ReaderOptions = {
  formats: ['QRCode', 'MicroQRCode', 'RMQRCode'],
  maxNumberOfSymbols: 32,
  // What has the patterns of a code and cannot be read is told, too.
  returnErrors: true,
};
const MOST_TEXT = 2_000;
/** A sheet of codes has a hundred of these patterns. From so many on the reader would take seconds, and nothing can stop it. */
const MOST_PATTERNS = 2_000;

/** The upright rectangle around something, in parts of the picture's width and height. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A QR code that was read. */
export interface QrCode {
  readonly text: string;
  readonly place: Place;
}

/** What was seen of QR codes. */
export interface QrCodes {
  readonly codes: readonly QrCode[];
  /** Whether there is so much like a code that the picture, or a closer look at it, was not searched. */
  readonly tooMany: boolean;
}

/**
 * The QR codes to be seen. Where something looks like one and cannot be read, the picture is looked at more closely.
 * Finding none is no error, and neither is a reader that gives up.
 */
export async function qrCodesIn(view: View, read: typeof readBarcodes = readBarcodes): Promise<QrCodes> {
  const first = await search(view, read);
  if (first.unread === 0) return first;
  const closer = await view.closer?.();
  if (!closer) return first;
  const second = await search(closer, read);
  return { codes: second.codes.length > first.codes.length ? second.codes : first.codes, tooMany: second.tooMany };
}

async function search(view: View, read: typeof readBarcodes): Promise<QrCodes & { readonly unread: number }> {
  const grey = view.grey();
  if (countFinderPatterns(grey, MOST_PATTERNS) >= MOST_PATTERNS) return { codes: [], tooMany: true, unread: 0 };
  // A reader of its own, as for the decoders.
  await prepareZXingModule({ overrides: withProgram(await programOf('codes')), fireImmediately: true });
  const found = await read(grey.file, OPTIONS).catch(() => []);
  const codes = found
    .filter(({ isValid }) => isValid)
    .map(({ text, position }) => ({ text: text.slice(0, MOST_TEXT), place: placeOf(position, grey) }));
  return { codes, tooMany: false, unread: found.length - codes.length };
}

/** With a little around it, because edges blur. */
function placeOf(position: Position, { width, height }: Size): Place {
  const corners = [position.topLeft, position.topRight, position.bottomRight, position.bottomLeft];
  const [across, down] = [corners.map(({ x }) => x / width), corners.map(({ y }) => y / height)];
  const around = (Math.max(...across) - Math.min(...across)) / 20;
  return {
    left: Math.max(0, Math.min(...across) - around),
    top: Math.max(0, Math.min(...down) - around),
    right: Math.min(1, Math.max(...across) + around),
    bottom: Math.min(1, Math.max(...down) + around),
  };
}
