import fc from 'fast-check';
import { expect, test } from 'vitest';
import diffWords from '../../../src/workers/tasks/diff-words.ts';

async function diff(before: string, after: string, around = 8_000) {
  const outcome = await diffWords.run({ before, after, around });
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

const shown = async (before: string, after: string, around?: number) =>
  (await diff(before, after, around)).map(
    ({ kind, text }) => ({ same: text, gone: `[-${text}-]`, new: `[+${text}+]` })[kind],
  );

test('what has changed is told word by word, with signs and ends of lines for themselves', async () => {
  expect(await shown('a bird, that flies', 'a bird. that swims')).toEqual([
    'a bird',
    ...['[-,-]', '[+.+]', ' that ', '[-flies-]', '[+swims+]'],
  ]);
  expect(await shown('one\ntwo', 'one\ntwo\nthree')).toEqual(['one\ntwo', '[+\nthree+]']);
  expect(await shown('', 'new')).toEqual(['[+new+]']);
  expect(await shown('same', 'same')).toEqual(['same']);
});

test('of long stretches that stayed the middle is left out, whole at no character', async () => {
  const long = 'squawk '.repeat(50);
  const [first, , last] = await shown(`${long}old`, `${long}new`, 10);
  expect(first).toBe('…wk squawk ');
  expect(last).toBe('[+new+]');
});

test('both versions can be read out of what is told', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b ', ' ', '\n', '*', '😀', 'ß'), maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(text, text, async (before, after) => {
      const segments = await diff(before, after);
      const words = (kinds: readonly string[]) =>
        segments
          .filter(({ kind }) => kinds.includes(kind))
          .map((one) => one.text)
          .join('')
          .replaceAll(' ', '');
      expect(words(['same', 'gone'])).toBe(before.replaceAll(' ', ''));
      expect(words(['same', 'new'])).toBe(after.replaceAll(' ', ''));
    }),
    { numRuns: 300 },
  );
});
