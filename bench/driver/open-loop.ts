/** The clock an open loop runs by: milliseconds from any zero, and a wait that ends at or after a moment. */
export interface Clock {
  now(): number;
  until(moment: number): Promise<void>;
}

const REAL_CLOCK: Clock = {
  now: () => performance.now(),
  until: (moment) => new Promise((resolve) => setTimeout(resolve, Math.max(0, moment - performance.now()))),
};

export interface OpenLoop {
  readonly everyMs: number;
  readonly count: number;
  /** Told when it was meant to be sent; never waited for. */
  readonly send: (intendedAt: number, index: number) => void;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

/**
 * Sends at fixed moments, whether or not earlier ones were answered: who asks does not know that the bot is busy. A
 * sender held up sends what is overdue at once, each with the moment it was meant for, so that no wait is hidden.
 */
export async function openLoop({ everyMs, count, send, signal, clock = REAL_CLOCK }: OpenLoop): Promise<void> {
  const start = clock.now() + everyMs;
  for (let index = 0; index < count; ) {
    if (signal?.aborted) return;
    const intendedAt = start + index * everyMs;
    if (clock.now() < intendedAt) {
      await clock.until(intendedAt);
      continue;
    }
    send(intendedAt, index);
    index++;
  }
}
