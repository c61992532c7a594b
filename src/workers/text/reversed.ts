import type { Form } from './form.ts';
import { Reader, type Readings, type Word } from './readings.ts';

const TURN = 0x202e;
/** Ends of lines, and controls that end the turning or begin another direction. */
const ENDS = new Set([0x0a, 0x0d, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d]);

/** Reads what a control of direction turns round as it is shown: from its end. */
export class Reversed {
  readonly #word: Word;
  readonly #readings: Readings;
  #start = -1;

  constructor(word: Word, readings: Readings) {
    this.#word = word;
    this.#readings = readings;
  }

  begin(): void {
    this.#start = -1;
  }

  /** To be asked of each code point before it is written into the form. */
  pass(code: number, form: Form, at: number): void {
    if (code !== TURN && (this.#start < 0 || !ENDS.has(code))) return;
    this.end(form, at);
    this.#start = code === TURN ? form.length : -1;
  }

  end(form: Form, at: number): void {
    if (this.#start < 0 || form.length - this.#start < 2) return;
    const word = this.#word;
    word.take(form, this.#start, form.length);
    [word.start, word.end, word.place] = [-1, -1, at];
    this.#readings.add(Reader.reversed, 0, word, (place) => unitOf(word, word.length - 1 - place));
  }
}

/** Halves of pairs are left out: turned round they are nothing. */
function unitOf(word: Word, at: number): number {
  const unit = word.units[at] ?? 0;
  return (unit & 0xf800) === 0xd800 ? 0 : unit;
}
