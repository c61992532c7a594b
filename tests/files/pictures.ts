import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import encodeJpeg, { init as initJpeg } from '@jsquash/jpeg/encode.js';
import encodeWebp, { init as initWebp } from '@jsquash/webp/encode.js';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import { Canvas, type Pixels } from './canvas.ts';

/** Compiles what a package holds; in tests there is a folder to read it from. */
async function program(path: string): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readFile(createRequire(import.meta.url).resolve(path)));
}

const encoders = {
  jpeg: once(async () => initJpeg(await program('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'))),
  webp: once(async () => void (await initWebp(await program('@jsquash/webp/codec/enc/webp_enc.wasm')))),
  codes: once(async () => {
    const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm'));
    await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true });
  }),
};

function once(make: () => Promise<void>): () => Promise<void> {
  let made: Promise<void> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function imageData({ data, width, height }: Pixels): ImageData {
  return { data, width, height, colorSpace: 'srgb' };
}

export async function jpeg(
  pixels: Pixels,
  options: { quality?: number; progressive?: boolean } = {},
): Promise<Uint8Array> {
  await encoders.jpeg();
  const { quality = 85, progressive = false } = options;
  return new Uint8Array(await encodeJpeg(imageData(pixels), { quality, progressive }));
}

export async function webp(
  pixels: Pixels,
  options: { quality?: number; lossless?: boolean } = {},
): Promise<Uint8Array> {
  await encoders.webp();
  const { quality = 80, lossless = false } = options;
  return new Uint8Array(await encodeWebp(imageData(pixels), { quality, lossless: lossless ? 1 : 0, method: 2 }));
}

/** A QR code, with its quiet zone, pasted into the middle of a grey field. */
export async function qrCode(text: string, { scale = 4, margin = 20 } = {}): Promise<Pixels> {
  await encoders.codes();
  const { symbol } = await writeBarcode(text, { format: 'QRCode', scale });
  const canvas = new Canvas(symbol.width + 2 * margin, symbol.height + 2 * margin);
  for (let y = 0; y < symbol.height; y++) {
    for (let x = 0; x < symbol.width; x++) {
      const grey = symbol.data[y * symbol.width + x] ?? 0;
      canvas.data.fill(
        grey,
        ((y + margin) * canvas.width + x + margin) * 4,
        ((y + margin) * canvas.width + x + margin) * 4 + 3,
      );
    }
  }
  return canvas;
}
