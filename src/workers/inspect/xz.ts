import type { Budget } from './budget.ts';
import { LzmaDecoder } from './lzma.ts';
import { hasAt } from './magic.ts';
import type { Sink } from './sink.ts';

const MAGIC = '\xfd7zXZ\0';
const HEADER = 12;
const LZMA2 = 0x21;
const CHECK_SIZES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];

/** Unpacks the streams of an xz file into `sink`; LimitError and Error as `inflate` throws them. */
export function unxz(bytes: Uint8Array, sink: Sink, budget: Budget): void {
  let at = 0;
  while (hasAt(bytes, at, MAGIC)) {
    const check = CHECK_SIZES[(bytes[at + 7] ?? 0) & 15] ?? 0;
    at += HEADER;
    for (;;) {
      budget.checkTime();
      const size = bytes[at];
      if (size === undefined) throw new Error('xz: cut off');
      if (size === 0) break; // the index, after which nothing is unpacked any more
      const start = at + (size + 1) * 4;
      checkFilters(bytes.subarray(at, start));
      const decoder = new LzmaDecoder(sink, bytes, start);
      decoder.lzma2();
      at = start + Math.ceil((decoder.at - start) / 4) * 4 + check;
    }
    at = nextStream(bytes, at);
  }
}

/** Only LZMA2 alone: the others, for programs of one processor each, are rare and would be more to get wrong. */
function checkFilters(header: Uint8Array): void {
  const flags = header[1] ?? 0;
  let at = 2;
  for (const present of [flags & 0x40, flags & 0x80]) if (present) at = vint(header, at).next;
  const filter = vint(header, at).value;
  if ((flags & 3) !== 0 || filter !== LZMA2) throw new Error('xz: packed in a way that is not known here');
}

/** Where another stream begins, behind the index, the footer and padding; the end when there is none. */
function nextStream(bytes: Uint8Array, index: number): number {
  const records = vint(bytes, index + 1);
  let at = records.next;
  for (let left = records.value; left > 0 && at < bytes.length; left--) at = vint(bytes, vint(bytes, at).next).next;
  at = index + Math.ceil((at - index) / 4) * 4 + 4 + HEADER;
  while (at < bytes.length && bytes[at] === 0) at++;
  return at;
}

function vint(bytes: Uint8Array, start: number): { readonly value: number; readonly next: number } {
  let [value, at] = [0, start];
  for (let factor = 1; at < start + 9; factor *= 128) {
    const byte = bytes[at++] ?? 0;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) break;
  }
  return { value, next: at };
}
