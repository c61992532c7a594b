import type { Form } from './form.ts';
import { Kind, type Letters, SEVERAL } from './letters.ts';

const SPACE = 0x20;
/** More vowels and tones than any script puts on one letter. */
const MOST_VOWELS = 4;

/** Writes code points into a form: small, in their compatibility form, without what does not show, one space for several. */
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

  /** For another text. */
  begin(): void {
    this.#form.clear();
    this.#vowels = 0;
  }

  put(code: number, from: number): void {
    const folded = code < 0x1_0000 ? this.#letters.folded(code) : SEVERAL;
    if (folded !== SEVERAL) this.#putFolded(folded, from);
    else for (const one of this.#letters.several(code)) this.#putFolded(one, from);
  }

  #putFolded(code: number, from: number): void {
    const kind = this.#letters.kind(code);
    if (kind === Kind.nothing || this.#joins(code, kind) || kind === Kind.mark) return;
    if (kind === Kind.vowel) this.#putVowel(code, from);
    else if (kind === Kind.space) this.#putSpace(from);
    else {
      this.#vowels = 0;
      this.#form.putPoint(code, from);
    }
  }

  #putSpace(from: number): void {
    const { units, length } = this.#form;
    if (length > 0 && units[length - 1] === SPACE) return;
    this.#vowels = 0;
    this.#form.put(SPACE, from);
  }

  /** The same one twice shows once, and a pile of them is there to be ugly. */
  #putVowel(code: number, from: number): void {
    if (this.#vowels === MOST_VOWELS || (this.#vowels > 0 && this.#lastVowel === code)) return;
    this.#vowels++;
    this.#lastVowel = code;
    this.#form.putPoint(code, from);
  }

  /** Whether it became one letter with what was written before it. */
  #joins(code: number, kind: number): boolean {
    const { units, length } = this.#form;
    const laterPart = code >= 0x1161 && code <= 0x11c2;
    if (length === 0 || !(kind === Kind.mark || kind === Kind.vowel || laterPart)) return false;
    const one = this.#letters.together(units[length - 1] ?? 0, code);
    if (one !== 0) units[length - 1] = one;
    return one !== 0;
  }
}
