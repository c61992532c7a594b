import { hostname } from 'node:os';
import { databaseError } from '../db/away.ts';
import { type ClaimedTimer, claimTimers, type TimersAhead, timersAhead } from '../db/timer-claims.ts';
import { backoff } from '../lib/backoff.ts';
import { delay } from '../lib/deadline.ts';
import { StoppingError } from '../lib/errors.ts';
import type { Metrics } from '../lib/metrics.ts';
import type { SharedClock } from '../lib/shared-clock.ts';
import { POLL_MS, type TimerStats, type Timers } from '../services/timers/timers.ts';
import { HeldClaims } from './held-claims.ts';
import type { TimerKind } from './timer.ts';
import { carryOut, type DeliveryNeeds, type Ending } from './timer-delivery.ts';

/** What the engine itself needs of the context it hands to the kinds. */
export interface TimerNeeds extends DeliveryNeeds {
  readonly sharedClock: SharedClock;
  readonly timers: Timers;
  readonly metrics: DeliveryNeeds['metrics'] & Pick<Metrics, 'timersDue'>;
}

export interface TimerEngineOptions {
  /** Stands in for real time in tests, together with the context's `now`. */
  readonly sleep?: typeof delay;
  readonly random?: () => number;
  /** How long others wait for a process that has died in the middle of a delivery. Milliseconds. */
  readonly leaseMs?: number;
  /** Deliveries at the same time. */
  readonly concurrency?: number;
  /** Hears of every try once it is written. */
  readonly onTried?: (timer: ClaimedTimer, ending: Ending) => void;
}

const LEASE_MS = 10_000;
const CONCURRENCY = 64;
/** As many as Discord takes of one channel or person at once; more would only hold up the others. */
const PER_PLACE = 5;
/** Between two looks at what is due while it cannot be taken. */
const BLOCKED_MS = 500;
/** How long disposing waits for deliveries that do not heed their signal. */
const CANCEL_MS = 5_000;
const ERROR_WAIT = { firstMs: 1_000, maxMs: 30_000 } as const;

/**
 * Delivers timers. One loop knows when the next is due and sleeps until then, or until it hears of an earlier one, or until
 * it looks again for itself. What it takes it holds by a lease and a token, so that of all processes that share the
 * database one delivers, and one that was overtaken cannot write.
 */
export class TimerEngine<C extends TimerNeeds> implements AsyncDisposable {
  readonly #kinds: Readonly<Record<string, TimerKind<C>>>;
  readonly #sleep: typeof delay;
  readonly #random: () => number;
  readonly #leaseMs: number;
  readonly #concurrency: number;
  readonly #onTried: NonNullable<TimerEngineOptions['onTried']>;
  readonly #owner = `${hostname()} ${process.pid} ${crypto.randomUUID()}`;
  readonly #held: HeldClaims;
  readonly #stop = new AbortController();
  readonly #abort = new AbortController();
  readonly #working = new Set<Promise<void>>();
  readonly #opened = new DisposableStack();
  #loop: Promise<void> | undefined;
  #wake = new AbortController();
  /** When the loop will look again without being told; what comes later need not wake it. */
  #looksAt = Number.POSITIVE_INFINITY;
  /** There is more to do than there was room for. */
  #hungry = false;
  #ahead: TimersAhead | undefined;
  readonly #counts = { done: 0, failed: 0 };

  constructor(kinds: Readonly<Record<string, TimerKind<C>>>, options: TimerEngineOptions = {}) {
    this.#kinds = kinds;
    this.#sleep = options.sleep ?? delay;
    this.#random = options.random ?? Math.random;
    this.#leaseMs = options.leaseMs ?? LEASE_MS;
    this.#concurrency = options.concurrency ?? CONCURRENCY;
    this.#onTried = options.onTried ?? (() => {});
    this.#held = new HeldClaims(this.#leaseMs, this.#sleep);
  }

