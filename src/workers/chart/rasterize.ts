import { readFile } from 'node:fs/promises';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { fontFile, rasterizerFile } from './chart-files.ts';

export const FONT = 'DejaVu Sans';

/** The font, and the program loaded: once a thread, when the first picture is drawn. */
const loaded: { font?: Promise<Uint8Array> } = {};

/** Our font, to know which letters it has. */
export function fontBytes(): Promise<Uint8Array> {
  return load();
}

function load(): Promise<Uint8Array> {
  loaded.font ??= (async () => {
    const [program, font] = await Promise.all([readFile(rasterizerFile()), readFile(fontFile())]);
    await initWasm(program);
    return font;
  })();
  return loaded.font;
}

/** A drawing as a PNG. Nothing in it is looked for on this machine or anywhere else: the font is ours. */
export async function rasterize(svg: string): Promise<Uint8Array> {
  const font = await load();
  const resvg = new Resvg(svg, { font: { fontBuffers: [font], defaultFontFamily: FONT, loadSystemFonts: false } });
  try {
    const picture = resvg.render();
    try {
      return picture.asPng().slice(); // not the program's memory, which is freed
    } finally {
      picture.free();
    }
  } finally {
    resvg.free();
  }
}
