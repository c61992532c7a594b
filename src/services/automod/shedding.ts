import type { Logger } from '../../lib/log.ts';
import type { Metrics } from '../../lib/metrics.ts';
import { Seldom } from '../../lib/seldom.ts';
import type { Tenure } from './shed-queue.ts';

/**
 * Why a message was passed over: the queue was full, and it was one of these; no thread could be had for it; it took a thread too
 * long, or failed there; too much waited for what its server has settled, or too long.
 */
export type ShedReason = Tenure | 'no thread' | 'too slow' | 'failed' | 'not known';

const WARN_EVERY_MS = 10_000;

/** Counts what is passed over, and says so in the log, seldom. */
export class Shedding {
  readonly #log: Logger;
  readonly #metrics: Metrics;
  readonly #warning: Seldom;
  readonly #failing: Seldom;
  readonly #counts = new Map<ShedReason, number>();
  #unsaid = new Map<ShedReason, number>();

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
    this.#warning = new Seldom(WARN_EVERY_MS, now);
    this.#failing = new Seldom(WARN_EVERY_MS, now);
  }

  /** Since the start. */
  get total(): number {
    return this.#counts.values().reduce((sum, count) => sum + count, 0);
  }

  /** A thread could not judge a message; what all of a server's fail by is said as seldom. */
  failed(fields: { readonly error: unknown } & Readonly<Record<string, unknown>>): void {
    if (this.#failing.take()) this.#log.warn(fields, 'a message could not be judged');
  }

  count(reason: ShedReason): void {
    this.#metrics.messagesShed.inc({ reason });
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
    this.#unsaid.set(reason, (this.#unsaid.get(reason) ?? 0) + 1);
    if (!this.#warning.take()) return;
    this.#log.warn({ shed: Object.fromEntries(this.#unsaid) }, 'messages were passed over');
    this.#unsaid = new Map();
  }
}
