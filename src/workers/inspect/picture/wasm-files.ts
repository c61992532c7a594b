import { createRequire } from 'node:module';

/** A decoder's program, by what it decodes. */
export type WasmName = 'codes' | 'jpeg' | 'webp';

/** Where each stands among the packages. */
export const WASM_PACKAGES: Readonly<Record<WasmName, string>> = {
  codes: 'zxing-wasm/reader/zxing_reader.wasm',
  jpeg: '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
  webp: '@jsquash/webp/codec/dec/webp_dec.wasm',
};

/** The path of a decoder's program. The binary's build puts another module in this one's place, which embeds them. */
export function wasmFile(name: WasmName): string {
  return createRequire(import.meta.url).resolve(WASM_PACKAGES[name]);
}
