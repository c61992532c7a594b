import type { Form } from './form.ts';
import { isOfWords, KIND, KIND_BITS, Kind, type Letters, LIKE, SEVERAL } from './letters.ts';

/** More vowels and tones than any script puts on one letter. */
const MOST_VOWELS = 4;

/** Writes code points into a form: small, in their compatibility form, without what does not show. */
export class Fold {
  readonly #letters: Letters;
  readonly #form: Form;
  /** Vowels and tones on the letter that was written last, and the last of them. */
  #vowels = 0;
  #lastVowel = 0;

  constructor(letters: Letters, form: Form) {
    this.#letters = letters;
    this.#form = form;
  }

  /** For another text, which ends at `end`. */
  begin(end: number): void {
    this.#form.length = 0;
    this.#form.end = end;
    this.#vowels = 0;
  }

  put(code: number, from: number): void {
    const packed = code < 0x1_0000 ? this.#letters.packed(code) : SEVERAL;
    const folded = packed & SEVERAL;
    if (folded !== SEVERAL) this.#putFolded(folded, (packed >>> KIND) & KIND_BITS, packed >>> LIKE, from);
    else for (const one of this.#letters.several(code)) this.#putOne(one, from);
  }

  #putOne(code: number, from: number): void {
    this.#putFolded(code, this.#letters.kind(code), code < 0x1_0000 ? this.#letters.like(code) : 0, from);
  }

  #putFolded(code: number, kind: number, like: number, from: number): void {
    if (kind === Kind.nothing || (mayJoin(code, kind) && this.#joins(code))) return;
    if (kind === Kind.mark) this.#pile();
    else if (kind === Kind.vowel) this.#putVowel(code, from);
    else {
      this.#vowels = 0;
      this.#form.put(kind === Kind.space ? 0x20 : code, from, kind, isOfWords(kind) || like > 0x60 ? like : 0);
    }
  }

  #pile(): void {
    if (this.#form.length > 0) this.#form.piled[this.#form.length - 1] = 1;
  }

  /** The same one twice shows once, and a pile of them is there to be ugly. */
  #putVowel(code: number, from: number): void {
    if (this.#vowels === MOST_VOWELS || (this.#vowels > 0 && this.#lastVowel === code)) return;
    this.#vowels++;
    this.#lastVowel = code;
    this.#form.put(code, from, Kind.vowel, 0);
  }

  /** Whether it became one letter with what was written before it. */
  #joins(code: number): boolean {
    const { units, like, length } = this.#form;
    if (length === 0) return false;
    const one = this.#letters.together(units[length - 1] ?? 0, code);
    if (one === 0) return false;
    units[length - 1] = one;
    like[length - 1] = this.#letters.like(one);
    return true;
  }
}

/** Marks, vowels, and the later parts of Hangul syllables. */
function mayJoin(code: number, kind: number): boolean {
  return kind === Kind.mark || kind === Kind.vowel || (code >= 0x1161 && code <= 0x11c2);
}
