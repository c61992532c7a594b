import { Value } from '@sinclair/typebox/value';
import type { Context } from '../../context.ts';
import type { Tx } from '../../db/connect.ts';
import { readSettings } from '../../db/settings.ts';
import { deleteTimer, lockOwed, openTimers } from '../../db/timers.ts';
import { type DateRule, Recurrence } from '../../lib/time/rule.ts';
import { wallOf, wallText } from '../../lib/time/wall.ts';
import { AREAS, type AreaValue } from '../settings/areas.ts';

/** The kind of timer that brings a daily report. */
export const REPORT_TIMER = 'daily-report';
export const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7] as const;
/** There should be two at most: everybody's, that is due, and its own. */
const MOST_OPEN = 100;

type Needs = Pick<Context, 'database' | 'now' | 'timers'>;

/** The server's own time for its report, as a rule; nothing while it is content with everybody's. */
export function ownRule({ reportTime: at, reportDays: on }: AreaValue<'reports'>): DateRule | undefined {
  if (at === undefined) return undefined;
  return on.length === EVERY_DAY.length ? { kind: 'daily', every: 1, at } : { kind: 'weekly', every: 1, on, at };
}

/**
 * Brings the server's own timer in line with its settings: there is one that comes again and again, or none, however many
 * arrange it at once.
 */
export async function arrangeReport(guild: string, { database, now, timers }: Needs): Promise<void> {
  await database.begin(async (tx, notify) => {
    await lockOwed(tx, REPORT_TIMER, guild);
    // As they are stored: whoever comes last knows of all changes.
    const reports = await storedOf(tx, guild, 'reports');
    const { timeZone: zone } = await storedOf(tx, guild, 'general');
    const channel = reports.reportChannel;
    const rule = channel === undefined ? undefined : ownRule(reports);
    const open = await openTimers(tx, { kind: REPORT_TIMER, guild }, MOST_OPEN);
    const own = open.filter(({ recurrence }) => recurrence !== null);
    const fitting = own.find((timer) => rule && timer.zone === zone && sameRule(timer.recurrence, rule));
    for (const { id } of own) if (id !== fitting?.id) await deleteTimer(tx, { id, kind: REPORT_TIMER, guild });
    if (!rule || fitting) return;
    const recurrence = { rule, zone, start: wallText(wallOf(now(), zone)) };
    const timer = { kind: REPORT_TIMER, owner: guild, guild, channel, payload: {}, recurrence, zone };
    await timers.addWithin({ tx, notify }, timer);
  });
}

async function storedOf<N extends 'reports' | 'general'>(tx: Tx, guild: string, area: N): Promise<AreaValue<N>> {
  const stored = await readSettings(tx, guild, area);
  return AREAS[area].mend(stored?.value).value as AreaValue<N>; // its own schema
}

function sameRule(recurrence: unknown, rule: DateRule): boolean {
  return Value.Check(Recurrence, recurrence) && Value.Equal(recurrence.rule, rule);
}
