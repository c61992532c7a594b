import { type Position, prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import { programOf, withProgram } from './codecs.ts';
import type { View } from './view.ts';

const FORMATS: NonNullable<ReaderOptions['formats']> = ['QRCode', 'MicroQRCode', 'RMQRCode'];
const MOST_CODES = 8;
const MOST_TEXT = 2_000;

/** A QR code that was read. */
export interface QrCode {
  readonly text: string;
  /** The part of the picture that it covers, from 0 to 1. */
  readonly share: number;
}

/** The QR codes to be seen. Finding none is no error, and neither is a reader that gives up. */
export async function qrCodesIn(view: View): Promise<readonly QrCode[]> {
  // A reader of its own, as for the decoders.
  await prepareZXingModule({ overrides: withProgram(await programOf('codes')), fireImmediately: true });
  const grey = view.grey();
  const codes = await readBarcodes(grey, { formats: FORMATS, maxNumberOfSymbols: MOST_CODES }).catch(() => []);
  return codes
    .filter(({ isValid }) => isValid)
    .map(({ text, position }) => ({
      text: text.slice(0, MOST_TEXT),
      share: areaOf(position) / (grey.width * grey.height),
    }));
}

/** Of four corners, one after another. */
function areaOf({ topLeft, topRight, bottomRight, bottomLeft }: Position): number {
  const corners = [topLeft, topRight, bottomRight, bottomLeft];
  const twice = corners.reduce((sum, corner, index) => {
    const next = corners[(index + 1) % corners.length] ?? corner;
    return sum + corner.x * next.y - next.x * corner.y;
  }, 0);
  return Math.abs(twice) / 2;
}
