import { Latencies } from '../measure/latencies.ts';

/** What became of one probe. `ackedAt` and `writtenAt` are by the clock of the driver, in milliseconds. */
export type Probed =
  | { readonly kind: 'acked'; readonly writtenAt: number; readonly ackedAt: number; readonly deferred: boolean }
  /** Answered, but not with what was asked for: a cooldown or an error. */
  | { readonly kind: 'refused'; readonly writtenAt: number; readonly ackedAt: number }
  | { readonly kind: 'lost'; readonly why: string };

/** After this Discord takes no answer any more; a probe without one is as late as this, at the least. */
export const LOST_AFTER_MS = 3_000;

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

  sending(intendedAt: number, now: number): void {
    this.sent++;
    this.late.record(now - intendedAt);
  }

  ended(intendedAt: number, now: number, probed: Probed): void {
    if (probed.kind === 'lost') {
      this.lost++;
      this.firstLoss ??= probed.why;
      const waited = Math.max(LOST_AFTER_MS, now - intendedAt);
      this.ack.record(waited);
      this.answer.record(waited);
      return;
    }
    if (probed.kind === 'refused') this.refused++;
    else if (probed.deferred) this.deferred++;
    this.ack.record(probed.ackedAt - intendedAt);
    this.answer.record(probed.ackedAt - probed.writtenAt);
  }
}
