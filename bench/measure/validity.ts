import type { AckRound } from '../report/report.ts';

/**
 * How late the driver may send at the 99th percentile, and at the worst, before its figures say more of it than of the bot.
 * Where people wait for half a second, a twentieth of that is no matter: it is within the wait as it is counted.
 */
const LATE_P99_MS = 5;
const LATE_SHARE = 1 / 20;
const LATE_MOST_MS = 50;

type Judged = Pick<AckRound, 'ack' | 'driver' | 'refused' | 'tasks'>;

/** Why a round does not count, in words; empty when it does. Lost probes do not make a round invalid: they are its result. */
export function whyInvalid(
  { ack, driver, refused, tasks }: Judged,
  { mustWork }: { readonly mustWork: boolean },
): string[] {
  const why: string[] = [];
  const { late, loop } = driver;
  if (late.p99 > Math.max(LATE_P99_MS, ack.p99 * LATE_SHARE) || late.max > LATE_MOST_MS)
    why.push(`the driver sent late (p99 ${late.p99.toFixed(1)} ms, at most ${late.max.toFixed(1)} ms)`);
  if (loop.max > LATE_MOST_MS) why.push(`the driver's own loop stood still for ${loop.max.toFixed(1)} ms`);
  if (refused > 0) why.push(`${refused} probes were answered with a refusal`);
  if (mustWork && tasks === 0) why.push('no task was done: there was no load');
  return why;
}
