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

/** A QR code on white, `scale` pixels a module, `margin` modules of white around it. */
export async function qrCode(text: string, { scale = 4, margin = 4 } = {}): Promise<Pixels> {
  await encoders.codes();
  const { symbol } = await writeBarcode(text, { format: 'QRCode', withQuietZones: false });
  const canvas = new Canvas((symbol.width + 2 * margin) * scale, (symbol.height + 2 * margin) * scale);
  for (let y = margin * scale; y < canvas.height - margin * scale; y++) {
    for (let x = margin * scale; x < canvas.width - margin * scale; x++) {
      const grey = symbol.data[(Math.floor(y / scale) - margin) * symbol.width + Math.floor(x / scale) - margin] ?? 0;
      canvas.data.fill(grey, (y * canvas.width + x) * 4, (y * canvas.width + x) * 4 + 3);
    }
  }
  return canvas;
}

/** One picture pasted into another, at a place in pixels. */
export function pasted(into: Pixels, picture: Pixels, left: number, top: number): Pixels {
  const canvas = new Canvas(into.width, into.height);
  canvas.data.set(into.data);
  for (let y = 0; y < picture.height; y++) {
    const row = picture.data.subarray(y * picture.width * 4, (y + 1) * picture.width * 4);
    canvas.data.set(row, ((y + top) * canvas.width + left) * 4);
  }
  return canvas;
}
