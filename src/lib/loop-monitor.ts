import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { Logger } from './log.ts';
import { threadWorked } from './thread-worked.ts';

/** How late the event loop ran what was due, in milliseconds. */
export interface LoopDelay {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** What was due came `ms` milliseconds late, most likely because of `ran`; `at` by `performance.now()`. */
export interface Late {
  readonly ms: number;
  readonly ran: string;
  readonly at: number;
}

/** The loop stood still for `ms` milliseconds, most likely because of `ran`. */
export interface Stall {
  readonly ms: number;
  readonly ran: string;
  readonly at: Date;
}

/** The loop's delay since the window was opened or last reset. */
export interface DelayWindow extends Disposable {
  stats(): LoopDelay;
  reset(): void;
}

const SAMPLE_MS = 10;
const STALL_MS = 50;
/** What no one thing should hold the loop up for. */
const LATE_MS = 5;
/** A label this old says nothing about what runs now. */
const LABEL_LASTS_MS = 2_000;
const NS_PER_MS = 1e6;
/** Of the time of a stall the thread has worked a part: below one in so many it was not its own. */
const WAITED = 4;
/** What held the loop up when its thread had hardly worked: other threads or programs had the cores. */
const NO_CORE = 'no free core';
/** Stalls kept for whoever asks what held something up. */
const REMEMBERED = 64;

/**
 * Watches the event loop by a timer of its own: `monitorEventLoopDelay` does the same, but on Bun all monitors of a
 * process are one (resetting any resets all), and on Deno it does not see a blocked loop (0.06 ms for one of 100 ms). A stall over 50 ms is logged with its length and what ran: of the labels given while the loop
 * stood still, the one that held it longest, else "unlabelled". A thread that had worked for less than a quarter of that
 * time was not held up by what it ran: it waited for a core. (Where many want two cores, one that works without a pause gets more.)
 */
export class LoopMonitor implements Disposable {
  readonly #log: Pick<Logger, 'warn'>;
  readonly #onStall: (stall: Stall) => void;
  readonly #worked: () => number;
  readonly #lateListeners = new Set<(late: Late) => void>();
  readonly #windows = new Set<RecordableHistogram>();
  readonly #total: DelayWindow;
  readonly #timer: ReturnType<typeof setInterval>;
  #label = '';
  #labelledAt = Number.NEGATIVE_INFINITY;
  /** Since when `#label` is in charge of the present turn: since the last sample, or since it was given. */
  #since = performance.now();
  #sampledAt = performance.now();
  #workedBefore: number;
  #longest = { label: '', ms: 0 };
  #stalls = 0;
  #recent: readonly { readonly endedAt: number; readonly ms: number }[] = [];

  /** `onStall` hears of each stall too, for counting. `worked` tells how long this thread has had a core so far, in milliseconds. */
  constructor({
    log,
    onStall = () => {},
    worked = threadWorked,
  }: {
    readonly log: Pick<Logger, 'warn'>;
    readonly onStall?: (stall: Stall) => void;
    readonly worked?: () => number;
  }) {
    this.#log = log;
    this.#onStall = onStall;
    this.#worked = worked;
    this.#workedBefore = worked();
    this.#total = this.window();
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MS);
    this.#timer.unref();
  }

  /** Says what runs from here on: a dispatch, a job, a task. Cheap enough for every event. */
  label(what: string): void {
    const now = performance.now();
    this.#closeSpan(now);
    this.#label = what;
    this.#labelledAt = now;
    this.#since = now;
  }

  /** The delay since the start. */
  stats(): LoopDelay {
    return this.#total.stats();
  }

  /** How many stalls there were since the start. */
  get stalls(): number {
    return this.#stalls;
  }

  /** The longest stall that touched the last `ms` milliseconds, in milliseconds; 0 without one. */
  longestWithin(ms: number): number {
    const since = performance.now() - ms;
    return Math.max(0, ...this.#recent.filter(({ endedAt }) => endedAt > since).map((stall) => stall.ms));
  }

  /** Hears of each time the loop was over 5 ms late, until disposed. What held it up for under 15 ms may fall between two samples. */
  onLate(listener: (late: Late) => void): Disposable {
    this.#lateListeners.add(listener);
    return { [Symbol.dispose]: () => this.#lateListeners.delete(listener) };
  }

  /** A measurement of its own for whoever shows the last minute or the time between two scrapes. */
  window(): DelayWindow {
    const delays = createHistogram();
    this.#windows.add(delays);
    return {
      stats: () => ({
        p50: delays.percentile(50) / NS_PER_MS,
        p99: delays.percentile(99) / NS_PER_MS,
        p999: delays.percentile(99.9) / NS_PER_MS,
        max: delays.max / NS_PER_MS,
      }),
      reset: () => delays.reset(),
      [Symbol.dispose]: () => this.#windows.delete(delays),
    };
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #sample(): void {
    const now = performance.now();
    const late = Math.max(0, now - this.#sampledAt - SAMPLE_MS);
    this.#closeSpan(now);
    for (const delays of this.#windows) delays.record(Math.max(1, Math.round(late * NS_PER_MS)));
    const worked = this.#worked();
    if (late > LATE_MS) this.#tell(late, now, worked - this.#workedBefore);
    this.#workedBefore = worked;
    this.#longest = { label: '', ms: 0 };
    this.#sampledAt = now;
    this.#since = now;
  }

  #tell(late: number, now: number, worked: number): void {
    const ran = worked < late / WAITED ? NO_CORE : this.#longest.label || 'unlabelled';
    for (const hear of this.#lateListeners) hear({ ms: late, ran, at: now });
    if (late > STALL_MS) this.#report(late, ran);
  }

  /** A label given shortly before or during a stall is charged with the time until the next one. */
  #closeSpan(now: number): void {
    const ms = now - this.#since;
    if (ms <= this.#longest.ms) return;
    this.#longest = { label: this.#since - this.#labelledAt < LABEL_LASTS_MS ? this.#label : '', ms };
  }

  #report(late: number, ran: string): void {
    const stall = { ms: Math.round(late), ran, at: new Date() };
    this.#stalls += 1;
    this.#recent = [...this.#recent.slice(1 - REMEMBERED), { endedAt: performance.now(), ms: stall.ms }];
    this.#onStall(stall);
    this.#log.warn({ stallMs: stall.ms, ran: stall.ran }, 'the event loop stood still');
  }
}
