import { isControl, tooManyControls } from './controls.ts';

export type Utf16 = 'utf-16le' | 'utf-16be';
export type Utf32 = 'utf-32le' | 'utf-32be';

/** By its mark: the one of UTF-16 and two zeros, or that backwards. */
export function utf32Of(head: Uint8Array): Utf32 | undefined {
  const mark = head.subarray(0, 4).toHex();
  return mark === 'fffe0000' ? 'utf-32le' : mark === '0000feff' ? 'utf-32be' : undefined;
}

const POINTS_AT_ONCE = 8_192;
const REPLACEMENT = 0xfffd;

/** The text behind the mark: the platform knows no UTF-32. What is no character is replaced, as the platform does. */
export function fromUtf32(bytes: Uint8Array, encoding: Utf32): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let at = 4; at + 4 <= bytes.length; ) {
    const points: number[] = [];
    for (; at + 4 <= bytes.length && points.length < POINTS_AT_ONCE; at += 4) {
      const point = view.getUint32(at, encoding === 'utf-32le');
      points.push(point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ? REPLACEMENT : point);
    }
    parts.push(String.fromCodePoint(...points));
  }
  return parts.join('');
}

/** By its mark; else because every other byte is zero, as in western texts, or says the same alphabet. */
export function utf16Of(head: Uint8Array): Utf16 | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return western(head) ?? (['utf-16le', 'utf-16be'] as const).find((order) => isOneAlphabet(head, order));
}

function western(head: Uint8Array): Utf16 | undefined {
  const [even, odd] = zerosOf(head);
  const half = head.length / 2;
  const little = odd > half * 0.4 && even < half * 0.01;
  const big = even > half * 0.4 && odd < half * 0.01;
  if (half < 4 || !(little || big) || tooManyControls(head.filter((byte) => byte !== 0))) return undefined;
  return little ? 'utf-16le' : 'utf-16be';
}

/** How many there are at even and at odd places. */
function zerosOf(head: Uint8Array): [number, number] {
  let [even, odd] = [0, 0];
  for (let at = 0; at < head.length; at++) {
    if (head[at] !== 0) continue;
    if (at % 2 === 0) even++;
    else odd++;
  }
  return [even, odd];
}

/** Texts of fewer bytes tell nothing about their alphabet. */
const FEW_BYTES = 16;
/** Greek, Cyrillic, Hebrew and Arabic are on these pages of Unicode, and dashes and quotes on another. */
const ALPHABETS = { first: 3, last: 6 };
const PUNCTUATION = 0x20;
const SPACES = 0.02;
const STRANGERS = 0.02;

/** Mostly letters of one of these alphabets, with white space between the words and hardly anything else. */
function isOneAlphabet(head: Uint8Array, order: Utf16): boolean {
  const units = head.length >> 1;
  const high = order === 'utf-16le' ? 1 : 0;
  let [letters, spaces, strangers] = [0, 0, 0];
  for (let at = 0; at < units * 2; at += 2) {
    const page = head[at + high] ?? 0;
    const place = head[at + 1 - high] ?? 0;
    if (page >= ALPHABETS.first && page <= ALPHABETS.last) letters++;
    else if (page === 0 && (place === 32 || place === 9 || place === 10)) spaces++;
    else if ((page === 0 ? isControl(place) : page !== PUNCTUATION) && ++strangers > units * STRANGERS) return false;
  }
  return head.length >= FEW_BYTES && letters > units * 0.4 && spaces > units * SPACES;
}
