import type { Context } from '../../context.ts';
import type { CaseDay } from '../../db/case-list.ts';
import type { StatsChart } from '../../workers/chart/stats-chart.ts';
import { amount, list, type Reader, renderPlain, type Said, t } from '../answers/words.ts';
import { typeWords } from '../moderation/notice.ts';
import { alongMarks, type Span } from './span.ts';

/** Kinds that have a colour of their own; all others share one. */
const MOST_KINDS = 5;

/** What was done to keep order, by kind and by days or weeks. */
export interface Moderated {
  readonly chart: StatsChart;
  readonly lines: readonly Said[];
  readonly alt: Said;
}

/** Nothing where nothing was done. */
export function moderatedOf(
  days: readonly CaseDay[],
  span: Span,
  reader: Reader,
  context: Pick<Context, 'i18n'>,
): Moderated | undefined {
  const kinds = kindsOf(days);
  if (kinds.length === 0) return undefined;
  const countOf = ({ type, count }: Kind) => t('stats.moderation.kind', { type: typeWords({ type }, context), count });
  const shown = kinds.slice(0, MOST_KINDS);
  const along = (fits: (type: string) => boolean) =>
    alongMarks(span, days, ({ type, count }) => (fits(type) ? count : 0));
  const series = shown.map(({ type }) => ({
    name: renderPlain(typeWords({ type }, context), reader),
    as: 'bars' as const,
    amounts: along((other) => other === type),
  }));
  if (kinds.length > shown.length) {
    const rest = along((type) => !shown.some((one) => one.type === type));
    series.push({ name: renderPlain(t('stats.moderation.otherKinds'), reader), as: 'bars', amounts: rest });
  }
  return {
    chart: { kind: 'series', along: span.marks.map((day) => day.slice(5)), series, stacked: true },
    lines: kinds.map((one) => t('stats.moderation.line', { kind: countOf(one) })),
    alt: t(`stats.moderation.alt.${span.step}`, {
      ...{ from: span.from, marks: span.marks.length, kinds: list(kinds.map(countOf)) },
      total: amount(kinds.reduce((sum, { count }) => sum + count, 0)),
    }),
  };
}

interface Kind {
  readonly type: string;
  readonly count: number;
}

/** Most first. */
function kindsOf(days: readonly CaseDay[]): readonly Kind[] {
  const counts = new Map<string, number>();
  for (const { type, count } of days) counts.set(type, (counts.get(type) ?? 0) + count);
  return [...counts]
    .map(([type, count]) => ({ type, count }))
    .sort((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1));
}
