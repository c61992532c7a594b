import { BotError } from '../../lib/errors.ts';
import { type Budget, LimitError } from './budget.ts';
import { sizeOfDeflated } from './deflate-size.ts';
import { startOfDeflated } from './deflate-start.ts';
import { inflate } from './inflate.ts';
import type { LimitHit } from './report.ts';
import { Sink } from './sink.ts';
import { readDirectory, scanLocalHeaders } from './zip-directory.ts';

/** One file or folder of a zip, as its directory describes it: all of it is a stranger's claim. */
export interface ZipEntry {
  readonly path: string;
  /** Unpacked and packed, in bytes, as claimed. */
  readonly size: number;
  readonly packed: number;
  readonly method: number;
  readonly encrypted: boolean;
  readonly folder: boolean;
  /** A symbolic link: its content is where it points. */
  readonly link: boolean;
  /** Where its local header should be. */
  readonly at: number;
}

/**
 * `no-directory`: the end is missing or wrong, the entries are those whose own headers were found. `hidden-entries`: files
 * lie before or between those that the directory tells of.
 */
export type ZipFlaw = 'no-directory' | 'overlapping' | 'two-names' | 'hidden-entries';

export interface Zip {
  readonly entries: readonly ZipEntry[];
  readonly flaws: readonly ZipFlaw[];
  /** Bytes before the first and after the last thing that belongs to the zip. */
  readonly before: number;
  readonly after: number;
  /** Set when there are more entries than may be read. */
  readonly limit?: LimitHit;
}

/** An entry that cannot be had: `lies` when more or less comes out of it than it says. */
export class ZipEntryError extends BotError {
  readonly fault: 'broken' | 'encrypted' | 'method' | 'lies';

  constructor(path: string, fault: ZipEntryError['fault'], cause?: unknown) {
    super(`cannot unpack ${path.slice(0, 100)}: ${fault}`, { cause });
    this.fault = fault;
  }
}

/** The names and sizes in a zip, whole or cut off; takes each entry from the budget, never throws but for the time. */
export function readZip(bytes: Uint8Array, budget: Budget): Zip {
  return readDirectory(bytes, budget) ?? scanLocalHeaders(bytes, budget);
}

const STORED = 0;
const DEFLATED = 8;
/** Up to so many bytes, reading codes bit by bit is faster than setting up tables for them. */
const SMALL = 4_096;

/**
 * What is in an entry, or the first `most` bytes of it. Never more than it claims to be, nor than the budget has left
 * (LimitError, before it is unpacked when the claim says so already). ZipEntryError when it cannot be had.
 */
export function unpack(bytes: Uint8Array, entry: ZipEntry, budget: Budget, most = Number.MAX_SAFE_INTEGER): Uint8Array {
  if (entry.encrypted) throw new ZipEntryError(entry.path, 'encrypted');
  const packed = packedBytes(bytes, entry);
  const wanted = Math.min(entry.size, most);
  if (wanted > budget.left('bytesOut')) budget.take('bytesOut', wanted);
  if (entry.method === STORED) {
    if (entry.packed !== entry.size) throw new ZipEntryError(entry.path, 'lies');
    if (packed.length < wanted) throw new ZipEntryError(entry.path, 'broken');
    budget.take('bytesOut', wanted);
    return packed.subarray(0, wanted);
  }
  if (entry.method !== DEFLATED) throw new ZipEntryError(entry.path, 'method');
  const found = inflated(packed, entry, budget, most);
  if (found.length !== wanted) throw new ZipEntryError(entry.path, 'lies');
  return found;
}

/** Whether it comes to what it says, without unpacking it. ZipEntryError where not, as soon as that is known. */
export function measure(bytes: Uint8Array, entry: ZipEntry, budget: Budget): void {
  if (entry.method !== DEFLATED || entry.encrypted) return;
  const packed = packedBytes(bytes, entry);
  const comes = orBroken(entry, () => sizeOfDeflated(packed, entry.size + 1, budget));
  if (comes !== entry.size) throw new ZipEntryError(entry.path, 'lies');
}

/** Where all of it is wanted, one byte more than it says, if there is one. */
function inflated(packed: Uint8Array, entry: ZipEntry, budget: Budget, most: number): Uint8Array {
  const wanted = most < entry.size ? most : entry.size + 1;
  if (wanted <= SMALL) {
    budget.take('bytesOut', Math.min(entry.size, most));
    return orBroken(entry, () => startOfDeflated(packed, wanted, budget));
  }
  const sink = new Sink(budget, { expected: wanted, most: wanted });
  orBroken(entry, () => inflate('raw', packed, sink, wanted));
  return sink.bytes();
}

function orBroken<T>(entry: ZipEntry, unpacked: () => T): T {
  try {
    return unpacked();
  } catch (error) {
    if (error instanceof LimitError) throw error;
    throw new ZipEntryError(entry.path, 'broken', error);
  }
}

const LOCAL_HEADER = 0x04034b50;

/** The packed bytes behind an entry's own header; its directory's word counts for how many there are. */
function packedBytes(bytes: Uint8Array, { at, packed, path }: ZipEntry): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (at < 0 || at + 30 > bytes.length || view.getUint32(at, true) !== LOCAL_HEADER)
    throw new ZipEntryError(path, 'broken');
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  return bytes.subarray(start, start + packed);
}
