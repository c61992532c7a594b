import type { Form } from './form.ts';
import { Kind, type Letters } from './letters.ts';
import { Reader, type Readings, type Word } from './readings.ts';
import type { Words } from './words.ts';

/** So many of a letter in a row are no word's spelling. */
const REPEATED = 3;
/** A word with every letter doubled is that long at least. */
const SHORTEST_DOUBLED = 6;
/** Shorter words differ by their marks alone: `año` is no `ano`. */
const SHORTEST_BARE = 6;
/** But for those with so many of them that hardly a language writes them: `ïdïöt`. */
const MANY_MARKS = 3;

/** Reads words with letters in a row with one or two of them, and those that are long, or full of marks, also without the marks on their letters. */
export class Spellings {
  readonly #letters: Letters;
  readonly #word: Word;
  readonly #readings: Readings;
  /** By letter of the word: how many of the same stand before it in a row. */
  readonly #before: number[] = [];

  constructor(letters: Letters, word: Word, readings: Readings) {
    this.#letters = letters;
    this.#word = word;
    this.#readings = readings;
  }

  read(form: Form, words: Words): void {
    for (let at = 0; at < words.length; at++) {
      if (words.inAddress[at] === 0) this.#readWord(form, words.starts[at] ?? 0, words.ends[at] ?? 0);
    }
  }

  #readWord(form: Form, start: number, end: number): void {
    const { units, kinds } = form;
    let [longest, shortest, run, accents] = [0, end - start, 0, 0];
    for (let at = start; at < end; at++) {
      const unit = units[at] ?? 0;
      run = at > start && unit === units[at - 1] ? run + 1 : 1;
      if (kinds[at] === Kind.figure) run = 1;
      if (run > longest) longest = run;
      if (at + 1 === end || units[at + 1] !== unit) shortest = Math.min(shortest, run);
      if (unit >= 0x80 && kinds[at] === Kind.latin) accents++;
    }
    const doubled = shortest >= 2 && end - start >= SHORTEST_DOUBLED;
    const marked = accents >= (end - start >= SHORTEST_BARE ? 1 : MANY_MARKS);
    if (longest < REPEATED && !doubled && !marked) return;
    this.#word.take(form, start, end);
    this.#spell(longest >= REPEATED || doubled, marked);
  }

  #spell(squeezed: boolean, marked: boolean): void {
    const word = this.#word;
    const plain = (at: number) => word.units[at] ?? 0;
    const bare = (at: number) => this.#letters.bare(plain(at));
    if (marked) this.#readings.add(Reader.spellings, 0, word, bare);
    if (!squeezed) return;
    this.#count();
    let way = 1;
    for (const spell of marked ? [plain, bare] : [plain]) {
      for (const most of [2, 1]) {
        this.#readings.add(Reader.spellings, way++, word, (at) => ((this.#before[at] ?? 0) < most ? spell(at) : 0));
      }
    }
  }

  #count(): void {
    const { units, kinds } = this.#word;
    this.#before.length = 0;
    for (const [at, unit] of units.entries()) {
      const same = at > 0 && unit === units[at - 1] && kinds[at] !== Kind.figure;
      this.#before.push(same ? (this.#before[at - 1] ?? 0) + 1 : 0);
    }
  }
}
