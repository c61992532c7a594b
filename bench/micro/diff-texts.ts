import diffTexts from '../../src/workers/tasks/diff-texts.ts';
import { LIMITS } from '../load/limits.ts';
import { textOf } from '../load/texts.ts';
import { defineMicro, sized } from '../micro.ts';

const EDITED = 50;

function version(bytes: number, line: (at: number) => string) {
  return { bytes: textOf(bytes, line), name: 'notes.txt' };
}

const line = (at: number) => `line ${at}: the penguin hopped ${(at * 37) % 900} times`;

/** `bytes` are those of one side. */
export default defineMicro({
  task: diffTexts,
  about: 'what has changed from one text to another',
  inputs: {
    'a few lines edited': sized(
      (bytes) => ({
        before: version(bytes, line),
        after: version(bytes, (at) => (at % EDITED === 0 ? `${line(at)} and once more` : line(at))),
        limits: LIMITS,
      }),
      [1_000, 100_000, 15_000_000],
    ),
    'another text': sized(
      (bytes) => ({
        before: version(bytes, line),
        after: version(bytes, (at) => `row ${(at * 7_919) % 100_003}: another bird flew`),
        limits: LIMITS,
      }),
      [1_000, 100_000, 15_000_000],
    ),
  },
  works: ({ kind }) => kind === 'diff',
});
