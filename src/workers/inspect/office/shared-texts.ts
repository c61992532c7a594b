import type { Budget } from '../budget.ts';
import { Tags } from './tags.ts';
import { unescaped } from './xml.ts';

const ITEM = /<(?:[A-Za-z]\w{0,20}:)?si[\s>/]/g;
const ITEMS_A_TICK = 4_096;
const PLAIN = '<si><t>';
/** Of one text; what anybody wants of it is less. */
const LONGEST = 1_000;

/** The texts that cells share. Only where each begins is kept, and it is read whenever it is asked for. */
export class SharedTexts {
  readonly #text: string;
  readonly #budget: Budget;
  readonly #starts: number[] = [];

  constructor(text: string, budget: Budget) {
    this.#text = text;
    this.#budget = budget;
    for (const { index } of text.matchAll(ITEM)) if (this.#starts.push(index) % ITEMS_A_TICK === 0) budget.checkTime();
  }

  /** Empty where there is none. */
  at(index: number): string {
    const start = this.#starts[index];
    if (start === undefined) return '';
    const from = start + PLAIN.length;
    const end = this.#text.startsWith(PLAIN, start) ? this.#text.indexOf('<', from) : -1;
    const plain = this.#text.startsWith('</t></si>', end);
    // A million cells may ask for the same text, and it may be of a million letters or pieces.
    if (!plain || end - from > LONGEST) this.#budget.checkTime();
    return plain ? unescaped(this.#text.slice(from, Math.min(end, from + LONGEST))) : this.#pieces(start);
  }

  /** All of them, as `at` gives them. */
  *all(): Generator<string, void, undefined> {
    for (const index of this.#starts.keys()) yield this.at(index);
  }

  /** A text in pieces that look different; how it is to be pronounced is not part of it. */
  #pieces(start: number): string {
    const tags = new Tags(this.#text, this.#budget, start);
    let [out, spoken] = ['', false];
    for (tags.next(); tags.next() && tags.name !== 'si' && out.length < LONGEST; ) {
      if (tags.name === 'rPh') spoken = tags.kind === 'opens';
      if (tags.name === 't' && tags.kind === 'opens' && !spoken) out += tags.text();
    }
    return out;
  }
}
