import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { programOf, withProgram } from './codecs.ts';
import type { View } from './view.ts';

const MOST_CODES = 8;
const MOST_TEXT = 2_000;

/** The texts of the QR codes to be seen. Finding none is no error, and neither is a reader that gives up. */
export async function qrCodesIn(view: View): Promise<readonly string[]> {
  // A reader of its own, as for the decoders.
  await prepareZXingModule({ overrides: withProgram(await programOf('codes')), fireImmediately: true });
  const options = {
    formats: ['QRCode' as const, 'MicroQRCode' as const, 'RMQRCode' as const],
    maxNumberOfSymbols: MOST_CODES,
  };
  const codes = await readBarcodes(view.grey(), options).catch(() => []);
  return [...new Set(codes.filter(({ isValid }) => isValid).map(({ text }) => text.slice(0, MOST_TEXT)))];
}
