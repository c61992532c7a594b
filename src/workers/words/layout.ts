/**
 * An automaton is one array of integers, so that threads share it without a copy:
 * head, the first state's steps by ASCII, states, places (what ends at a state), entries (a term there), programs (wildcards).
 */
export const HEAD = { mark: 0, states: 1, places: 2, entries: 3, programs: 4, exceptions: 5, size: 6 } as const;
/** Says that it is one, and of which layout. */
export const MARK = 0x57_4f_52_01;
export const ASCII = 128;

/** Steps of a state are the states from its `first` to the next one's, sorted by `unit`. 0 is the start, and nowhere. */
export const STATE = { first: 0, unit: 1, fallback: 2, place: 3, size: 4 } as const;
/** Places are counted from 1. `next` is that of the longest shorter key that ends here, too; entries run to the next place's first. */
export const PLACE = { next: 0, length: 1, firstEntry: 2, size: 3 } as const;
export const ENTRY = { flags: 0, term: 1, scope: 2, program: 3, size: 4 } as const;

export const WORD = 1;
export const EXCEPT = 2;
export const LITERAL = 4;
/** It has wildcards; `program` says where. */
export const WILD = 8;

/** Where each part of an automaton begins. */
export interface Layout {
  readonly states: number;
  readonly places: number;
  readonly entries: number;
  readonly programs: number;
  readonly end: number;
}

export interface Counts {
  readonly states: number;
  readonly places: number;
  readonly entries: number;
  readonly programs: number;
}

/** One state and one place more than there are, so that the last has an end. Place 0 is none. */
export function layoutOf(counts: Counts): Layout {
  const states = HEAD.size + ASCII;
  const places = states + (counts.states + 1) * STATE.size;
  const entries = places + (counts.places + 2) * PLACE.size;
  const programs = entries + counts.entries * ENTRY.size;
  return { states, places, entries, programs, end: programs + counts.programs };
}

/** The state that a unit leads to from another; 0 where there is no such step. */
export function step(automaton: Int32Array, states: number, state: number, unit: number): number {
  const own = states + state * STATE.size;
  let low = automaton[own] ?? 0;
  let high = (automaton[own + STATE.size] ?? 0) - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = automaton[states + middle * STATE.size + STATE.unit] ?? 0;
    if (found === unit) return middle;
    if (found < unit) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}
