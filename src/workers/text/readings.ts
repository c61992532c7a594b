import { type Form, textOf } from './form.ts';
import { isOfWords } from './letters.ts';

/** Letters of one word, each with the place where it comes from. Kept and used again. */
export class Word {
  readonly units: number[] = [];
  readonly from: number[] = [];
  readonly kinds: number[] = [];
  readonly like: number[] = [];
  /** Where it stands in the form; both -1 for what stands nowhere. */
  start = -1;
  end = -1;
  /** Where what it was read from ends. */
  place = 0;

  clear(): void {
    for (const part of [this.units, this.from, this.kinds, this.like]) part.length = 0;
    this.start = -1;
    this.end = -1;
  }

  get length(): number {
    return this.units.length;
  }

  /** A part of a form, and nothing else. */
  take(form: Form, start: number, end: number): void {
    this.clear();
    this.add(form, start, end);
  }

  /** A part of a form behind what is there. */
  add(form: Form, start: number, end: number): void {
    const { units, from, kinds, like } = form;
    if (this.start < 0) this.start = start;
    this.end = end;
    this.place = form.placeOf(end);
    for (let at = start; at < end; at++) this.put(units[at] ?? 0, from[at] ?? 0, kinds[at] ?? 0, like[at] ?? 0);
  }

  put(unit: number, from: number, kind: number, like: number): void {
    this.units.push(unit);
    this.from.push(from);
    this.kinds.push(kind);
    this.like.push(like);
  }
}

/** Who has another way to read words; each has up to `WAYS` of them for a word. */
export const Reader = { reversed: 0, alphabets: 1, drawn: 2, spellings: 3, spaced: 4, leet: 5 } as const;
const WAYS = 8;
const LAYERS = 6 * WAYS;

/** Parts two readings: no letter, no space, and never in a canonical text. */
const END = 0;
/** So much of the text goes with a reading on either side, for terms of several words. */
const AROUND = 40;
/** So that no message takes longer than four of it. */
const MOST_TO_ONE = 3;
const SPARE = 1_000;

/** Other ways to read a text: with each word that has one as it may be read, and the words around it as they are. */
export class Readings {
  /** By way: words as they may be read, in the order they stand in. */
  readonly #layers: Entry[][] = Array.from({ length: LAYERS }, () => []);
  readonly #units: number[] = [];
  readonly #from: number[] = [];
  #most = 0;

  begin(length: number): void {
    for (const layer of this.#layers) layer.length = 0;
    this.#units.length = 0;
    this.#from.length = 0;
    this.#most = length * MOST_TO_ONE + SPARE;
  }

  /** A word with each unit as `spell` has it; 0 leaves it out. */
  add(reader: number, way: number, { units, from, start, end, place }: Word, spell: (at: number) => number): void {
    if (way >= WAYS) return;
    const entry: Entry = { start, end, place, units: [], from: [] };
    for (let at = 0; at < units.length; at++) {
      const unit = spell(at);
      if (unit === 0) continue;
      entry.units.push(unit);
      entry.from.push(from[at] ?? 0);
    }
    this.#layers[reader * WAYS + way]?.push(entry);
  }

  /** Writes all of them down, as long as there is room. */
  write(form: Form): void {
    for (const layer of this.#layers) {
      // Up to where the form is written in what is being written; -1 between two parts.
      let at = -1;
      for (const entry of layer) {
        if (this.#units.length + entry.units.length + 4 * AROUND > this.#most) break;
        if (at >= 0 && entry.start - at > 2 * AROUND) at = this.#finish(form, at);
        if (entry.start >= 0) this.#copy(form, at < 0 ? beginBefore(form, entry.start) : at, entry.start);
        for (const [place, unit] of entry.units.entries()) this.#put(unit, entry.from[place] ?? 0);
        at = entry.end;
        if (at < 0) this.#put(END, entry.place);
      }
      if (at >= 0) this.#finish(form, at);
    }
  }

  #finish(form: Form, from: number): number {
    const end = endBehind(form, from);
    this.#copy(form, from, end);
    this.#put(END, form.placeOf(end));
    return -1;
  }

  #copy({ units, from }: Form, start: number, end: number): void {
    for (let at = start; at < end; at++) this.#put(units[at] ?? 0, from[at] ?? 0);
  }

  #put(unit: number, from: number): void {
    this.#units.push(unit);
    this.#from.push(from);
  }

  get length(): number {
    return this.#units.length;
  }

  text(): string {
    return textOf(Uint16Array.from(this.#units), this.#units.length);
  }

  places(): Int32Array {
    const places = new Int32Array(this.#from.length + 1);
    places.set(this.#from);
    places[this.#from.length] = this.#from.at(-1) ?? 0;
    return places;
  }
}

interface Entry {
  readonly start: number;
  readonly end: number;
  readonly place: number;
  readonly units: number[];
  readonly from: number[];
}

/** Where the words before a place begin that go with it; none is cut. */
function beginBefore(form: Form, place: number): number {
  let at = Math.max(0, place - AROUND);
  while (at < place && isWithinWord(form, at)) at++;
  return at;
}

function endBehind(form: Form, place: number): number {
  let at = Math.min(form.length, place + AROUND);
  while (at > place && isWithinWord(form, at)) at--;
  return at;
}

function isWithinWord({ kinds, length }: Form, at: number): boolean {
  return at > 0 && at < length && isOfWords(kinds[at - 1] ?? 0) && isOfWords(kinds[at] ?? 0);
}
