import type { Size } from './view.ts';

/** The decoder says that a picture cannot be decoded. */
class JpegError extends Error {
  override readonly name = 'JpegError';
}

export interface ScaledPixels extends Size {
  /** Red, green, blue, alpha. */
  readonly data: Uint8ClampedArray;
  /** What the header says. */
  readonly whole: Size;
}

const RGBA = 7;
/** In eighths, what the decoder makes of a block of eight by eight pixels at about no more than its share of the cost. */
const SCALES = [8, 4, 3, 2, 1] as const;

/** The size at which a picture has at most so many pixels, if it can be made that small at all. */
export function scaledSize({ width, height }: Size, most: number): Size {
  const sizes = SCALES.map((eighths) => ({
    width: Math.ceil((width * eighths) / 8),
    height: Math.ceil((height * eighths) / 8),
  }));
  return sizes.find((size) => size.width * size.height <= most) ?? sizes.at(-1) ?? { width, height };
}

/** Decodes at the size that `scaledSize` tells. `program` is libjpeg-turbo; it gets memory of its own. Throws JpegError. */
export function decodeScaled(program: WebAssembly.Module, bytes: Uint8Array, most: number): ScaledPixels {
  const turbo = new Turbo(program);
  const file = turbo.room(bytes.length);
  turbo.bytes(file, bytes.length).set(bytes);
  const decoder = turbo.call('tjInitDecompress');
  const header = turbo.room(16);
  // Width, height, and how colours are stored.
  const read = turbo.call(
    'tjDecompressHeader3',
    ...[decoder, file, bytes.length],
    ...[0, 4, 8, 12].map((at) => header + at),
  );
  const [width = 0, height = 0] = new Uint32Array(turbo.bytes(header, 8).slice().buffer);
  if (read !== 0 || width === 0 || height === 0) throw new JpegError('it has no header');
  const size = scaledSize({ width, height }, most);
  const length = size.width * size.height * 4;
  const pixels = turbo.room(length);
  // What it does not return 0 for is damaged and yet decoded, as far as it goes; what cannot be decoded, it jumps out of.
  turbo.call(
    'tjDecompress2',
    ...[decoder, file, bytes.length],
    ...[pixels, size.width, size.width * 4, size.height, RGBA, 0],
  );
  const { buffer, byteOffset } = turbo.bytes(pixels, length);
  return { ...size, whole: { width, height }, data: new Uint8ClampedArray(buffer, byteOffset, length) };
}

/** One use of the program. Nothing is given back to its memory, because all of it goes. */
class Turbo {
  readonly #exports: WebAssembly.Exports;

  constructor(program: WebAssembly.Module) {
    const none = () => 0;
    const jumpOut = () => {
      throw new JpegError('the decoder gives up');
    };
    this.#exports = new WebAssembly.Instance(program, {
      env: { setjmp: none, longjmp: jumpOut },
      wasi_snapshot_preview1: {
        environ_sizes_get: none,
        environ_get: none,
        fd_close: none,
        fd_seek: none,
        fd_write: none,
        proc_exit: jumpOut,
      },
    }).exports;
  }

  call(name: string, ...values: readonly number[]): number {
    const exported = this.#exports[name];
    if (typeof exported !== 'function') throw new JpegError(`the decoder has no ${name}`);
    return Number(exported(...values));
  }

  /** The place of so many bytes. */
  room(length: number): number {
    const place = this.call('malloc', length);
    if (place === 0) throw new JpegError('it is too large for the decoder');
    return place;
  }

  bytes(place: number, length: number): Uint8Array {
    const { memory } = this.#exports;
    if (!(memory instanceof WebAssembly.Memory)) throw new JpegError('the decoder has no memory');
    return new Uint8Array(memory.buffer, place, length);
  }
}
