import type { Form } from './form.ts';
import { isOfWords, Kind, type Letters, SEVERAL } from './letters.ts';

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
    const folded = code < 0x1_0000 ? this.#letters.folded(code) : SEVERAL;
    // What it looks like is asked of the letter as it was written: a capital may look like another one than the small.
    if (folded !== SEVERAL) this.#putFolded(folded, from, this.#letters.like(code) || this.#letters.like(folded));
    else
      for (const one of this.#letters.several(code))
        this.#putFolded(one, from, one < 0x1_0000 ? this.#letters.like(one) : 0);
  }

  #putFolded(code: number, from: number, like: number): void {
    const kind = this.#letters.kind(code);
    if (kind === Kind.nothing || this.#joins(code, kind)) return;
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
  #joins(code: number, kind: number): boolean {
    const { units, like, length } = this.#form;
    const laterPart = code >= 0x1161 && code <= 0x11c2;
    if (length === 0 || !(kind === Kind.mark || kind === Kind.vowel || laterPart)) return false;
    const one = this.#letters.together(units[length - 1] ?? 0, code);
    if (one === 0) return false;
    units[length - 1] = one;
    like[length - 1] = this.#letters.like(one);
    return true;
  }
}
