import { type Position, prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import { programOf, withProgram } from './codecs.ts';
import type { Size, View } from './view.ts';

const FORMATS: NonNullable<ReaderOptions['formats']> = ['QRCode', 'MicroQRCode', 'RMQRCode'];
const MOST_CODES = 8;
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

/** The QR codes to be seen. Finding none is no error, and neither is a reader that gives up. */
export async function qrCodesIn(view: View): Promise<readonly QrCode[]> {
  // A reader of its own, as for the decoders.
  await prepareZXingModule({ overrides: withProgram(await programOf('codes')), fireImmediately: true });
  const grey = view.grey();
  const codes = await readBarcodes(grey.file, { formats: FORMATS, maxNumberOfSymbols: MOST_CODES }).catch(() => []);
  return codes
    .filter(({ isValid }) => isValid)
    .map(({ text, position }) => ({ text: text.slice(0, MOST_TEXT), place: placeOf(position, grey) }));
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
