import diffWords from '../../src/workers/tasks/diff-words.ts';
import { textOf } from '../load/texts.ts';
import { defineMicro, sized } from '../micro.ts';

const EDITED = 10;
const words = (length: number, word: (at: number) => string) =>
  new TextDecoder().decode(textOf(length, word)).replaceAll('\n', ' ').slice(0, length);

/** `length` is that of one side, in letters. */
export default defineMicro({
  task: diffWords,
  about: 'what has changed from one message to its next version',
  inputs: {
    'a few words edited': sized(
      (length) => ({
        before: words(length, (at) => `word${at % 90}`),
        after: words(length, (at) => (at % EDITED === 0 ? `other${at % 70}` : `word${at % 90}`)),
        around: 60,
      }),
      [50, 500, 4_000],
    ),
    'another text': sized(
      (length) => ({
        before: words(length, (at) => `a${(at * 37) % 101}`),
        after: words(length, (at) => `b${(at * 53) % 97}`),
        around: 60,
      }),
      [50, 500, 4_000],
    ),
  },
});
