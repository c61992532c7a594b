import { Latencies } from '../measure/latencies.ts';

/** What became of one probe. `ackedAt` and `writtenAt` are by the clock of the driver, in milliseconds. */
export type Probed =
  | { readonly kind: 'acked'; readonly writtenAt: number; readonly ackedAt: number; readonly deferred: boolean }
  /** Answered, but not with what was asked for: a cooldown or an error. */
  | { readonly kind: 'refused'; readonly writtenAt: number; readonly ackedAt: number }
  | { readonly kind: 'lost'; readonly why: string };

/** After this Discord takes no answer any more; a probe without one is as late as this, at the least. */
export const LOST_AFTER_MS = 3_000;

/** The probes that were meant to be sent within a stretch of time that begins at `at`. Milliseconds. */
export interface LatencyPoint {
  readonly at: number;
  readonly p50: number;
  readonly max: number;
}

/** Points of a round at most, and the least time between them. */
const MOST_POINTS = 240;
const LEAST_STEP_MS = 250;

/** Counts what became of the probes of one round. */
export class Probing {
  /** From the moment a probe was meant to be sent to its first answer: what a person waits. */
  readonly ack = new Latencies();
  /** From the event being written to the first answer: the bot alone. */
  readonly answer = new Latencies();
  /** How late probes were sent. */
  readonly late = new Latencies();
  sent = 0;
  lost = 0;
  refused = 0;
  deferred = 0;
  /** Why the first of the lost was lost. */
  firstLoss: string | undefined;
  readonly #probes: { readonly intendedAt: number; readonly ms: number }[] = [];

  sending(intendedAt: number, now: number): void {
    this.sent++;
    this.late.record(now - intendedAt);
  }

  ended(intendedAt: number, now: number, probed: Probed): void {
    if (probed.kind === 'lost') {
      this.lost++;
      this.firstLoss ??= probed.why;
      const waited = Math.max(LOST_AFTER_MS, now - intendedAt);
      this.#waited(intendedAt, waited);
      this.answer.record(waited);
      return;
    }
    if (probed.kind === 'refused') this.refused++;
    else if (probed.deferred) this.deferred++;
    this.#waited(intendedAt, probed.ackedAt - intendedAt);
    this.answer.record(probed.ackedAt - probed.writtenAt);
  }

  /** How it went: a point for each quarter of a second, or for longer where it went on for long. */
  course(): readonly LatencyPoint[] {
    const begin = Math.min(...this.#probes.map(({ intendedAt }) => intendedAt));
    const lasted = Math.max(0, ...this.#probes.map(({ intendedAt }) => intendedAt - begin));
    const step = Math.max(LEAST_STEP_MS, Math.ceil(lasted / MOST_POINTS));
    const steps = Map.groupBy(this.#probes, ({ intendedAt }) => Math.floor((intendedAt - begin) / step));
    return [...steps]
      .sort(([a], [b]) => a - b)
      .map(([at, probes]) => {
        const sorted = probes.map(({ ms }) => ms).sort((a, b) => a - b);
        const [p50 = 0, max = 0] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted.at(-1)];
        return { at: at * step, p50: Math.round(p50 * 1_000) / 1_000, max: Math.round(max * 1_000) / 1_000 };
      });
  }

  #waited(intendedAt: number, ms: number): void {
    this.ack.record(ms);
    this.#probes.push({ intendedAt, ms });
  }
}
