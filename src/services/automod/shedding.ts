import type { Logger } from '../../lib/log.ts';
import type { Metrics } from '../../lib/metrics.ts';
import type { Tenure } from './shed-queue.ts';

/**
 * Why a message was passed over: the queue was full, and it was one of these; no thread could be had for it; it took a thread too
 * long, or failed there.
 */
export type ShedReason = Tenure | 'no thread' | 'too slow' | 'failed';

const WARN_EVERY_MS = 10_000;

/** Counts what is passed over, and says so in the log, seldom. */
export class Shedding {
  readonly #log: Logger;
  readonly #metrics: Metrics;
  readonly #now: () => Date;
  readonly #counts = new Map<ShedReason, number>();
  #unsaid = new Map<ShedReason, number>();
  #saidAt = Number.NEGATIVE_INFINITY;

  constructor({
    log,
    metrics,
    now,
  }: {
    readonly log: Logger;
    readonly metrics: Metrics;
    readonly now: () => Date;
  }) {
    this.#log = log;
    this.#metrics = metrics;
    this.#now = now;
  }

  /** Since the start. */
  get total(): number {
    return this.#counts.values().reduce((sum, count) => sum + count, 0);
  }

  count(reason: ShedReason): void {
    this.#metrics.messagesShed.inc({ reason });
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
    this.#unsaid.set(reason, (this.#unsaid.get(reason) ?? 0) + 1);
    const now = this.#now().getTime();
    if (Math.abs(now - this.#saidAt) < WARN_EVERY_MS) return;
    this.#saidAt = now;
    this.#log.warn({ shed: Object.fromEntries(this.#unsaid) }, 'messages were passed over');
    this.#unsaid = new Map();
  }
}
