import { randomBelow } from './random.ts';

/** One part of a throw: dice with so many sides, or a number. Taken away where `sign` is -1. */
export type Term =
  | { readonly kind: 'dice'; readonly sign: 1 | -1; readonly count: number; readonly sides: number }
  | { readonly kind: 'number'; readonly sign: 1 | -1; readonly value: number };

const MOST_DICE = 100;
const MOST_SIDES = 1_000;
const MOST_TERMS = 10;
const TERM = /\s*([+-]?)\s*(?:(\d{0,3})[dw](\d{1,4}|%)|(\d{1,6}))\s*/iy;
const LONGEST = 100;

/** Reads `2d6+1`, `d20`, `4d8 - d4`, `d%`: at most 100 dice of 2 to 1,000 sides in ten terms. Nothing for anything else. */
export function parseDice(text: string): readonly Term[] | undefined {
  const terms: Term[] = [];
  const term = new RegExp(TERM);
  while (term.lastIndex < text.length) {
    const [, sign = '', count, sides, value] = (text.length <= LONGEST && term.exec(text)) || [undefined, '', '0', '0'];
    if (sign === '' && terms.length > 0) return undefined;
    const by = sign === '-' ? -1 : 1;
    if (value !== undefined) terms.push({ kind: 'number', sign: by, value: Number(value) });
    else terms.push({ kind: 'dice', sign: by, count: Number(count || 1), sides: sides === '%' ? 100 : Number(sides) });
  }
  const dice = terms.filter((one) => one.kind === 'dice');
  const sound = dice.every(({ count, sides }) => count >= 1 && sides >= 2 && sides <= MOST_SIDES);
  const total = dice.reduce((sum, { count }) => sum + count, 0);
  return sound && total >= 1 && total <= MOST_DICE && terms.length <= MOST_TERMS ? terms : undefined;
}

export interface Thrown {
  readonly term: Term;
  /** What each die shows; empty for a number. */
  readonly dice: readonly number[];
}

/** Throws them; `below` draws a whole number from 0 up to, not including, what it is given. */
export function throwDice(
  terms: readonly Term[],
  below: (limit: number) => number = randomBelow,
): { readonly thrown: readonly Thrown[]; readonly total: number } {
  const thrown = terms.map((term) => ({
    term,
    dice: term.kind === 'dice' ? Array.from({ length: term.count }, () => 1 + below(term.sides)) : [],
  }));
  const total = thrown.reduce(
    (sum, { term, dice }) =>
      sum + term.sign * (term.kind === 'number' ? term.value : dice.reduce((all, one) => all + one, 0)),
    0,
  );
  return { thrown, total };
}
