import { parseDice, throwDice } from '../../src/lib/dice.ts';
import { ENCODING_NAMES, ENCODINGS } from '../../src/lib/encodings/encodings.ts';
import { randomSample } from '../../src/lib/random.ts';
import { NameIndex } from '../../src/services/external/name-index.ts';
import { defineScenario } from '../scenario.ts';

const RUNS = 101;
/** As much as the options of `/encode` and `/decode` take. */
const LONGEST = 4_000;
/** What the main thread may be held up by one thing. Milliseconds. */
const BAR_MS = 5;
/** More names than there are pages in all. */
const NAMES = 30_000;
/** Each text is the longest that one encoding or another finds hardest. */
const TEXTS = [
  'a'.repeat(LONGEST),
  '01'.repeat(LONGEST / 2),
  '%41'.repeat(1_333),
  '&amp;'.repeat(800),
  '企'.repeat(LONGEST),
  '.- '.repeat(1_333),
];

/** What commands do on the main thread rather than in a worker, each with the most that it can be given. */
export default defineScenario({
  kind: 'facts',
  about: 'What commands do on the main thread, with the most they can be given; the middle of 101 runs',
  takesSeconds: 5,
  usual: true,
  async *run() {
    for (const name of ENCODING_NAMES) {
      const { encode, decode } = ENCODINGS[name];
      for (const [way, work] of [
        ['/encode as', encode],
        ['/decode from', decode],
      ] as const) {
        const worst = Math.max(...TEXTS.map((text) => middleMs(() => work(text))));
        yield { what: `${way} ${name}, 4,000 characters`, value: worst, unit: 'ms', bar: BAR_MS };
      }
    }
    const dice = parseDice('10d1000+10d1000+10d1000+10d1000+10d1000+10d1000+10d1000+10d1000+10d1000+10d1000') ?? [];
    const pieces = new Map<string, () => unknown>();
    pieces.set('/random dice, 100 of them', () => throwDice(dice));
    const things = Array.from({ length: 100 }, (_, n) => `${n}`);
    pieces.set('/random pick, 100 of 100', () => randomSample(things, things.length));
    const names = Array.from({ length: NAMES }, (_, n) => `program-${String(n).padStart(5, '0')}`).join('\n');
    pieces.set('names of /tldr, taken in', () => new NameIndex(names));
    const index = new NameIndex(names);
    pieces.set('names of /tldr, offered where none fits', () => index.like('zzz', 25));
    for (const [what, run] of pieces) yield { what, value: middleMs(run), unit: 'ms', bar: BAR_MS };
  },
});

function middleMs(run: () => unknown): number {
  const times = Array.from({ length: RUNS }, () => {
    const began = performance.now();
    run();
    return performance.now() - began;
  });
  return times.sort((a, b) => a - b)[(RUNS - 1) / 2] ?? 0;
}
