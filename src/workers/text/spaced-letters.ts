import { waysToWrite } from './alphabets.ts';
import type { Form } from './form.ts';
import { Kind } from './letters.ts';
import { Reader, type Readings, type Word } from './readings.ts';
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
  /** What stands before each letter but the first. */
  readonly #gaps: string[] = [];

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
    this.#gaps.length = 0;
    this.#letters = 0;
  }

  #put(form: Form, before: number, start: number, end: number): void {
    const word = this.#word;
    if (this.#letters++ > 0) {
      this.#gaps.push(String.fromCharCode(...form.units.subarray(before, start)));
      // As a figure it stays what it is in any alphabet.
      word.put(SPACE, form.from[before] ?? 0, Kind.figure, SPACE);
    }
    word.add(form, start, end);
  }

  #finish(): void {
    const fewest = this.#word.kinds[0] === Kind.ideograph ? FEWEST_OF_HAN : FEWEST;
    if (this.#letters >= fewest) this.#read();
    if (this.#letters > 0) this.#begin();
  }

  /** As one word, and where a gap is not like the most of them, as several. */
  #read(): void {
    const word = this.#word;
    const asLatin = word.like.every((like) => like !== 0);
    const mixed = new Set(word.kinds.filter((kind) => kind !== Kind.figure)).size > 1;
    const others = mixed ? waysToWrite(word, 0, word.length, asLatin).map(({ to }) => to) : [];
    const ends = this.#ends();
    let way = 0;
    for (const to of [(at: number) => word.units[at] ?? 0, ...others]) {
      this.#readings.add(Reader.spaced, way++, word, (at) => (word.units[at] === SPACE ? 0 : to(at)));
      if (ends.size === 0) continue;
      this.#readings.add(Reader.spaced, way++, word, (at) => (word.units[at] === SPACE && !ends.has(at) ? 0 : to(at)));
    }
  }

  /** Places of the word's gaps that are not like the most of them. */
  #ends(): ReadonlySet<number> {
    const counts = new Map<string, number>();
    for (const gap of this.#gaps) counts.set(gap, (counts.get(gap) ?? 0) + 1);
    const [usual] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
    const places = this.#word.units.flatMap((unit, at) => (unit === SPACE ? [at] : []));
    return new Set(places.filter((_, at) => this.#gaps[at] !== usual));
  }
}

/** One letter, with the vowels and tones on it. */
function isOneLetter({ kinds }: Form, start: number, end: number, figures: boolean): boolean {
  for (let at = start + 1; at < end; at++) if (kinds[at] !== Kind.vowel) return false;
  return (kinds[start] ?? 0) >= Kind.latin || (figures && kinds[start] === Kind.figure);
}
