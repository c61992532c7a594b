import pLimit from 'p-limit';
import { activityByDay } from '../../../db/activity.ts';
import { BusyError } from '../../../lib/errors.ts';
import { FEW } from '../../../workers/inspect/budget.ts';
import { dayPlus, type Section } from '../section.ts';

const DAYS = 28;
/** Nobody sits and waits for it. */
const DRAWING_MS = 20_000;
/** Most servers have their report at the same minute; members' files want the threads as well. */
const drawing = pLimit(2);
/** Whoever waits longer comes again: a section that takes too long would be left out. Milliseconds. */
const LONGEST_WAIT_MS = 15_000;

/** The messages of each day as a line, a silent one at 0, drawn in a thread as the tables are that people upload. One day makes no line. */
const fourWeeks: Section = {
  alone: false,
  async gather({ guild, day, locale }, { db, i18n, workers }, signal) {
    const written = await activityByDay(db, guild, { from: dayPlus(day, 1 - DAYS), to: day });
    if (written.length < 2) return undefined;
    const messages = new Map(written.map((one) => [one.day, one.messages]));
    const days = Array.from({ length: DAYS }, (_, at) => dayPlus(day, at + 1 - DAYS)); // also those of silence
    const columns = [i18n.t('reports.chart.day', {}, locale), i18n.t('reports.chart.messages', {}, locale)];
    const table = [columns.join(), ...days.map((one) => `${one},${messages.get(one) ?? 0}`)].join('\n');
    const asked = { name: 'activity.csv', bytes: new TextEncoder().encode(table), columns, limits: FEW };
    const began = performance.now();
    const drawn = await drawing(() => {
      signal.throwIfAborted();
      if (performance.now() - began > LONGEST_WAIT_MS) throw new BusyError('too many reports are drawn');
      return workers.offload('drawChart', asked, { signal, deadlineMs: DRAWING_MS });
    });
    if (drawn.kind === 'refused') return undefined;
    const said = drawn.alt.map(({ code, params }) => i18n.t(`inspect.charts.alt.${code}`, params, locale));
    return { lines: [], picture: { name: 'activity.png', bytes: drawn.png, description: said.join(' ') } };
  },
};

export default fourWeeks;
