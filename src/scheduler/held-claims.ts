import type { Db } from '../db/connect.ts';
import { type ClaimedTimer, renewClaims } from '../db/timer-claims.ts';
import { delay } from '../lib/deadline.ts';
import { BotError } from '../lib/errors.ts';

/** Another process may deliver the timer by now, so this one must not go on. */
class ClaimLostError extends BotError {}

interface Held {
  readonly claim: ClaimedTimer;
  readonly lost: AbortController;
  renewedAt: number;
}

/** The timers that this process delivers at the moment; keeps them for it until each is let go. */
export class HeldClaims implements AsyncDisposable {
  readonly #held = new Set<Held>();
  readonly #leaseMs: number;
  readonly #sleep: typeof delay;
  readonly #stop = new AbortController();
  #renewing: Promise<void> | undefined;

  constructor(leaseMs: number, sleep: typeof delay = delay) {
    this.#leaseMs = leaseMs;
    this.#sleep = sleep;
  }

  get size(): number {
    return this.#held.size;
  }

  /** What takes turns (see `Timer.place`) with at least so many deliveries under way. */
  places(atLeast: number): readonly string[] {
    const counts = new Map<string, number>();
    for (const { claim } of this.#held) {
      const place = claim.place ?? claim.channel ?? claim.owner;
      counts.set(place, (counts.get(place) ?? 0) + 1);
    }
    return [...counts].filter(([, count]) => count >= atLeast).map(([place]) => place);
  }

  /** Holds a claim until disposed; `signal` is aborted when it is lost. */
  hold(claim: ClaimedTimer): Disposable & { readonly signal: AbortSignal } {
    const held: Held = { claim, lost: new AbortController(), renewedAt: performance.now() };
    this.#held.add(held);
    return { signal: held.lost.signal, [Symbol.dispose]: () => this.#held.delete(held) };
  }

  /** From now on what is held is kept. */
  start(db: Db): void {
    this.#renewing ??= this.#renew(db);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#renewing;
  }

  async #renew(db: Db): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#sleep(this.#leaseMs / 3, this.#stop).catch(() => {});
      const held = [...this.#held];
      if (this.#stop.signal.aborted || held.length === 0) continue;
      const asked = performance.now();
      // The database may be away: claims hold until their end, and nobody else can take them meanwhile either.
      const kept = await renewClaims(
        db,
        held.map(({ claim }) => claim),
        this.#leaseMs,
      ).catch(() => undefined);
      for (const one of held) {
        if (kept?.includes(one.claim.id)) one.renewedAt = asked;
        else if (kept || performance.now() - one.renewedAt > this.#leaseMs) this.#lose(one);
      }
    }
  }

  #lose({ claim, lost }: Held): void {
    lost.abort(new ClaimLostError(`another process may deliver the ${claim.kind} ${claim.id} by now`));
  }
}
