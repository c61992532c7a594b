import type { Budget } from '../budget.ts';
import type { Report } from '../report.ts';
import { trueType } from '../true-type.ts';

/** A file written out in characters, in the middle of a text. */
export interface Blob {
  readonly type: Report['type'];
  readonly mime: string;
  /** The characters it begins with. */
  readonly head: string;
  /** Takes the bytes from the budget. */
  readonly read: () => Uint8Array;
}

/** Shorter ones are hashes, keys and identifiers. */
const SHORTEST = 200;
const MOST_LOOKED_AT = 64;
const HEAD = 8_000;
export const HEAD_SHOWN = 60;
const TICK = 1_000_000;
/** Pages have pictures, fonts and texts in them for good reasons. */
const USUAL: readonly Report['type'][] = [
  ...(['png', 'jpeg', 'gif', 'webp', 'text', 'csv', 'json', 'ndjson', 'yaml', 'toml', 'log', 'trace'] as const),
  ...(['unknown', 'other', 'empty', 'svg', 'xml'] as const),
];

/** Files that are hidden in a text as base64 or as hexadecimal digits, and are of a kind that pages have no use for. */
export async function blobsIn(text: string, budget: Budget): Promise<Blob[]> {
  const found: Blob[] = [];
  let looked = 0;
  for (const [start, end] of runsIn(text, budget)) {
    if (++looked > MOST_LOOKED_AT) break;
    const encoding = /^[\da-f]{200}/i.test(text.slice(start, start + SHORTEST)) ? 'hex' : 'base64';
    const head = Buffer.from(text.slice(start, Math.min(end, start + HEAD)), encoding);
    const { type, mime } = await trueType(head);
    if (USUAL.includes(type)) continue;
    const size = encoding === 'hex' ? (end - start) / 2 : ((end - start) * 3) / 4;
    const read = () => {
      budget.take('bytesOut', Math.ceil(size));
      return new Uint8Array(Buffer.from(text.slice(start, end), encoding));
    };
    found.push({ type, mime, head: text.slice(start, start + HEAD_SHOWN), read });
  }
  return found;
}

/** Long stretches of nothing but characters of base64, in either of its alphabets. */
function* runsIn(text: string, budget: Budget): Generator<readonly [start: number, end: number], void, undefined> {
  let nextTick = TICK;
  for (let at = 0; ; at++) {
    // Every stretch that is long enough covers one of these places.
    const probe = at + SHORTEST - 1;
    if (probe >= text.length) return;
    if (probe > nextTick) {
      nextTick = probe + TICK;
      budget.checkTime();
    }
    if (!isCoded(text.charCodeAt(probe))) {
      at = probe;
      continue;
    }
    let start = probe;
    while (start > at && isCoded(text.charCodeAt(start - 1))) start--;
    let end = probe + 1;
    while (end < text.length && isCoded(text.charCodeAt(end))) end++;
    if (end - start >= SHORTEST) yield [start, end];
    at = end;
  }
}

/** Letters, digits, `+ / - _ =`. */
function isCoded(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 47 && code <= 57) ||
    code === 43 ||
    code === 45 ||
    code === 95 ||
    code === 61
  );
}
