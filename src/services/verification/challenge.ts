import { randomBelow } from '../../lib/random.ts';

/** None that looks like another: no O and 0, I and 1, S and 5, B and 8, Z and 2, G and 6, U and V, Q and D. */
const LETTERS = 'ACEFHJKMNPRTWXY3479';
const COUNT = 5;
const NUMBERS = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const;
const LEAST = 2;

export type NumberName = (typeof NUMBERS)[number];

/** Letters to be read in a picture. */
export function someLetters(): string {
  return Array.from({ length: COUNT }, () => LETTERS[randomBelow(LETTERS.length)] ?? 'A').join('');
}

export interface Sum {
  readonly left: NumberName;
  readonly right: NumberName;
  readonly solution: string;
}

/** The same for those who do not see pictures: a sum in words. */
export function someSum(): Sum {
  const [left, right] = [randomBelow(NUMBERS.length), randomBelow(NUMBERS.length)];
  const names = { left: NUMBERS[left] ?? 'two', right: NUMBERS[right] ?? 'two' };
  return { ...names, solution: String(left + right + 2 * LEAST) };
}

/** An answer as it is compared: capitals and spaces do not count. */
export function answerOf(text: string): string {
  return text.normalize('NFKC').replace(/\s/gu, '').toUpperCase();
}
