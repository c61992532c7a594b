import { deflateRawSync } from 'node:zlib';
import { concat, latin1, u32 } from './bytes.ts';
import { bzip2 } from './bzip2.ts';
import { deflatedZeros } from './zip.ts';

/** One packed file; `name` stands in its header. */
export function gzip(content: string | Uint8Array, { name = '' } = {}): Uint8Array {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return member(new Uint8Array(deflateRawSync(bytes)), bytes.length, name);
}

/** So many zeros, packed without ever having them. */
export function gzipOfZeros(size: number): Uint8Array {
  return member(deflatedZeros(size), size % 2 ** 32, '');
}

/** Members of nothing, one behind the other, as many as so many bytes hold. */
export function emptyMembers(bytes: number): Uint8Array {
  const one = member(Uint8Array.of(3, 0), 0, '');
  return concat(Array.from({ length: Math.floor(bytes / one.length) }, () => one));
}

/** So many zeros, in a few dozen bytes. */
export function bzip2OfZeros(size: number): Uint8Array {
  return bzip2({ zeros: size });
}

function member(deflated: Uint8Array, size: number, name: string): Uint8Array {
  const head = Uint8Array.of(0x1f, 0x8b, 8, name === '' ? 0 : 8, 0, 0, 0, 0, 0, 3);
  return concat([head, latin1(name === '' ? '' : `${name}\0`), deflated, u32(0), u32(size)]);
}
