import { crc32 } from 'node:zlib';
import type { UploadedFile } from '../../sandbox/server/state/file-store.ts';

/** A file that can be had any number of times, each with other bytes: results are kept by content. */
export interface Template {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** Writes the serial into a copy. */
  readonly stamp: (copy: Uint8Array, serial: number) => void;
}

export const SERIAL = '0'.repeat(16);
const encoder = new TextEncoder();

/** A copy that nobody has seen: copying is all that is left to do while people wait. */
export function copyOf({ name, contentType, bytes, stamp }: Template, serial: number): UploadedFile {
  const copy = bytes.slice();
  stamp(copy, serial);
  return { name, contentType, bytes: copy };
}

/** A file in which the digits of a serial may stand as they are: `SERIAL` is in it once, and is replaced. */
export function withDigits(name: string, contentType: string, bytes: Uint8Array): Template {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf(SERIAL);
  if (at < 0) throw new Error(`${name} has no place for a serial`);
  return { name, contentType, bytes, stamp: (copy, serial) => copy.set(digits(serial), at) };
}

const IHDR_ENDS = 33;
const CHUNK_HEAD = 8;

/** A PNG with the serial in a text chunk, whose sum is right. */
export function stampedPng(name: string, png: Uint8Array): Template {
  const text = encoder.encode(`tEXtSerial\0${SERIAL}`);
  const chunk = new Uint8Array(4 + text.length + 4);
  new DataView(chunk.buffer).setUint32(0, text.length - 4);
  chunk.set(text, 4);
  const bytes = joined([png.subarray(0, IHDR_ENDS), chunk, png.subarray(IHDR_ENDS)]);
  const stamp = (copy: Uint8Array, serial: number) => {
    const body = copy.subarray(IHDR_ENDS + 4, IHDR_ENDS + 4 + text.length);
    body.set(digits(serial), text.length - SERIAL.length);
    new DataView(copy.buffer, copy.byteOffset).setUint32(IHDR_ENDS + CHUNK_HEAD + text.length - 4, crc32(body));
  };
  return { name, contentType: 'image/png', bytes, stamp };
}

/** A JPEG with the serial in a comment behind its first marker. */
export function stampedJpeg(name: string, jpeg: Uint8Array): Template {
  const comment = joined([Uint8Array.of(0xff, 0xfe, 0, SERIAL.length + 2), encoder.encode(SERIAL)]);
  return withDigits(name, 'image/jpeg', joined([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]));
}

const GZIP_TIME_AT = 4;

/** A gzip file with the serial where the time of its content stands. */
export function stampedGzip(name: string, gzip: Uint8Array): Template {
  const stamp = (copy: Uint8Array, serial: number) =>
    new DataView(copy.buffer, copy.byteOffset).setUint32(GZIP_TIME_AT, serial % 2 ** 32);
  return { name, contentType: 'application/gzip', bytes: gzip, stamp };
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function digits(serial: number): Uint8Array {
  return encoder.encode(String(serial).padStart(SERIAL.length, '0'));
}
