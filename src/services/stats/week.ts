import type { Weekday, WeekHour } from '../../db/week-hours.ts';
import type { StatsChart } from '../../workers/chart/stats-chart.ts';
import type { Part } from '../answers/answer.ts';
import { amount, type Reader, renderPlain, type Said, t } from '../answers/words.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** What was written by weekday and hour: as a chart, as a table for those who read, and in a sentence for those who see no picture. */
export interface Week {
  readonly chart: StatsChart;
  readonly table: Part;
  readonly alt: Said;
}

/** Nothing where nothing was written. */
export function weekOf(hours: readonly WeekHour[], zone: string, reader: Reader): Week | undefined {
  const busiest = hours.reduce<WeekHour | undefined>(
    (most, one) => (one.amount > (most?.amount ?? 0) ? one : most),
    undefined,
  );
  if (!busiest) return undefined;
  const days = WEEKDAYS.map((day) => ({ day, amounts: HOURS.map((hour) => amountAt(hours, day, hour)) }));
  const rows = WEEKDAYS.map((day) => renderPlain(weekday(day), reader));
  const columns = HOURS.map((hour) => String(hour).padStart(2, '0'));
  const total = hours.reduce((sum, one) => sum + one.amount, 0);
  return {
    chart: { kind: 'heat', rows, columns, amounts: days.map(({ amounts }) => amounts), percent: false },
    table: { kind: 'lines', title: t('stats.week.title', { zone }), lines: days.map(lineOf) },
    alt: t('stats.week.alt', {
      ...{ zone, total: amount(total), most: amount(busiest.amount) },
      ...{ weekday: weekday(busiest.weekday), from: clock(busiest.hour), to: clock(busiest.hour + 1) },
    }),
  };
}

function amountAt(hours: readonly WeekHour[], weekday: number, hour: number): number {
  return hours.find((one) => one.weekday === weekday && one.hour === hour)?.amount ?? 0;
}

function lineOf({ day, amounts }: { readonly day: Weekday; readonly amounts: readonly number[] }): Said {
  const total = amounts.reduce((sum, one) => sum + one, 0);
  if (total === 0) return t('stats.week.none', { weekday: weekday(day) });
  const most = Math.max(...amounts);
  const hour = amounts.indexOf(most);
  return t('stats.week.line', {
    ...{ weekday: weekday(day), total: amount(total), most: amount(most) },
    ...{ from: clock(hour), to: clock(hour + 1) },
  });
}

function weekday(day: Weekday): Said {
  return t(`time.weekdays.${day}`);
}

function clock(hour: number): string {
  return `${String(hour % 24).padStart(2, '0')}:00`;
}
