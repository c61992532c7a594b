import { ByteReader } from './byte-reader.ts';
import type { RarHeader } from './open-rar.ts';

const MAIN = 1;
const FILE = 2;
const ENCRYPTION = 4;
const END = 5;
const HAS_EXTRA = 1;
const HAS_DATA = 2;
const VOLUME = 1;
const IS_FOLDER = 1;
const HAS_TIME = 2;
const HAS_SUM = 4;
const UNKNOWN_SIZE = 8;
const EXTRA_ENCRYPTION = 1;
const EXTRA_LINK = 5;

/** The header of RAR 5 that stands at `at`; throws where there is none. */
export function nextRar5(bytes: Uint8Array, at: number): RarHeader {
  const outer = new ByteReader(bytes, at + 4);
  const size = outer.vint();
  if (size < 2 || size > 2_097_152) throw new Error(`no header at ${at}`);
  const end = outer.at + size;
  const reader = new ByteReader(outer.bytes(size));
  const kind = reader.vint();
  const flags = reader.vint();
  const extra = flags & HAS_EXTRA ? reader.vint() : 0;
  const data = flags & HAS_DATA ? reader.vint() : 0;
  if (kind === END) return { kind: 'end' };
  if (kind === ENCRYPTION) return { kind: 'locked' };
  if (kind !== FILE)
    return { kind: 'other', volume: kind === MAIN && (reader.vint() & VOLUME) !== 0, next: end + data };
  const fileFlags = reader.vint();
  const unpacked = reader.vint();
  reader.vint(); // attributes
  if (fileFlags & HAS_TIME) reader.skip(4);
  if (fileFlags & HAS_SUM) reader.skip(4);
  reader.vint(); // how it is packed
  reader.vint(); // on which system
  const path = new TextDecoder().decode(reader.bytes(reader.vint()));
  const more = extras(reader, extra);
  const entry = {
    path,
    size: fileFlags & UNKNOWN_SIZE ? 0 : unpacked,
    packed: data,
    folder: (fileFlags & IS_FOLDER) !== 0,
    ...more,
  };
  return { kind: 'file', entry, next: end + data };
}

/** Records behind the name: whether it is locked, and where it points. */
function extras(reader: ByteReader, size: number): { readonly encrypted: boolean; readonly target?: string } {
  let encrypted = false;
  let target: string | undefined;
  const records = new ByteReader(reader.bytes(Math.min(size, reader.left)));
  while (records.left > 1) {
    const record = new ByteReader(records.bytes(Math.min(records.vint(), records.left)));
    const kind = record.vint();
    if (kind === EXTRA_ENCRYPTION) encrypted = true;
    if (kind !== EXTRA_LINK) continue;
    record.vint();
    record.vint();
    target = new TextDecoder().decode(record.bytes(record.vint()));
  }
  return { encrypted, ...(target !== undefined && { target }) };
}
