import { readFile } from 'node:fs/promises';
import webpModule from '@jsquash/webp/codec/dec/webp_dec.js';
import { collectGarbage } from '../../../lib/garbage.ts';
import { decodeScaled } from './jpeg-decoder.ts';
import { BrokenPictureError } from './picture.ts';
import type { Size } from './view.ts';
import { type WasmName, wasmFile } from './wasm-files.ts';

export interface Pixels extends Size {
  /** Red, green, blue, alpha. */
  readonly data: Uint8ClampedArray;
}

const compiled = new Map<WasmName, Promise<WebAssembly.Module>>();

/** A decoder's program, compiled once a thread. */
export function programOf(name: WasmName): Promise<WebAssembly.Module> {
  const known = compiled.get(name);
  if (known) return known;
  const program = readFile(wasmFile(name)).then((bytes) => WebAssembly.compile(bytes));
  compiled.set(name, program);
  return program;
}

/**
 * At most so many pixels, see `scaledSize`. Throws BrokenPictureError, also where the pixels are not of the size that the
 * header says.
 */
export async function decodeJpeg(bytes: Uint8Array, size: Size, mostPixels: number): Promise<Pixels> {
  makeRoom(size);
  const program = await programOf('jpeg');
  const pixels = decoded(() => decodeScaled(program, bytes, mostPixels));
  refuseOtherSize(pixels.whole, size);
  return pixels;
}

/** Of a still; as decodeJpeg, but all of it. */
export async function decodeWebp(bytes: Uint8Array, size: Size): Promise<Pixels> {
  makeRoom(size);
  provideImageData();
  const webp = await webpModule(withProgram(await programOf('webp')));
  const pixels = decoded(() => webp.decode(bytes));
  refuseOtherSize(pixels, size);
  return pixels;
}

/** Every picture gets memory of its own: what a hostile one does to it, the next does not see, and it goes when it is done. */
export function withProgram(program: WebAssembly.Module) {
  return {
    noInitialRun: true,
    print: () => {},
    printErr: () => {},
    instantiateWasm: (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => {
      const instance = new WebAssembly.Instance(program, imports);
      done(instance);
      return instance.exports;
    },
  };
}

/** From so many pixels on, what earlier ones have left behind is thrown away first. */
const LARGE = 2_000_000;

/** Without this, two or three large pictures are in memory where one would be. */
function makeRoom({ width, height }: Size): void {
  if (width * height >= LARGE) collectGarbage();
}

/** What the decoder wraps pixels in, where the runtime has no such class. */
class PlainImageData {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;

  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}

/**
 * Where there is none the decoder makes one inside of itself and puts it into `globalThis`: all memory of the first picture
 * is then held for as long as the thread lives.
 */
function provideImageData(): void {
  if (!('ImageData' in globalThis)) Object.assign(globalThis, { ImageData: PlainImageData });
}

function decoded<T extends Pixels>(decode: () => T | null): T {
  let pixels: T | null;
  try {
    pixels = decode();
  } catch (cause) {
    throw new BrokenPictureError('its pixels cannot be decoded', { cause });
  }
  if (!pixels) throw new BrokenPictureError('its pixels cannot be decoded');
  return pixels;
}

function refuseOtherSize(pixels: Size, { width, height }: Size): void {
  if (pixels.width !== width || pixels.height !== height) {
    throw new BrokenPictureError('its header says another size than its pixels');
  }
}