  /** From now on timers are delivered; call it when the bot is ready. */
  start(context: C): void {
    this.#opened.use(
      context.timers.attend(
        (due) => this.#hear(due),
        () => this.#stats(),
      ),
    );
    this.#opened.use(context.metrics.timersDue.from(() => [[{}, this.#stats().due]]));
    this.#held.start(context.database.db);
    this.#loop = this.#run(context);
  }

  /** Takes nothing new; what is under way goes on. */
  stop(): void {
    this.#stop.abort(new StoppingError('the timers are stopping'));
  }

  /** Stops, aborts what is under way, and waits until it is settled or given back. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.stop();
    this.#opened.dispose();
    this.#abort.abort(new StoppingError('the timers are stopping'));
    const patience = new AbortController();
    const ended = this.#idle().finally(() => patience.abort());
    await Promise.race([ended, delay(CANCEL_MS, patience).catch(() => {})]);
    await this.#held[Symbol.asyncDispose]();
  }

  /** The loop may have been about to take more when it was stopped; that is given back as well. */
  async #idle(): Promise<void> {
    await this.#loop;
    await Promise.all(this.#working);
  }

  /** Something falls due then; undefined: something may. */
  #hear(due: Date | undefined): void {
    if (due === undefined || due.getTime() < this.#looksAt) this.#wake.abort();
  }

  #stats(): TimerStats {
    return {
      nextAt: this.#ahead?.nextAt ?? undefined,
      due: this.#ahead?.due ?? 0,
      underWay: this.#held.size,
      ...this.#counts,
    };
  }

  async #run(context: C): Promise<void> {
    const { log, now } = context;
    for (let failed = 0; !this.#stop.signal.aborted; ) {
      this.#wake = new AbortController();
      this.#looksAt = Number.POSITIVE_INFINITY;
      let pauseMs: number;
      try {
        pauseMs = await this.#turn(context);
        failed = 0;
      } catch (error) {
        const away = databaseError(error);
        if (away) log.debug({ error: away }, 'the timers wait for the database');
        else log.error({ error }, 'the timers could not be looked at');
        pauseMs = backoff(failed, ERROR_WAIT);
        failed += 1;
      }
      this.#looksAt = now().getTime() + pauseMs;
      const signal = AbortSignal.any([this.#stop.signal, this.#wake.signal]);
      if (pauseMs > 0) await this.#sleep(pauseMs, { signal }).catch(() => {});
    }
  }

  /** Looks, takes what is due, and says in how many milliseconds there is something to do again. */
  async #turn(context: C): Promise<number> {
    const { database, now } = context;
    const kinds = Object.keys(this.#kinds);
    const ahead = await this.#look(context, kinds);
    const nextMs = ahead.nextAt ? ahead.nextAt.getTime() - now().getTime() : Number.POSITIVE_INFINITY;
    const heldMs = ahead.heldMs ?? Number.POSITIVE_INFINITY;
    this.#hungry = nextMs <= 0 || heldMs <= 0;
    if (!this.#hungry) return Math.min(POLL_MS, nextMs, heldMs);
    const most = this.#concurrency - this.#held.size;
    if (most <= 0) return BLOCKED_MS;
    if (this.#stop.signal.aborted) return BLOCKED_MS;
    const claimed = await claimTimers(database.db, {
      ...{ owner: this.#owner, kinds, now: now(), most, leaseMs: this.#leaseMs },
      ...{ perPlace: PER_PLACE, busyPlaces: this.#held.places(PER_PLACE) },
    });
    for (const timer of claimed) this.#take(timer, context);
    return claimed.length > 0 ? 0 : BLOCKED_MS;
  }

  /** Looking is asking for the time as well, so nothing is taken by a clock that was set since. */
  async #look({ database, now, sharedClock }: C, kinds: readonly string[]): Promise<TimersAhead> {
    const look = async () => {
      this.#ahead = await timersAhead(database.db, { kinds, owner: this.#owner, now: now() });
      return this.#ahead;
    };
    if (database.kind === 'embedded') return await look();
    let ahead: TimersAhead | undefined;
    await sharedClock.correct(async () => {
      ahead = await look();
      return ahead.serverTime;
    });
    return ahead ?? (await look());
  }

  #take(timer: ClaimedTimer, context: C): void {
    const kind = this.#kinds[timer.kind];
    if (!kind) throw new Error(`a timer of the unknown kind ${timer.kind} was taken`);
    const held = this.#held.hold(timer);
    const work = carryOut(timer, kind, {
      ...{ context, lost: held.signal, abort: this.#abort.signal, random: this.#random, sleep: this.#sleep },
    })
      .finally(() => held[Symbol.dispose]())
      .then((ending) => this.#ended(timer, ending))
      .catch((error: unknown) => {
        // The claim runs out, and whoever finds it then knows that it may have been delivered.
        context.log.error({ timer: timer.id, kind: timer.kind, error }, 'a timer could not be settled');
      })
      .finally(() => {
        this.#working.delete(work);
        if (this.#hungry && this.#held.size <= this.#concurrency / 2) this.#wake.abort();
      });
    this.#working.add(work);
  }

  #ended(timer: ClaimedTimer, ending: Ending): void {
    if (ending.kind === 'again') this.#hear(ending.wakeAt);
    if (ending.kind === 'settled') {
      if (ending.outcome !== 'skipped') this.#counts[ending.outcome] += 1;
      if (ending.nextAt) this.#hear(ending.nextAt);
    }
    this.#onTried(timer, ending);
  }
}
