import { Around } from './around.ts';
import { Exceptions } from './exceptions.ts';
import {
  ASCII,
  ENTRY,
  EXCEPT,
  HEAD,
  type Layout,
  LITERAL,
  layoutOf,
  MARK,
  PLACE,
  STATE,
  step,
  WILD,
  WORD,
} from './layout.ts';
import { isEdge } from './letters.ts';
import { MOST_PLACES } from './limits.ts';
import { type Spaced, spaced } from './spaced.ts';
import { TermsError } from './term.ts';

/** Told of a term by its number, of where it is, in UTF-16 units: `[from, to)`, and of the scope it is found for. True ends the search. */
export type OnHit = (term: number, from: number, to: number, scope: number) => boolean | undefined;

/**
 * By scope: those that take it in. What it looks for is told for each of them in its stead, but where that one's exceptions are; its own hold
 * for all of them.
 */
export type Takers = ReadonlyMap<number, readonly number[]>;

const NOBODY: Takers = new Map();

/**
 * Tells of every term that is in a canonical text, at most `MOST_PLACES` times each and scope (a literal once), by where they end, the longest
 * first. One pass, whatever the terms. TermsError when the array is no automaton of this layout.
 */
export function searchWords(automaton: Int32Array, text: string, onHit: OnHit, takers = NOBODY): void {
  if (automaton[HEAD.mark] !== MARK) throw new TermsError('this is no automaton');
  new Search(automaton, spaced(text), takers).tell(onHit);
}

/** What is found of one entry. */
type Look = (entry: number, flags: number, from: number, to: number) => boolean | undefined;

/** The scopes that an entry is told for, and how often that was. */
interface Told {
  readonly scopes: readonly number[];
  readonly times: Uint8Array;
}

class Search {
  readonly #automaton: Int32Array;
  readonly #layout: Layout;
  readonly #text: Spaced;
  readonly #around: Around;
  readonly #takers: Takers;
  /** By unit of the text: the place of the longest key that ends behind it. */
  readonly #endings: Int32Array;

  constructor(automaton: Int32Array, text: Spaced, takers: Takers) {
    const [, states = 0, places = 0, entries = 0, programs = 0] = automaton;
    this.#automaton = automaton;
    this.#layout = layoutOf({ states, places, entries, programs });
    this.#text = text;
    this.#around = new Around(text);
    this.#takers = takers;
    this.#endings = endingsIn(automaton, this.#layout.states, text);
  }

  tell(onHit: OnHit): void {
    const { from: origins } = this.#text;
    const exceptions = this.#exceptions();
    const told = new Map<number, Told>();
    this.#each(0, (entry, flags, from, to) => {
      const literal = (flags & LITERAL) !== 0;
      const { scopes, times } = told.get(entry) ?? this.#begin(entry, literal, told);
      const most = literal ? 1 : MOST_PLACES;
      if (times.every((count) => count >= most)) return false;
      const found = this.#whole(entry, flags, from, to);
      if (!found) return false;
      for (const [index, scope] of scopes.entries()) {
        const count = times[index] ?? 0;
        if (count >= most || (!literal && exceptions?.hold(scope, ...found))) continue;
        times[index] = count + 1;
        const [start, end] = found;
        if (onHit(this.#field(entry, ENTRY.term), origins[start] ?? 0, origins[end] ?? 0, scope)) return true;
      }
      return false;
    });
  }

  #begin(entry: number, literal: boolean, told: Map<number, Told>): Told {
    const scopes = literal ? [0] : this.#scopesOf(entry);
    const begun = { scopes, times: new Uint8Array(scopes.length) };
    told.set(entry, begun);
    return begun;
  }

  /** They are found before all else: a longer one may end behind what it allows. */
  #exceptions(): Exceptions | undefined {
    if (this.#automaton[HEAD.exceptions] !== 1) return undefined;
    const exceptions = new Exceptions(this.#text.length);
    this.#each(EXCEPT, (entry, flags, from, to) => {
      const found = this.#whole(entry, flags, from, to);
      if (found) for (const scope of this.#scopesOf(entry)) exceptions.add(scope, ...found);
      return false;
    });
    return exceptions;
  }

  /** Every place where a key is, for each entry under it that allows, or each that does not; words only by themselves. */
  #each(except: number, look: Look): void {
    const automaton = this.#automaton;
    const { places, entries } = this.#layout;
    for (let at = 0; at < this.#text.length; at++) {
      let place = this.#endings[at] ?? 0;
      const ends = place !== 0 && this.#isEdge(at + 1);
      while (place !== 0) {
        const own = places + place * PLACE.size;
        const from = at + 1 - (automaton[own + PLACE.length] ?? 0);
        const past = automaton[own + PLACE.size + PLACE.firstEntry] ?? 0;
        for (let entry = automaton[own + PLACE.firstEntry] ?? 0; entry < past; entry++) {
          const flags = automaton[entries + entry * ENTRY.size] ?? 0;
          if ((flags & EXCEPT) !== except) continue;
          // Those with wildcards may go on beyond their key.
          if ((flags & (WORD | WILD)) === WORD && !(ends && this.#isEdge(from))) continue;
          if (look(entry, flags, from, at + 1)) return;
        }
        place = automaton[own + PLACE.next] ?? 0;
      }
    }
  }

  #isEdge(at: number): boolean {
    return isEdge(this.#text.units, this.#text.length, at);
  }

  /** The place of the whole term whose key is at a place; nothing where not all of it is there. */
  #whole(entry: number, flags: number, from: number, to: number): readonly [from: number, to: number] | undefined {
    if ((flags & WILD) === 0) return [from, to];
    const program = this.#automaton.subarray(this.#layout.programs + this.#field(entry, ENTRY.program));
    return this.#around.find(from, to, program, { word: (flags & WORD) !== 0, wide: (flags & EXCEPT) !== 0 });
  }

  #scopesOf(entry: number): readonly number[] {
    const scope = this.#field(entry, ENTRY.scope);
    return this.#takers.get(scope) ?? [scope];
  }

  #field(entry: number, field: number): number {
    return this.#automaton[this.#layout.entries + entry * ENTRY.size + field] ?? 0;
  }
}

function endingsIn(automaton: Int32Array, states: number, { units, length }: Spaced): Int32Array {
  const endings = new Int32Array(length);
  let state = 0;
  for (let at = 0; at < length; at++) {
    const unit = units[at] ?? 0;
    let next = 0;
    while (true) {
      const first = state === 0 && unit < ASCII;
      next = first ? (automaton[HEAD.size + unit] ?? 0) : step(automaton, states, state, unit);
      if (next !== 0 || state === 0) break;
      state = automaton[states + state * STATE.size + STATE.fallback] ?? 0;
    }
    state = next;
    endings[at] = automaton[states + state * STATE.size + STATE.place] ?? 0;
  }
  return endings;
}
