import type { Form } from './form.ts';
import { Kind } from './letters.ts';
import { Reader, type Readings, type Word } from './readings.ts';

/** Figures and signs, and the letter that each is meant for. */
const LATIN = tableOf('0o 1i 2z 3e 4a 5s 6g 7t 8b 9g @a $s !i |i +t €e £l ¢c ¥y (c');
/** What some of them may be as well. */
const LATIN_TOO = tableOf('1l 6b 9q !l |l');
const CYRILLIC = tableOf('0о 1і 3з 4ч 6б 8в 9д @а $ѕ €е');
/** Of so many in a word each way is tried by itself, of more all the one or all the other. */
const MOST_TRIED = 2;
/** Only between letters: at the ends of words they are what they are. */
const INNER = new Set([0x21, 0x7c, 0x2b, 0x28]);
const [SPACE, COLON, SLASH, AT] = [0x20, 0x3a, 0x2f, 0x40];
const SHORTEST = 3;
/** So many figures at an end are a number, if it is not one of these twice. */
const NUMBER = 2;
const DOUBLED = new Set([0x30, 0x33]);

function tableOf(pairs: string): ReadonlyMap<number, number> {
  return new Map(pairs.split(' ').map((pair) => [pair.charCodeAt(0), pair.charCodeAt(1)]));
}

/** Reads words in which figures and signs stand for letters as those letters; not in addresses. */
export function readLeet(form: Form, word: Word, readings: Readings): void {
  const { units, length } = form;
  for (let start = 0; start < length; ) {
    let end = start;
    while (end < length && units[end] !== SPACE) end++;
    if (end - start >= SHORTEST && !isAddress(units, start, end)) readToken(form, start, end, word, readings);
    start = end + 1;
  }
}

/** Of a page, or of a mailbox. */
function isAddress(units: Uint16Array, start: number, end: number): boolean {
  let mailbox = false;
  for (let at = start; at < end; at++) {
    if (at + 2 < end && units[at] === COLON && units[at + 1] === SLASH && units[at + 2] === SLASH) return true;
    if (units[at] === AT && at > start) mailbox = true;
    if (mailbox && units[at] === 0x2e && at + 1 < end) return true;
  }
  return false;
}

function readToken(form: Form, start: number, end: number, word: Word, readings: Readings): void {
  for (let from = start; from < end; ) {
    let to = from;
    while (to < end && isPart(form, to)) to++;
    if (to - from >= SHORTEST) readPart(form, from, to, word, readings);
    from = to + 1;
  }
}

function isPart({ units, kinds }: Form, at: number): boolean {
  return (kinds[at] ?? 0) >= Kind.vowel || LATIN.has(units[at] ?? 0);
}

function readPart(form: Form, first: number, last: number, word: Word, readings: Readings): void {
  const { units } = form;
  let [start, end] = [first, last];
  while (start < end && INNER.has(units[start] ?? 0)) start++;
  while (end > start && INNER.has(units[end - 1] ?? 0)) end--;
  if (end - start < SHORTEST || !isMeant(form, start, end)) return;
  word.take(form, start, end);
  if (word.kinds.includes(Kind.cyrillic)) readings.add(Reader.leet, 0, word, (at) => lettered(word, at, CYRILLIC));
  else readLatin(word, readings);
}

function readLatin(word: Word, readings: Readings): void {
  const open = word.units.flatMap((unit, at) => (LATIN_TOO.has(unit) ? [at] : []));
  const ways = open.length > MOST_TRIED ? 2 : 1 << open.length;
  for (let way = 0; way < ways; way++) {
    const isOther = (at: number) => (way >> Math.min(open.indexOf(at), open.length > MOST_TRIED ? 0 : MOST_TRIED)) & 1;
    readings.add(Reader.leet, way, word, (at) => {
      const other = open.includes(at) && isOther(at) === 1 ? LATIN_TOO.get(word.units[at] ?? 0) : undefined;
      return other ?? lettered(word, at, LATIN);
    });
  }
}

function lettered({ units }: Word, at: number, table: ReadonlyMap<number, number>): number {
  return table.get(units[at] ?? 0) ?? units[at] ?? 0;
}

/** Whether letters are the better part, and no number stands at an end. */
function isMeant(form: Form, start: number, end: number): boolean {
  const { units } = form;
  let [letters, others] = [0, 0];
  for (let at = start; at < end; at++) {
    if (LATIN.has(units[at] ?? 0)) others++;
    else letters++;
  }
  if (others === 0 || letters < others) return false;
  return !isNumber(form, start) && !isNumber(form, end - NUMBER);
}

/** Two figures in a row, but for vowels that words are written with twice: `fr33`, `t00`. */
function isNumber({ units, kinds }: Form, at: number): boolean {
  if (kinds[at] !== Kind.figure || kinds[at + 1] !== Kind.figure) return false;
  return units[at] !== units[at + 1] || !DOUBLED.has(units[at] ?? 0);
}
