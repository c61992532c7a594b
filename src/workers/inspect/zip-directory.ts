import { type Budget, LimitError } from './budget.ts';
import type { LimitHit } from './report.ts';
import type { Zip, ZipEntry, ZipFlaw } from './zip-reader.ts';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const LOCAL_SIZE = 30;
const CENTRAL_SIZE = 46;
const END_SIZE = 22;
const MOST_COMMENT = 65_535;
const WIDE = 0xffffffff;
const LINK_MODE = 0xa000;

/** The entries that the directory at the end tells of; nothing when there is none. */
export function readDirectory(bytes: Uint8Array, budget: Budget): Zip | undefined {
  const view = viewOf(bytes);
  const end = findEnd(view);
  if (!end) return undefined;
  const { start, shift } = end;
  const entries: ZipEntry[] = [];
  const flaws = new Set<ZipFlaw>();
  let at = start;
  while (at + CENTRAL_SIZE <= view.byteLength && view.getUint32(at, true) === CENTRAL) {
    const limit = tooMany(budget, end.declared);
    if (limit) return { entries, flaws: [...flaws], before: 0, after: 0, limit };
    const { entry, name, next } = centralEntry(view, at, shift);
    entries.push(entry);
    if (!sameName(view, entry.at, name)) flaws.add('two-names');
    at = next;
  }
  if (overlap(entries, start)) flaws.add('overlapping');
  if (hidesEntries(view, entries, start)) flaws.add('hidden-entries');
  const first = entries.reduce((least, entry) => Math.min(least, entry.at), start);
  return { entries, flaws: [...flaws], before: Math.max(0, first), after: Math.max(0, view.byteLength - end.after) };
}

/** The entries whose own headers can be found one after another: what is left of a zip that was cut off. */
export function scanLocalHeaders(bytes: Uint8Array, budget: Budget): Zip {
  const view = viewOf(bytes);
  const entries: ZipEntry[] = [];
  const flaws: readonly ZipFlaw[] = ['no-directory'];
  let at = nextHeader(bytes, 0);
  const before = at ?? 0;
  while (at !== undefined && at + LOCAL_SIZE <= bytes.length) {
    const limit = tooMany(budget);
    if (limit) return { entries, flaws, before, after: 0, limit };
    const { entry, next } = localEntry(bytes, view, at);
    entries.push(entry);
    at = next;
  }
  return { entries, flaws, before, after: 0 };
}

/** Takes one more entry from the budget; says so when there are too many, so that those seen until then are not lost. */
function tooMany(budget: Budget, declared = 0): LimitHit | undefined {
  try {
    budget.take('entries', 1);
    return undefined;
  } catch (error) {
    if (!(error instanceof LimitError) || error.hit.limit !== 'entries') throw error;
    return { ...error.hit, seen: Math.max(declared, error.hit.seen) };
  }
}

function localEntry(bytes: Uint8Array, view: DataView, at: number) {
  const nameEnd = at + LOCAL_SIZE + view.getUint16(at + 26, true);
  const data = nameEnd + view.getUint16(at + 28, true);
  const flags = view.getUint16(at + 6, true);
  let [packed, size] = [view.getUint32(at + 18, true), view.getUint32(at + 22, true)];
  // Sizes may come after the data instead: then the data goes to the next header, and the sizes stand right before that.
  const later = (flags & 8) !== 0 || packed === WIDE;
  const next = nextHeader(bytes, later ? data : data + packed);
  if (later) {
    packed = Math.max(0, (next ?? bytes.length) - data);
    size = next === undefined || packed < 12 ? 0 : view.getUint32(next - 4, true);
  }
  const path = decodeName(bytes.subarray(at + LOCAL_SIZE, nameEnd));
  const method = view.getUint16(at + 8, true);
  const entry: ZipEntry = {
    path,
    size,
    packed,
    method,
    encrypted: (flags & 1) !== 0,
    folder: path.endsWith('/'),
    link: false,
    at,
  };
  return { entry, next };
}

interface End {
  /** Where the directory begins, and by how much all offsets in it are off because something stands before the zip. */
  readonly start: number;
  readonly shift: number;
  readonly declared: number;
  /** Where the zip is over. */
  readonly after: number;
}

function findEnd(view: DataView): End | undefined {
  const lowest = Math.max(0, view.byteLength - END_SIZE - MOST_COMMENT);
  for (let at = view.byteLength - END_SIZE; at >= lowest; at--) {
    if (view.getUint32(at, true) !== END) continue;
    const found = endAt(view, at);
    if (found) return found;
  }
  return undefined;
}

function endAt(view: DataView, at: number): End | undefined {
  const wide = wideEnd(view, at);
  const declared = wide ? wide.declared : view.getUint16(at + 10, true);
  const size = wide ? wide.size : view.getUint32(at + 12, true);
  const offset = wide ? wide.offset : view.getUint32(at + 16, true);
  const after = Math.min(view.byteLength, at + END_SIZE + view.getUint16(at + 20, true));
  const before = (wide ? wide.at : at) - size;
  for (const start of [before, offset]) {
    if (isAt(view, start, CENTRAL)) return { start, shift: start - offset, declared, after };
  }
  return size === 0 ? { start: at, shift: 0, declared, after } : undefined;
}

