import { type Keyed, type Keys, keysOf } from './keys.ts';
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
import { MOST_STATES } from './limits.ts';
import { type Term, TermsError } from './term.ts';
import { countStates, layStates } from './trie.ts';

/** Where the integers of an automaton are put; a view of shared memory where threads are to have it. */
export type Allot = (length: number) => Int32Array;

/**
 * Builds what finds all those terms in one pass over a text (Aho and Corasick). Time and memory go by their letters, at most
 * `MOST_STATES` states. TermsError when they are too many, or one has no letters at all. Takes a second for a hundred thousand: for threads.
 */
export function buildAutomaton(terms: readonly Term[], allot: Allot = (length) => new Int32Array(length)): Int32Array {
  const keys = keysOf(terms);
  const states = countStates(keys.texts, MOST_STATES);
  if (states > MOST_STATES) throw new TermsError(`the terms have more than ${MOST_STATES} letters in all`);
  const counts = { states, places: keys.texts.length, entries: keys.entries, programs: keys.programs.length };
  const layout = layoutOf(counts);
  const automaton = allot(layout.end);
  automaton.set([MARK, counts.states, counts.places, counts.entries, counts.programs]);
  layStates(automaton, layout, keys.texts, states);
  layFallbacks(automaton, layout, states);
  layEntries(automaton, layout, keys);
  automaton.set(keys.programs, layout.programs);
  for (let unit = 0; unit < ASCII; unit++) automaton[HEAD.size + unit] = step(automaton, layout.states, 0, unit);
  return automaton;
}

/** Where to go on from a state that has no step for a unit: the longest end of what was read that begins another key. */
function layFallbacks(automaton: Int32Array, { states, places }: Layout, count: number): void {
  const at = (state: number, field: number) => automaton[states + state * STATE.size + field] ?? 0;
  for (let parent = 0; parent < count; parent++) {
    const past = at(parent + 1, STATE.first);
    for (let state = at(parent, STATE.first); state < past; state++) {
      const own = states + state * STATE.size;
      const fallback =
        parent === 0 ? 0 : fallbackOf(automaton, states, at(parent, STATE.fallback), at(state, STATE.unit));
      automaton[own + STATE.fallback] = fallback;
      const shorter = at(fallback, STATE.place);
      const place = at(state, STATE.place);
      if (place === 0) automaton[own + STATE.place] = shorter;
      else automaton[places + place * PLACE.size + PLACE.next] = shorter;
    }
  }
}

function fallbackOf(automaton: Int32Array, states: number, from: number, unit: number): number {
  for (let state = from; ; state = automaton[states + state * STATE.size + STATE.fallback] ?? 0) {
    const next = step(automaton, states, state, unit);
    if (next !== 0 || state === 0) return next;
  }
}

function layEntries(automaton: Int32Array, { places, entries }: Layout, { texts, byKey }: Keys): void {
  let entry = 0;
  for (const [index, text] of texts.entries()) {
    const place = places + (index + 1) * PLACE.size;
    automaton[place + PLACE.length] = text.length;
    automaton[place + PLACE.firstEntry] = entry;
    for (const keyed of byKey.get(text) ?? []) {
      automaton.set([flagsOf(keyed), keyed.index, keyed.term.scope ?? 0, keyed.program], entries + entry * ENTRY.size);
      if (keyed.term.except) automaton[HEAD.exceptions] = 1;
      entry++;
    }
  }
  automaton[places + (texts.length + 1) * PLACE.size + PLACE.firstEntry] = entry;
}

function flagsOf({ term: { kind, except }, program }: Keyed): number {
  return (
    (kind === 'word' ? WORD : 0) | (kind === 'literal' ? LITERAL : 0) | (except ? EXCEPT : 0) | (program < 0 ? 0 : WILD)
  );
}
