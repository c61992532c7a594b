import { type Position, prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import { programOf, withProgram } from './codecs.ts';
import type { Size, View } from './view.ts';

const OPTIONS: ReaderOptions = {
  formats: ['QRCode', 'MicroQRCode', 'RMQRCode'],
  maxNumberOfSymbols: 8,
  // What has the patterns of a code and cannot be read is told, too.
  returnErrors: true,
};
const MOST_TEXT = 2_000;

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

/**
 * The QR codes to be seen. Where something looks like one and cannot be read, the picture is looked at more closely.
 * Finding none is no error, and neither is a reader that gives up.
 */
export async function qrCodesIn(view: View): Promise<readonly QrCode[]> {
  const { codes, unread } = await search(view);
  if (unread === 0) return codes;
  const closer = await view.closer?.();
  if (!closer) return codes;
  const more = await search(closer);
  return more.codes.length > codes.length ? more.codes : codes;
}

async function search(view: View): Promise<{ readonly codes: readonly QrCode[]; readonly unread: number }> {
  // A reader of its own, as for the decoders.
  await prepareZXingModule({ overrides: withProgram(await programOf('codes')), fireImmediately: true });
  const grey = view.grey();
  const found = await readBarcodes(grey.file, OPTIONS).catch(() => []);
  const codes = found
    .filter(({ isValid }) => isValid)
    .map(({ text, position }) => ({ text: text.slice(0, MOST_TEXT), place: placeOf(position, grey) }));
  return { codes, unread: found.length - codes.length };
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
