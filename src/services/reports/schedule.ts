import { Value } from '@sinclair/typebox/value';
import type { Context } from '../../context.ts';
import { type DateRule, Recurrence } from '../../lib/time/rule.ts';
import { wallOf, wallText } from '../../lib/time/wall.ts';
import type { AreaValue } from '../settings/areas.ts';

/** The kind of timer that brings a daily report. */
export const REPORT_TIMER = 'daily-report';
export const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7] as const;

type Needs = Pick<Context, 'now' | 'settings' | 'timers'>;

/** The server's own time for its report, as a rule; nothing while it is content with everybody's. */
export function ownRule({ reportTime: at, reportDays: on }: AreaValue<'reports'>): DateRule | undefined {
  if (at === undefined) return undefined;
  return on.length === EVERY_DAY.length ? { kind: 'daily', every: 1, at } : { kind: 'weekly', every: 1, on, at };
}

/** Brings the server's own timer in line with its settings: there is one that comes again and again, or none. */
export async function arrangeReport(guild: string, { now, settings, timers }: Needs): Promise<void> {
  const [reports, { timeZone: zone }] = await Promise.all([
    settings.of(guild, 'reports'),
    settings.of(guild, 'general'),
  ]);
  const channel = reports.reportChannel;
  const rule = channel === undefined ? undefined : ownRule(reports);
  const open = await timers.list({ kind: REPORT_TIMER, guild });
  const own = open.filter(({ recurrence }) => recurrence !== null);
  const fitting = own.find((timer) => rule && timer.zone === zone && sameRule(timer.recurrence, rule));
  for (const { id } of own) if (id !== fitting?.id) await timers.remove({ id, kind: REPORT_TIMER, guild });
  if (!rule || fitting) return;
  const recurrence = { rule, zone, start: wallText(wallOf(now(), zone)) };
  await timers.add({ kind: REPORT_TIMER, owner: guild, guild, channel, payload: {}, recurrence, zone });
}

function sameRule(recurrence: unknown, rule: DateRule): boolean {
  return Value.Check(Recurrence, recurrence) && Value.Equal(recurrence.rule, rule);
}
