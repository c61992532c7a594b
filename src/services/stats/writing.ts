import type { DayActivity } from '../../db/activity.ts';
import type { StatsChart } from '../../workers/chart/stats-chart.ts';
import { amount, type Reader, renderPlain, type Said, t } from '../answers/words.ts';
import { alongMarks, type Span } from './span.ts';

/** How much was written by days or weeks. */
export interface Writing {
  readonly chart: StatsChart;
  readonly lines: readonly Said[];
  readonly alt: Said;
}

/** Nothing where nothing was written. */
export function writingOf(
  days: readonly Pick<DayActivity, 'day' | 'messages'>[],
  span: Span,
  reader: Reader,
): Writing | undefined {
  const amounts = alongMarks(span, days, ({ messages }) => messages);
  const total = amounts.reduce((sum, one) => sum + one, 0);
  if (total === 0) return undefined;
  const most = Math.max(...amounts);
  const name = renderPlain(t('stats.writing.messages'), reader);
  const params = {
    ...{ total: amount(total), most: amount(most), day: span.marks[amounts.indexOf(most)] ?? span.from },
    ...{ from: span.from, marks: span.marks.length },
  };
  return {
    chart: {
      kind: 'series',
      stacked: false,
      along: span.marks.map((day) => day.slice(5)),
      series: [{ name, as: 'bars', amounts }],
    },
    lines: [t('stats.writing.total', params), t(`stats.writing.most.${span.step}`, params)],
    alt: t(`stats.writing.alt.${span.step}`, params),
  };
}