function wideEnd(view: DataView, end: number) {
  const locator = end - 20;
  if (!isAt(view, locator, LOCATOR_64)) return undefined;
  for (const at of [Number(view.getBigUint64(locator + 8, true)), locator - 56]) {
    if (!isAt(view, at, END_64) || at + 56 > view.byteLength) continue;
    const [declared, size, offset] = [at + 32, at + 40, at + 48].map((place) => Number(view.getBigUint64(place, true)));
    return { at, declared: declared ?? 0, size: size ?? 0, offset: offset ?? 0 };
  }
  return undefined;
}

function centralEntry(view: DataView, at: number, shift: number) {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const flags = view.getUint16(at + 8, true);
  const nameEnd = at + CENTRAL_SIZE + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  const name = bytes.subarray(at + CENTRAL_SIZE, nameEnd);
  const path = decodeName(name);
  const [packed, size, offset] = [
    view.getUint32(at + 20, true),
    view.getUint32(at + 24, true),
    view.getUint32(at + 42, true),
  ];
  const wide =
    packed === WIDE || size === WIDE || offset === WIDE
      ? wideFields(view, nameEnd, extraEnd, { size, packed, offset })
      : { size, packed, offset };
  const attributes = view.getUint32(at + 38, true);
  const entry: ZipEntry = {
    path,
    size: wide.size,
    packed: wide.packed,
    method: view.getUint16(at + 10, true),
    encrypted: (flags & 1) !== 0,
    folder: path.endsWith('/'),
    link: view.getUint8(at + 5) === 3 && ((attributes >>> 16) & 0xf000) === LINK_MODE,
    at: wide.offset + shift,
  };
  return { entry, name, next: extraEnd + view.getUint16(at + 32, true) };
}

/** The 64-bit values stand in a fixed order, and only those whose 32-bit field is full. */
function wideFields(
  view: DataView,
  from: number,
  to: number,
  narrow: { size: number; packed: number; offset: number },
) {
  const end = Math.min(to, view.byteLength);
  for (let at = from; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let field = at + 4;
    const read = (value: number) => {
      if (value !== WIDE || field + 8 > end) return value;
      field += 8;
      return Number(view.getBigUint64(field - 8, true));
    };
    return { size: read(narrow.size), packed: read(narrow.packed), offset: read(narrow.offset) };
  }
  return narrow;
}

/** Whether an entry's own header calls it the same; a program may go by either. */
function sameName(view: DataView, at: number, name: Uint8Array): boolean {
  if (!isAt(view, at, LOCAL) || at + LOCAL_SIZE + name.length > view.byteLength) return true;
  if (view.getUint16(at + 26, true) !== name.length) return false;
  return name.every((byte, index) => view.getUint8(at + LOCAL_SIZE + index) === byte);
}

/** Whether two entries share bytes, or reach into the directory: one piece of data unpacked again and again is a bomb's way. */
function overlap(entries: readonly ZipEntry[], directory: number): boolean {
  const sorted = entries.toSorted((a, b) => a.at - b.at);
  return sorted.some(({ at, packed }, index) => at + LOCAL_SIZE + packed > (sorted[index + 1]?.at ?? directory));
}

/** Whether a file lies where the directory knows of none: before the first entry, behind another, behind the last. */
function hidesEntries(view: DataView, entries: readonly ZipEntry[], directory: number): boolean {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  let from = 0;
  for (const { at, packed } of [...entries.toSorted((a, b) => a.at - b.at), { at: directory, packed: 0 }]) {
    const gap = bytes.subarray(0, Math.max(0, at));
    for (let hidden = nextHeader(gap, from); hidden !== undefined; hidden = nextHeader(gap, hidden + 4)) {
      if (isFile(view, hidden)) return true;
    }
    const names = isAt(view, at, LOCAL) && at + LOCAL_SIZE <= view.byteLength;
    const named = names ? view.getUint16(at + 26, true) + view.getUint16(at + 28, true) : 0;
    from = Math.max(from, at + LOCAL_SIZE + packed + named); // a stranger's offset may lie before the file
  }
  return false;
}

const NEWEST_VERSION = 63;
const LONGEST_HIDDEN = 1_000;

/** Programs that unpack have the signature in their code; a name behind it they have not. */
function isFile(view: DataView, at: number): boolean {
  if (at + LOCAL_SIZE > view.byteLength || view.getUint16(at + 4, true) > NEWEST_VERSION) return false;
  const [length, start] = [view.getUint16(at + 26, true), at + LOCAL_SIZE];
  if (length === 0 || length > LONGEST_HIDDEN || start + length > view.byteLength) return false;
  return new Uint8Array(view.buffer, view.byteOffset + start, length).every((byte) => byte >= 0x20);
}

/** Linear over all calls: each goes on where the last one stopped. */
function nextHeader(bytes: Uint8Array, from: number): number | undefined {
  for (let at = from; at + 4 <= bytes.length; at++) {
    if (bytes[at] === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 3 && bytes[at + 3] === 4) return at;
  }
  return undefined;
}

function decodeName(name: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(name);
  } catch {
    return new TextDecoder('latin1').decode(name);
  }
}

function isAt(view: DataView, at: number, signature: number): boolean {
  return at >= 0 && at + 4 <= view.byteLength && view.getUint32(at, true) === signature;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
