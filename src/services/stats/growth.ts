import type { DayMoves } from '../../db/server-days.ts';
import type { StatsChart } from '../../workers/chart/stats-chart.ts';
import { amount, type Reader, renderPlain, type Said, t } from '../answers/words.ts';
import { alongMarks, type Span } from './span.ts';

export interface Growth {
  readonly chart: StatsChart;
  readonly lines: readonly Said[];
  readonly alt: Said;
}

/** Who came and went, and how many there were at the end of each day or week: reckoned back from how many there are. Nothing where nobody did. */
export function growthOf(moves: readonly DayMoves[], now: number, span: Span, reader: Reader): Growth | undefined {
  if (moves.length === 0) return undefined;
  const joined = alongMarks(span, moves, ({ joins }) => joins);
  const left = alongMarks(span, moves, ({ leaves }) => leaves);
  const totals = backFrom(now, joined, left);
  const [joins, leaves] = [sumOf(joined), sumOf(left)];
  const name = (key: 'joined' | 'left' | 'members') => renderPlain(t(`stats.growth.${key}`), reader);
  const before = Math.max(0, now - joins + leaves);
  return {
    chart: {
      kind: 'series',
      stacked: false,
      along: span.marks.map((day) => day.slice(5)),
      series: [
        { name: name('joined'), as: 'bars', amounts: joined },
        { name: name('left'), as: 'bars', amounts: left },
        { name: name('members'), as: 'line', amounts: totals },
      ],
    },
    lines: [
      t('stats.growth.moves', { joins: amount(joins), leaves: amount(leaves) }),
      t('stats.growth.total', { before: amount(before), now: amount(now) }),
    ],
    alt: t(`stats.growth.alt.${span.step}`, {
      ...{ joins: amount(joins), leaves: amount(leaves), before: amount(before), now: amount(now) },
      ...{ from: span.from, marks: span.marks.length },
    }),
  };
}

function backFrom(now: number, joined: readonly number[], left: readonly number[]): number[] {
  const totals: number[] = [];
  let total = now;
  for (let at = joined.length - 1; at >= 0; at -= 1) {
    totals.unshift(Math.max(0, total));
    total += (left[at] ?? 0) - (joined[at] ?? 0);
  }
  return totals;
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, one) => sum + one, 0);
}
