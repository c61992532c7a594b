import { isClose, lettersLike } from '../../lib/unicode/look-alikes.ts';
import type { Form } from './form.ts';
import { Kind, type Letters } from './letters.ts';
import { Reader, type Readings, type Word } from './readings.ts';
import type { Words } from './words.ts';

/** Alphabets that a word may have letters of; bits. */
const [LATIN, CYRILLIC, GREEK, RARE, OTHER] = [1, 2, 4, 8, 16];
const BITS: readonly number[] = Object.assign(Array<number>(16).fill(0), {
  [Kind.latin]: LATIN,
  [Kind.cyrillic]: CYRILLIC,
  [Kind.greek]: GREEK,
  [Kind.rare]: RARE,
  [Kind.ideograph]: OTHER,
  [Kind.letter]: OTHER,
});

/** Shorter words of one alphabet are read as they are: too many are words of both. */
const SHORTEST = 3;
/** Cyrillic letters that no big language has, so that a word with them is more likely drawn than written. */
const ODD = /[\u0501\u051b\u051d\u04cf]/;
const CYRILLIC_LIKE = lettersLike(0x430, 0x45f);
const GREEK_LIKE = lettersLike(0x3b1, 0x3c9);
/** The last letter of the alphabet that most write with; what comes behind it is seldom meant. */
const CYRILLIC_END = 0x44f;

/**
 * Words that mix alphabets are written in one: in the one they have most of, where each of their letters has a like there, or else
 * in another where that is so. What the others make of it is a reading. Words of one alphabet stay as they are; where all of a
 * word's letters are as good as Latin ones, and the rest of the message is Latin, the Latin word is a reading.
 */
export class Alphabets {
  readonly #letters: Letters;
  readonly #word: Word;
  readonly #readings: Readings;
  /** Alphabets of which a word was met that is no drawing of Latin letters. */
  #spoken = 0;
  readonly #drawn: number[] = [];

  constructor(letters: Letters, word: Word, readings: Readings) {
    this.#letters = letters;
    this.#word = word;
    this.#readings = readings;
  }

  resolve(form: Form, words: Words): void {
    this.#spoken = 0;
    this.#drawn.length = 0;
    for (let at = 0; at < words.length; at++) this.#look(form, words.starts[at] ?? 0, words.ends[at] ?? 0);
    for (let at = 0; at < this.#drawn.length; at += 2) {
      this.#readDrawn(form, this.#drawn[at] ?? 0, this.#drawn[at + 1] ?? 0);
    }
  }

