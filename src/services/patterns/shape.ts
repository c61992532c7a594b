import { type Static, Type } from '@sinclair/typebox';

const CLASSES = { letters: /\p{L}/u, digits: /\p{N}/u, spaces: /\s/u, marks: /\p{M}/u } as const;

/** What can be told of a message without telling what it says: how long it is, and of what. */
export type Shape = Static<typeof Shape>;
export const Shape = Type.Object({
  /** UTF-16 units. */
  length: Type.Integer(),
  lines: Type.Integer(),
  letters: Type.Integer(),
  digits: Type.Integer(),
  spaces: Type.Integer(),
  marks: Type.Integer(),
  /** Signs, emoji and what else there is. */
  others: Type.Integer(),
  /** The most times that the same character stands in a row. */
  run: Type.Integer(),
});

const MOST = 4_000;

export function shapeOf(text: string): Shape {
  const counts = { letters: 0, digits: 0, spaces: 0, marks: 0, others: 0 };
  let [run, longest, lines, before] = [0, 0, 1, ''];
  for (const letter of text.slice(0, MOST)) {
    counts[classOf(letter)]++;
    if (letter === '\n') lines++;
    run = letter === before ? run + 1 : 1;
    longest = Math.max(longest, run);
    before = letter;
  }
  return { length: text.length, lines, ...counts, run: longest };
}

function classOf(letter: string): keyof typeof CLASSES | 'others' {
  for (const [name, form] of Object.entries(CLASSES)) if (form.test(letter)) return name as keyof typeof CLASSES;
  return 'others';
}
