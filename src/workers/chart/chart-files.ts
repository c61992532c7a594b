import { createRequire } from 'node:module';

/** Where the font is: Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian, Georgian, and signs of all kinds. */
export function fontFile(): string {
  return createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
}

/** Where the program is that makes pictures of drawings. */
export function rasterizerFile(): string {
  return createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm');
}
