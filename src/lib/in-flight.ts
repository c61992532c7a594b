import { follow, type Waiting, withDeadline } from './deadline.ts';
import { StoppingError } from './errors.ts';

/** One piece of work under way. `deadlineMs` is what it was given, counted from `startedAt`. */
export interface Flight {
  readonly id: number;
  readonly name: string;
  readonly startedAt: Date;
  readonly deadlineMs?: number;
}

interface Entry extends Flight {
  readonly stop: AbortController;
}

/** How long disposing waits for aborted work before it gives up on it. */
const ABORTED_WORK_MS = 2_000;

/**
 * Every promise that nobody awaits in place: it has a name, an age and a deadline, and can be waited for or aborted.
 * Work stays listed until it has really ended, also when its caller was freed by a deadline.
 */
export class InFlight implements AsyncDisposable {
  readonly #now: () => Date;
  readonly #onStart: (name: string) => void;
  readonly #entries = new Map<number, Entry>();
  #idle = Promise.withResolvers<void>();
  #stopping = false;
  #lastId = 0;

  /** `onStart` hears the name of each piece of work as it starts (the loop monitor's label). */
  constructor({
    now = () => new Date(),
    onStart = () => {},
  }: {
    readonly now?: () => Date;
    readonly onStart?: (name: string) => void;
  } = {}) {
    this.#now = now;
    this.#onStart = onStart;
  }

  /** Runs and lists `run`. Rejects as it does, or with StoppingError, DeadlineError or the reason of an abort. */
  async track<T>(
    name: string,
    run: (signal: AbortSignal) => Promise<T>,
    { signal, deadlineMs }: Waiting = {},
  ): Promise<T> {
    if (this.#stopping) throw new StoppingError(`not started, the bot is stopping: ${name}`);
    signal?.throwIfAborted();
    const stop = new AbortController();
    using _link = follow(stop, signal);
    const id = ++this.#lastId;
    this.#entries.set(id, {
      id,
      name,
      startedAt: this.#now(),
      stop,
      ...(deadlineMs !== undefined && { deadlineMs }),
    });
    this.#onStart(name);
    const work = (inner: AbortSignal) => Promise.try(run, inner).finally(() => this.#ended(id));
    return await withDeadline(name, work, { signal: stop.signal, deadlineMs });
  }

  /** What is under way, oldest first. */
  list(): readonly Flight[] {
    return [...this.#entries.values()].map(({ stop: _, ...flight }) => flight);
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Whether new work is refused. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** From now on new work is refused with StoppingError. */
  stop(): void {
    this.#stopping = true;
  }

  /** Resolves when nothing is under way any more. */
  idle(waiting: Waiting = {}): Promise<void> {
    return withDeadline(
      'waiting for work in flight',
      async () => {
        while (this.#entries.size > 0) await this.#idle.promise;
      },
      waiting,
    );
  }

  /** Aborts everything under way; its callers are rejected with `reason` at once. */
  abort(reason: unknown): void {
    for (const { stop } of this.#entries.values()) stop.abort(reason);
  }

  /** Stops, aborts what is left and waits for it shortly. The grace before that is the caller's (`idle`). */
  async [Symbol.asyncDispose](): Promise<void> {
    this.stop();
    this.abort(new StoppingError('the bot is stopping'));
    await this.idle({ deadlineMs: ABORTED_WORK_MS }).catch(() => {});
  }

  #ended(id: number): void {
    this.#entries.delete(id);
    if (this.#entries.size > 0) return;
    this.#idle.resolve();
    this.#idle = Promise.withResolvers();
  }
}
