/** Colours and other codes of terminals. Its parts have no character in common, so that it runs in linear time. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what this is for
const CODES = /\u001b\[[0-?]*[ -/]*[@-~]/g;
/** The same codes, also as they are written in strings or shown as pictures of controls, and spaces of no width. */
const MARKS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what this is for
  /(?:[\u001b\u241b]|\\(?:u001b|x1b|033|e))\[[0-?]*[ -/]*[@-~]|[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+/gi;

/** A text as terminals show it, but for its colours. */
export function withoutColours(text: string): string {
  return text.includes('\u001b') ? text.replace(CODES, '') : text;
}

/** A text without all that stands in it and shows nothing. */
export function withoutMarks(text: string): string {
  return text.replace(MARKS, '');
}

/** Walks from mark to mark, and knows where what is left without them stood in the whole text. */
export class Marks {
  readonly #found: Iterator<RegExpExecArray>;
  /** In the text without marks: the place of the next one. */
  #next = 0;
  #length = 0;
  #passed = 0;

  constructor(text: string) {
    this.#found = text.matchAll(MARKS);
    this.#step();
  }

  /** Where in the whole text this place of the other one is. Each call asks for the same place or a later one. */
  whole(at: number): number {
    while (this.#next <= at) this.#step();
    return at + this.#passed;
  }

  /** Whether a mark stood right before this place; asked as `whole` is. */
  before(at: number): boolean {
    let found = false;
    for (; this.#next <= at; this.#step()) found = this.#next === at;
    return found;
  }

  /** Whether one stood before a place that comes up to `end`. */
  within(end: number): boolean {
    return this.#next < end;
  }

  #step(): void {
    this.#passed += this.#length;
    const { value, done } = this.#found.next();
    this.#length = done ? 0 : value[0].length;
    this.#next = done ? Number.POSITIVE_INFINITY : value.index - this.#passed;
  }
}
