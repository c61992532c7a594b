import { ByteReader } from './byte-reader.ts';
import type { RarHeader } from './open-rar.ts';

const MAIN = 0x73;
const FILE = 0x74;
const END = 0x7b;
const VOLUME = 0x0001;
const LOCKED = 0x0080;
const LARGE = 0x0100;
const UNICODE = 0x0200;
const ENCRYPTED = 0x04;
const HAS_DATA = 0x8000;
const FOLDER = 0xe0;
const UNIX = 3;
const LINK_MODE = 0xa000;

/** The header of RAR up to 4 that stands at `at`; throws where there is none. */
export function nextRar4(bytes: Uint8Array, at: number): RarHeader {
  const reader = new ByteReader(bytes, at + 2);
  const kind = reader.uint(1);
  const flags = reader.uint(2);
  const size = reader.uint(2);
  if (size < 7 || kind < 0x72 || kind > 0x7b) throw new Error(`no header at ${at}`);
  if (kind === END) return { kind: 'end' };
  if (kind === MAIN && flags & LOCKED) return { kind: 'locked' };
  if (kind !== FILE) {
    const data = flags & HAS_DATA ? reader.uint(4) : 0;
    return { kind: 'other', volume: kind === MAIN && (flags & VOLUME) !== 0, next: at + size + data };
  }
  let [packed, unpacked] = [reader.uint(4), reader.uint(4)];
  const host = reader.byte();
  reader.skip(4 + 4 + 1 + 1);
  const nameLength = reader.uint(2);
  const attributes = reader.uint(4);
  if (flags & LARGE) {
    packed += reader.uint(4) * 2 ** 32;
    unpacked += reader.uint(4) * 2 ** 32;
  }
  const path = nameOf(reader.bytes(nameLength), (flags & UNICODE) !== 0).replaceAll('\\', '/');
  const link = host === UNIX && ((attributes >>> 0) & 0xf000) === LINK_MODE;
  const entry = {
    path,
    size: unpacked,
    packed,
    encrypted: (flags & ENCRYPTED) !== 0,
    folder: (flags & FOLDER) === FOLDER,
    ...(link && { target: '?' }),
  };
  return { kind: 'file', entry, next: at + size + packed };
}

/** A plain name, behind which its other spelling may follow: high bytes, each kept, shared or run together. */
function nameOf(field: Uint8Array, unicode: boolean): string {
  const end = field.indexOf(0);
  const plain = end === -1 ? field : field.subarray(0, end);
  if (!unicode || end === -1) return decode(plain);
  const packed = new ByteReader(field, end + 1);
  let name = '';
  try {
    const high = packed.byte() << 8;
    let [flags, bits] = [0, 0];
    while (packed.left > 0) {
      if (bits === 0) {
        flags = packed.byte();
        bits = 8;
      }
      bits -= 2;
      name += piece((flags >> bits) & 3, packed, high, plain, name.length);
    }
  } catch {
    // cut off inside its last character: what came until then is its name
  }
  return name;
}

function piece(kind: number, packed: ByteReader, high: number, plain: Uint8Array, at: number): string {
  if (kind === 0) return String.fromCharCode(packed.byte());
  if (kind === 1) return String.fromCharCode(packed.byte() + high);
  if (kind === 2) return String.fromCharCode(packed.uint(2));
  const length = packed.byte();
  const correction = length & 0x80 ? packed.byte() : undefined;
  const taken = plain.subarray(at, at + (length & 0x7f) + 2);
  return [...taken]
    .map((byte) => String.fromCharCode(correction === undefined ? byte : ((byte + correction) & 0xff) + high))
    .join('');
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}
