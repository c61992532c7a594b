import type { Form } from './form.ts';

/** Letters of one word, each with the place where it comes from. Kept and used again. */
export class Word {
  readonly units: number[] = [];
  readonly from: number[] = [];
  readonly kinds: number[] = [];
  readonly like: number[] = [];
  /** Where what it was read from ends. */
  end = 0;

  clear(): void {
    for (const part of [this.units, this.from, this.kinds, this.like]) part.length = 0;
  }

  get length(): number {
    return this.units.length;
  }

  /** A word of a form, and nothing else. */
  take({ units, from, kinds, like, length, end: whole }: Form, start: number, end: number): void {
    this.clear();
    for (let at = start; at < end; at++) this.put(units[at] ?? 0, from[at] ?? 0, kinds[at] ?? 0, like[at] ?? 0);
    this.end = end < length ? (from[end] ?? 0) : whole;
  }

  put(unit: number, from: number, kind: number, like: number): void {
    this.units.push(unit);
    this.from.push(from);
    this.kinds.push(kind);
    this.like.push(like);
  }
}

/** Ends a reading: no letter, no space, and never in a canonical text. */
const END = 0;
/** So that no message becomes longer than three of it. */
const MOST_TO_ONE = 3;
const SPARE = 1_000;

/** Other words that a text may be read as, one after the other, each by itself. */
export class Readings {
  readonly #units: number[] = [];
  readonly #from: number[] = [];
  #most = 0;

  begin(length: number): void {
    this.#units.length = 0;
    this.#from.length = 0;
    this.#most = length * MOST_TO_ONE + SPARE;
  }

  /** A word with each unit as `spell` has it; 0 leaves it out. */
  add(word: Word, spell: (at: number) => number): void {
    if (this.#units.length + word.length + 1 > this.#most) return;
    for (let at = 0; at < word.length; at++) {
      const unit = spell(at);
      if (unit === 0) continue;
      this.#units.push(unit);
      this.#from.push(word.from[at] ?? 0);
    }
    this.#units.push(END);
    this.#from.push(word.end);
  }

  get length(): number {
    return this.#units.length;
  }

  text(): string {
    let text = '';
    for (let at = 0; at < this.#units.length; at += STEP)
      text += String.fromCharCode(...this.#units.slice(at, at + STEP));
    return text;
  }

  places(): Int32Array {
    return Int32Array.from([...this.#from, this.#from.at(-1) ?? 0]);
  }
}

/** Arguments of one call. */
const STEP = 4_096;
