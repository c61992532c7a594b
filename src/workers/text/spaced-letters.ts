import { waysToWrite } from './alphabets.ts';
import type { Form } from './form.ts';
import { Kind } from './letters.ts';
import type { Readings, Word } from './readings.ts';
import type { Words } from './words.ts';

/** Signs and spaces between two letters of one word. */
const WIDEST_GAP = 3;
/** Fewer letters apart are letters; of signs that may be words by themselves two are enough. */
const FEWEST = 3;
const FEWEST_OF_HAN = 2;
const SPACE = 0x20;

/** Reads letters that stand apart from each other as the word that they make: `b a d`, `b.a.d`, `b-a-d  w-o-r-d`. */
export class SpacedLetters {
  readonly #word: Word;
  readonly #readings: Readings;
  #letters = 0;
  /** The first gap, as its place in the form and its length. */
  #gap: readonly [at: number, length: number] = [0, 0];
  #parted = false;

  constructor(word: Word, readings: Readings) {
    this.#word = word;
    this.#readings = readings;
  }

  read(form: Form, words: Words, figures: boolean): void {
    this.#begin();
    for (let at = 0; at < words.length; at++) {
      const [start, end] = [words.starts[at] ?? 0, words.ends[at] ?? 0];
      const before = at > 0 ? (words.ends[at - 1] ?? 0) : 0;
      if (start - before > WIDEST_GAP || start === before) this.#finish();
      if (words.inAddress[at] === 0 && isOneLetter(form, start, end, figures)) this.#put(form, before, start, end);
      else this.#finish();
    }
    this.#finish();
  }

  #begin(): void {
    this.#word.clear();
    this.#letters = 0;
    this.#parted = false;
  }

  #put({ units, from, kinds, like, length, end: whole }: Form, before: number, start: number, end: number): void {
    const word = this.#word;
    if (this.#letters === 1) this.#gap = [before, start - before];
    if (this.#letters > 1 && !isSame(units, this.#gap, before, start - before)) {
      // It is no letter that has to be found in an alphabet; as a figure it stays what it is in any.
      word.put(SPACE, from[before] ?? 0, Kind.figure, SPACE);
      this.#parted = true;
    }
    for (let at = start; at < end; at++) word.put(units[at] ?? 0, from[at] ?? 0, kinds[at] ?? 0, like[at] ?? 0);
    word.end = end < length ? (from[end] ?? 0) : whole;
    this.#letters++;
  }

  #finish(): void {
    const fewest = this.#word.kinds[0] === Kind.ideograph ? FEWEST_OF_HAN : FEWEST;
    if (this.#letters >= fewest) this.#read();
    if (this.#letters > 0) this.#begin();
  }

  /** As one word, and where the gaps differ, as several. */
  #read(): void {
    const word = this.#word;
    const asLatin = word.like.every((like) => like !== 0);
    const mixed = new Set(word.kinds.filter((kind) => kind !== Kind.figure)).size > 1;
    const ways = mixed ? waysToWrite(word, 0, word.length, asLatin) : [];
    for (const to of [(at: number) => word.units[at] ?? 0, ...ways.map((way) => way.to)]) {
      this.#readings.add(word, (at) => (word.units[at] === SPACE ? 0 : to(at)));
      if (this.#parted) this.#readings.add(word, to);
    }
  }
}

/** One letter, with the vowels and tones on it. */
function isOneLetter({ kinds }: Form, start: number, end: number, figures: boolean): boolean {
  for (let at = start + 1; at < end; at++) if (kinds[at] !== Kind.vowel) return false;
  return (kinds[start] ?? 0) >= Kind.latin || (figures && kinds[start] === Kind.figure);
}

function isSame(units: Uint16Array, [first, length]: readonly [number, number], at: number, size: number): boolean {
  if (length !== size) return false;
  for (let unit = 0; unit < size; unit++) if (units[first + unit] !== units[at + unit]) return false;
  return true;
}
