import { after, before, endOfLetters, isEdge, startOfLetters } from './letters.ts';
import { MOST_STEPS } from './limits.ts';
import { SPACE, type Spaced } from './spaced.ts';
import type { Gap } from './wildcards.ts';

/** A way through a text from a place, to the right or to the left; -1 where there is no going on. */
interface Way {
  /** 1 to the right, -1 to the left. */
  readonly sign: 1 | -1;
  /** Past one letter that is no white space. */
  letter(at: number): number;
  /** Past a piece, when it is there. */
  piece(at: number, piece: Int32Array): number;
  /** Past the letters of words, at most so many. */
  letters(at: number, most: number): number;
}

/** What a place in a text is to hold besides the key that was found there. */
interface Side {
  /** From the key outwards. */
  readonly pieces: readonly Int32Array[];
  /** One more than pieces: what lies before each, and at the end. */
  readonly gaps: readonly Gap[];
}

interface Sides {
  readonly left: Side;
  readonly right: Side;
}

/** How the ends of what is found have to be. */
export interface Ends {
  /** No letters of the same word beside them. */
  readonly word: boolean;
  /** As far as it goes, over the letters of words that a `*` at the end means, rather than as near as will do. */
  readonly wide: boolean;
}

/** Looks for what belongs to a key, to both sides of it. All of it together compares a bounded number of letters. */
export class Around {
  readonly #text: Spaced;
  readonly #ahead: Way;
  readonly #back: Way;
  /** By where their program stands. */
  readonly #sides = new Map<number, Sides>();
  #steps = MOST_STEPS;

  constructor(text: Spaced) {
    const { units, length } = text;
    this.#text = text;
    this.#ahead = {
      sign: 1,
      letter: (at) => (at >= length || units[at] === SPACE ? -1 : after(units, length, at)),
      piece: (at, piece) => (this.#isThere(at, piece) ? at + piece.length : -1),
      letters: (at, most) => endOfLetters(units, length, at, most),
    };
    this.#back = {
      sign: -1,
      letter: (at) => (at <= 0 || units[at - 1] === SPACE ? -1 : before(units, at)),
      piece: (at, piece) => (this.#isThere(at - piece.length, piece) ? at - piece.length : -1),
      letters: (at, most) => startOfLetters(units, at, most),
    };
  }

  /** The place that a term takes around its key; nothing where it is not there. */
  find(from: number, to: number, program: Int32Array, ends: Ends): readonly [from: number, to: number] | undefined {
    if (this.#steps-- <= 0) return undefined;
    const { left, right } = this.#sidesOf(program);
    const end = this.#outermost(this.#ahead, to, right, ends);
    if (end < 0) return undefined;
    const start = this.#outermost(this.#back, from, left, ends);
    return start < 0 ? undefined : [start, end];
  }

  #sidesOf(program: Int32Array): Sides {
    const known = this.#sides.get(program.byteOffset) ?? readSides(program);
    this.#sides.set(program.byteOffset, known);
    return known;
  }

  /** The nearest end on one side that will do, or the furthest; -1 where there is none. */
  #outermost(way: Way, from: number, { pieces, gaps }: Side, { word, wide }: Ends): number {
    let places: readonly number[] = [from];
    for (const [index, piece] of pieces.entries()) places = this.#beyond(way, places, gapAt(gaps, index), piece);
    const last = gapAt(gaps, pieces.length);
    let outermost = -1;
    for (const place of places) {
      const at = this.#end(way, place, last, { word, wide });
      const better = Math.abs(at - from) > Math.abs(outermost - from) === wide;
      if (at >= 0 && (outermost < 0 || better)) outermost = at;
    }
    return outermost;
  }

  #end(way: Way, from: number, { least, most }: Gap, { word, wide }: Ends): number {
    let at = from;
    for (let letters = 0; letters < least && at >= 0; letters++) at = way.letter(at);
    if (at < 0) return -1;
    if (most > least) return wide ? way.letters(at, most - least) : at;
    return word && !isEdge(this.#text.units, this.#text.length, at) ? -1 : at;
  }

  /** Where one can be past a gap and a piece, from any of these places; the nearest first, as they are. */
  #beyond(way: Way, places: readonly number[], { least, most }: Gap, piece: Int32Array): readonly number[] {
    const beyond: number[] = [];
    let tried = -1;
    for (const place of places) {
      let at = place;
      for (let letters = 0; at >= 0 && letters <= most && this.#steps > 0; letters++) {
        this.#steps--;
        if (letters >= least && (tried < 0 || (at - tried) * way.sign > 0)) {
          const past = way.piece(at, piece);
          if (past >= 0) beyond.push(past);
          tried = at;
        }
        at = way.letter(at);
      }
    }
    return beyond;
  }

  #isThere(at: number, piece: Int32Array): boolean {
    const { units, length } = this.#text;
    if (at < 0 || at + piece.length > length) return false;
    let unit = 0;
    while (unit < piece.length && units[at + unit] === piece[unit]) unit++;
    this.#steps -= unit;
    return unit === piece.length;
  }
}

/** Reads a program, laid out as `keysOf` says. */
function readSides(program: Int32Array): Sides {
  const [count = 0, anchor = 0] = program;
  const gaps: Gap[] = [];
  let at = 2;
  for (; gaps.length <= count; at += 2) gaps.push({ least: program[at] ?? 0, most: program[at + 1] ?? 0 });
  const pieces: Int32Array[] = [];
  while (pieces.length < count - 1) {
    const length = program[at] ?? 0;
    pieces.push(program.subarray(at + 1, at + 1 + length));
    at += 1 + length;
  }
  return {
    left: { pieces: pieces.slice(0, anchor).reverse(), gaps: gaps.slice(0, anchor + 1).reverse() },
    right: { pieces: pieces.slice(anchor), gaps: gaps.slice(anchor + 1) },
  };
}

function gapAt(gaps: readonly Gap[], index: number): Gap {
  return gaps[index] ?? { least: 0, most: 0 };
}
