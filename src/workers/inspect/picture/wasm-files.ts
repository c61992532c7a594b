import { createRequire } from 'node:module';

/** Where the decoders' programs are, by what they decode. The binary's build embeds what is named in this way. */
const FILES = {
  codes: () => createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'),
  jpeg: () => createRequire(import.meta.url).resolve('@cwasm/jpeg-turbo/jpeg-turbo.wasm'),
  webp: () => createRequire(import.meta.url).resolve('@jsquash/webp/codec/dec/webp_dec.wasm'),
};

export type WasmName = keyof typeof FILES;

/** The path of a decoder's program. */
export function wasmFile(name: WasmName): string {
  return FILES[name]();
}
