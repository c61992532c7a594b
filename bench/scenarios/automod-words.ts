import { importFacts, searchFacts } from '../facts/word-lists.ts';
import { defineScenario } from '../scenario.ts';

const TERMS = 100_000;
/** What the main loop may be late while threads read and build. Milliseconds. */
const LATE_MS = 10;
const LETTERS = 2_000;
const SEARCH_MS = 1;

/** A list of as many words as a server may have: how long it takes until rules look for it, and what a message costs then. */
export default defineScenario({
  kind: 'facts',
  about:
    'A list of 100,000 words: read, stored and built while the main thread goes on, then looked for in a message of 2,000 letters',
  takesSeconds: 60,
  async *run(bench) {
    yield* importFacts(bench, TERMS, LATE_MS);
    yield* searchFacts(TERMS, LETTERS, SEARCH_MS);
  },
});
