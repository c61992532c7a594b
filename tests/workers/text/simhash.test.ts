import { readdir, readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNear } from '../../../src/services/automod/near.ts';
import { canonical } from '../../../src/workers/text/canonical.ts';
import { distance, simhash } from '../../../src/workers/text/simhash.ts';
import { ROOT } from '../../sources.ts';

const FOLDER = `${ROOT}/tests/corpus/innocent`;

/** Real-looking messages of many languages, each different from any other. */
const MESSAGES: readonly string[] = (
  await Promise.all((await readdir(FOLDER)).map((name) => readFile(`${FOLDER}/${name}`, 'utf8')))
).flatMap((text): string[] => JSON.parse(text));

function messageOf(text: string) {
  const form = canonical(text, { leet: false }).text;
  return {
    author: '1',
    files: [],
    print: { text: [...simhash(form)] as [number, number], letters: form.length, links: [] },
  };
}

function near(one: string, other: string): boolean {
  return isNear(messageOf(one), messageOf(other));
}

test('counts the bits that differ', () => {
  expect(distance([0, 0], [0, 0])).toBe(0);
  expect(distance([0, 0], [-1, -1])).toBe(64);
  expect(distance([0b1011, 1], [0b0001, 1])).toBe(2);
});

test('its bits are those that most of its parts have, whatever their number', () => {
  fc.assert(
    fc.property(fc.constantFrom('abc', 'x', '', '日本語'), fc.integer({ min: 2, max: 70_000 }), (unit, times) => {
      // Of one letter all parts are the same, so that all have the bits of one of them.
      expect(simhash('a'.repeat(times + 1))).toEqual(simhash('aaa'));
      expect(simhash(unit)).toEqual(simhash(`${unit} `));
    }),
    { numRuns: 20 },
  );
});

describe('nearly the same', () => {
  const long = MESSAGES.filter((text) => text.length >= 40);

  /** Changes as those make them who send a thing again and again; where, goes by the number. */
  const CHANGES: Readonly<Record<string, (text: string, number: number) => string>> = {
    'pictures among the words': (text) => text.replaceAll(' ', ' 🎉 '),
    'other figures': (text, number) => text.replace(/\d+/g, `${number}`),
    'other signs and capitals': (text) => `${text.toUpperCase()}!!!`,
    'letters of other alphabets': (text) => text.replace(/(?<=[a-z])o(?=[a-z])/g, 'о'),
    'what does not show': (text) => [...text].join('\u200b'),
  };
  test.each(Object.entries(CHANGES))('whatever the message, with %s', (_, change) => {
    const changed = long.map((text, number) => [text, change(text, number)] as const);
    expect(changed.filter(([text, other]) => !near(text, other) && text.toLowerCase() !== other)).toEqual([]);
  });

  test('nearly always with one letter changed, or a word put in', () => {
    const changes = long.flatMap((text, number) => {
      const at = (number * 7) % text.length;
      return [`${text.slice(0, at)}x${text.slice(at + 1)}`, `${text} lol`].map((other) => [text, other] as const);
    });
    const missed = changes.filter(([text, other]) => !near(text, other));
    expect(missed.length / changes.length).toBeLessThan(0.05);
  });
});

test('no two messages that say different things are nearly the same', () => {
  const all = MESSAGES.map((text) => [text, messageOf(text)] as const);
  const taken = all.flatMap(([text, one], at) =>
    all.slice(at + 1).flatMap(([other, another]) => (isNear(one, another) ? [[text, other]] : [])),
  );
  expect(taken).toEqual([]);
});
