import matchPatterns from '../../src/workers/tasks/match-patterns.ts';
import { defineMicro, sized } from '../micro.ts';

const ORDINARY = [
  'free\\s+nitro',
  'discord\\.(gg|com/invite)/\\w{2,20}',
  '\\b(buy|sell)\\s+\\w+\\s+coins?\\b',
  'ste+am\\w*\\.(ru|com|gift)',
  '(?<!\\d)\\d{3}-\\d{4}\\b',
];
const PROSE = 'The penguin hopped from rock to rock, and said hello to everybody it met on the way. ';
/** More states than there is memory for: every letter makes a new one. */
const HOSTILE = 'a[ab]{450}[c-e]';

function patterns(amount: number) {
  return Array.from({ length: amount }, (_, at) => ({
    source: `${ORDINARY[at % ORDINARY.length]}|never ${at}`,
    ignoreCase: true,
  }));
}

function prose(length: number): string {
  return PROSE.repeat(Math.ceil(length / PROSE.length)).slice(0, length);
}

/** Of letters in no order that repeats. */
function mixed(length: number): string {
  return Array.from({ length }, (_, at) => 'ab'[((at * 2_654_435_761) >>> 16) % 2]).join('');
}

/** Servers write patterns for messages of up to 4,000 letters; a call takes 100 patterns and stops after its time. */
export default defineMicro({
  task: matchPatterns,
  about: 'holds a server’s own patterns against a message',
  inputs: {
    '50 patterns, a message of letters': sized(
      (length) => ({ patterns: patterns(50), texts: [prose(length)] }),
      [20, 200, 4_000],
    ),
    'patterns against 200 letters': sized(
      (amount) => ({ patterns: patterns(amount), texts: [prose(200)] }),
      [1, 50, 100],
    ),
    'one hostile pattern, letters': sized(
      (length) => ({ patterns: [{ source: HOSTILE, ignoreCase: false }], texts: [mixed(length)] }),
      [200, 2_000, 4_000],
    ),
    'the ordinary case that froze others': sized(
      (length) => ({ patterns: [{ source: '^(a+)+$', ignoreCase: false }], texts: [`${'a'.repeat(length)}!`] }),
      [30, 2_000, 4_000],
    ),
  },
  works: ({ patterns: known }) => known.every(({ kind }) => kind === 'ready'),
});
