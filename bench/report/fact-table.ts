import type { Fact } from '../facts/fact.ts';
import type { Cells } from './columns.ts';

/** Figures that were taken once, as a table with its head. */
export function factCells(facts: readonly Fact[]): Cells {
  return [['figure', 'value', 'bar'], ...facts.map(cellsOf)];
}

function cellsOf(fact: Fact): readonly string[] {
  if ('skipped' in fact) return [fact.what, '-', `left out: ${fact.skipped}`];
  const { what, value, unit } = fact;
  const tenths = unit === 's' || unit === 'a second' || (unit === 'ms' && value < 100);
  return [what, `${value.toFixed(tenths ? 1 : 0)} ${unit}`, verdictOf(fact)];
}

function verdictOf({ value, unit, bar, least }: Exclude<Fact, { readonly skipped: string }>): string {
  if (bar !== undefined) return value <= bar ? `within ${bar} ${unit}` : `OVER ${bar} ${unit}`;
  if (least !== undefined) return value >= least ? `at least ${least} ${unit}` : `UNDER ${least} ${unit}`;
  return '';
}
