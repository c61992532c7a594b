/** What a letter is to the ends of words. */
const OTHER = 1;
/** Letters, marks and digits. */
const WORD = 2;
/** Those of scripts that put no spaces between words: a word may begin and end anywhere. */
const UNSPACED = 3;

const IN_WORDS = /[\p{L}\p{M}\p{N}]/u;
const IN_UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Javanese}\p{Script=Balinese}\p{Script=Tai_Tham}\p{Script=Tai_Le}\p{Script=New_Tai_Lue}]/u;

/** By code point, worked out when it is first met; 0 is not known yet. */
const known = new Uint8Array(0x11_0000);

function kindOf(codePoint: number): number {
  const kind = known[codePoint] ?? OTHER;
  if (kind !== 0) return kind;
  const letter = String.fromCodePoint(codePoint);
  const found = IN_UNSPACED.test(letter) ? UNSPACED : IN_WORDS.test(letter) ? WORD : OTHER;
  known[codePoint] = found;
  return found;
}

/** Whether a word can end, or begin, before the unit at that place: not between two letters of one word. */
export function isEdge(units: Uint16Array, length: number, at: number): boolean {
  if (at <= 0 || at >= length) return true;
  return !(isInWord(codePointBefore(units, at)) && isInWord(codePointAt(units, length, at)));
}

/** Whether the letter is of a word that has its ends marked. */
function isInWord(codePoint: number): boolean {
  return kindOf(codePoint) === WORD;
}

/** Where the letters of words from a place on end, at most so many. */
export function endOfLetters(units: Uint16Array, length: number, from: number, most: number): number {
  let at = from;
  for (let letters = 0; letters < most && at < length; letters++) {
    if (kindOf(codePointAt(units, length, at)) === OTHER) break;
    at = after(units, length, at);
  }
  return at;
}

/** Where the letters of words before a place begin, at most so many. */
export function startOfLetters(units: Uint16Array, to: number, most: number): number {
  let at = to;
  for (let letters = 0; letters < most && at > 0; letters++) {
    if (kindOf(codePointBefore(units, at)) === OTHER) break;
    at = before(units, at);
  }
  return at;
}

/** The place after the letter that is at a place. */
export function after(units: Uint16Array, length: number, at: number): number {
  return at + (codePointAt(units, length, at) > 0xffff ? 2 : 1);
}

/** The place of the letter that ends at a place. */
export function before(units: Uint16Array, at: number): number {
  return at - (codePointBefore(units, at) > 0xffff ? 2 : 1);
}

function codePointAt(units: Uint16Array, length: number, at: number): number {
  const first = units[at] ?? 0;
  if ((first & 0xfc00) !== 0xd800 || at + 1 >= length) return first;
  return joined(first, units[at + 1] ?? 0, first);
}

function codePointBefore(units: Uint16Array, at: number): number {
  const last = units[at - 1] ?? 0;
  if ((last & 0xfc00) !== 0xdc00 || at < 2) return last;
  return joined(units[at - 2] ?? 0, last, last);
}

function joined(high: number, low: number, alone: number): number {
  const pair = (high & 0xfc00) === 0xd800 && (low & 0xfc00) === 0xdc00;
  return pair ? ((high & 0x3ff) << 10) + (low & 0x3ff) + 0x1_0000 : alone;
}
