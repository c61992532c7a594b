import { BotError } from '../../lib/errors.ts';
import { type Budget, LimitError } from './budget.ts';
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

/** `no-directory`: the end is missing or wrong, the entries are those whose own headers were found. */
export type ZipFlaw = 'no-directory' | 'overlapping' | 'two-names';

export interface Zip {
  readonly entries: readonly ZipEntry[];
  readonly flaws: readonly ZipFlaw[];
  /** Bytes before the first and after the last thing that belongs to the zip. */
  readonly before: number;
  readonly after: number;
  /** Set when there are more entries than may be read. */
  readonly limit?: LimitHit;
}

/** An entry that cannot be had: `lies` when more comes out of it than it says. */
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
  const sink = new Sink(budget, { expected: wanted, most: wanted });
  try {
    inflate('raw', packed, sink, most < entry.size ? most : undefined);
  } catch (error) {
    // Over the budget is the budget's to tell; over the claim is the entry's lie.
    if (error instanceof LimitError && error.hit.allowed !== wanted) throw error;
    throw new ZipEntryError(entry.path, error instanceof LimitError ? 'lies' : 'broken', error);
  }
  return sink.bytes();
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