  #look(form: Form, start: number, end: number): void {
    const { units, kinds, like, piled } = form;
    let [mixture, unlike, marked, beyond] = [0, 0, 0, 0];
    for (let at = start; at < end; at++) {
      const unit = units[at] ?? 0;
      if (unit < 0x80 && piled[at] === 0) mixture |= BITS[kinds[at] ?? 0] ?? 0;
      else {
        beyond = 1;
        marked |= piled[at] ?? 0;
        mixture |= bitOf(kinds[at] ?? 0, like[at] ?? 0);
        if (like[at] === 0) unlike++;
      }
    }
    if (beyond === 0) this.#spoken |= mixture & LATIN;
    else if (marked === 1) this.#strip(form, start, end);
    if (beyond === 0) return;
    if (isMixed(mixture)) this.#unmix(form, start, end, unlike === 0);
    else this.#note(form, start, end, mixture, unlike === 0);
  }

  /** Marks that are piled up make letters of all that stand in the word, also of those that happen to be letters with their mark. */
  #strip(form: Form, start: number, end: number): void {
    for (let at = start; at < end; at++) {
      const kind = form.kinds[at] ?? 0;
      if (kind < Kind.latin || kind > Kind.greek) continue;
      const bare = this.#letters.bare(form.units[at] ?? 0);
      form.units[at] = bare;
      form.like[at] = this.#letters.like(bare) || (form.like[at] ?? 0);
    }
  }

  #unmix(form: Form, start: number, end: number, asLatin: boolean): void {
    const [best, ...others] = waysToWrite(form, start, end, asLatin);
    if (!best) return;
    if (others.length > 0) this.#word.take(form, start, end);
    for (const [way, { to }] of others.entries())
      this.#readings.add(Reader.alphabets, way, this.#word, (at) => to(start + at));
    for (let at = start; at < end; at++) this.#write(form, at, best.to(at));
  }

  #write(form: Form, at: number, unit: number): void {
    if (form.units[at] === unit) return;
    form.units[at] = unit;
    form.kinds[at] = this.#letters.kind(unit);
    form.like[at] = this.#letters.like(unit);
  }

  #note(form: Form, start: number, end: number, mixture: number, asLatin: boolean): void {
    if (!asLatin || end - start < SHORTEST) this.#spoken |= mixture;
    else if (mixture === RARE) this.#drawn.push(start, end);
    else if ((mixture === CYRILLIC || mixture === GREEK) && isAllClose(form, start, end)) this.#drawn.push(start, end);
    else this.#spoken |= mixture;
  }

  #readDrawn(form: Form, start: number, end: number): void {
    this.#word.take(form, start, end);
    const mixture = BITS[form.kinds[start] ?? 0] ?? 0;
    const odd = ODD.test(String.fromCharCode(...this.#word.units));
    const alone = (this.#spoken & LATIN) === 0 && !odd;
    if (mixture !== RARE && (alone || (this.#spoken & mixture) !== 0)) return;
    this.#readings.add(Reader.drawn, 0, this.#word, (at) => this.#word.like[at] ?? 0);
  }
}

/** A figure that is drawn as a letter counts as one of another alphabet. */
function bitOf(kind: number, like: number): number {
  return kind === Kind.figure && like >= 0x61 ? OTHER : (BITS[kind] ?? 0);
}

function isMixed(mixture: number): boolean {
  return (mixture & (mixture - 1)) !== 0 && mixture !== (RARE | OTHER);
}

/** Letters, their kinds, and what they look like: a form, or a word. */
type Written = { readonly [part in 'units' | 'kinds' | 'like']: ArrayLike<number> };

/** How a word that mixes alphabets may be written in one of them: what each letter is there. */
interface Way {
  /** Whether each letter is hard to tell from what it is there. */
  readonly close: boolean;
  /** Letters that are of that alphabet. */
  readonly share: number;
  readonly to: (at: number) => number;
}

/** The likeliest first. */
export function waysToWrite(written: Written, start: number, end: number, asLatin: boolean): readonly Way[] {
  const ways = [
    wayInto(written, start, end, Kind.cyrillic, CYRILLIC_LIKE),
    wayInto(written, start, end, Kind.greek, GREEK_LIKE),
  ];
  const share = countOf(written, start, end, Kind.latin);
  if (asLatin) {
    const close = every(start, end, (at) => written.kinds[at] === Kind.latin || isClose(written.units[at] ?? 0));
    const to = (at: number) => (written.kinds[at] === Kind.latin ? written.units[at] : written.like[at]) ?? 0;
    ways.unshift({ close, share, to });
  }
  return ways.filter((way) => way !== undefined).sort((a, b) => Number(b.close) - Number(a.close) || b.share - a.share);
}

/** Nothing where no letter is of that alphabet, or one has no like in it. */
function wayInto(written: Written, start: number, end: number, kind: number, like: Uint16Array): Way | undefined {
  const { units, kinds } = written;
  const share = countOf(written, start, end, kind);
  if (share === 0) return undefined;
  const to = (at: number) => {
    const own = kinds[at] === kind || kinds[at] === Kind.figure;
    return own ? (units[at] ?? 0) : (like[units[at] ?? 0] ?? 0);
  };
  if (!every(start, end, (at) => to(at) !== 0)) return undefined;
  return {
    share,
    to,
    close: every(start, end, (at) => kinds[at] === kind || (isClose(to(at)) && to(at) <= CYRILLIC_END)),
  };
}

function every(start: number, end: number, holds: (at: number) => boolean): boolean {
  for (let at = start; at < end; at++) if (!holds(at)) return false;
  return true;
}

function countOf({ kinds }: Written, start: number, end: number, kind: number): number {
  let count = 0;
  for (let at = start; at < end; at++) if (kinds[at] === kind) count++;
  return count;
}

function isAllClose({ units, kinds }: Written, start: number, end: number): boolean {
  return every(start, end, (at) => kinds[at] === Kind.figure || isClose(units[at] ?? 0));
}
