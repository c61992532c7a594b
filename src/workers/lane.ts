import type { Transferable } from 'node:worker_threads';
import { BusyError, DeadlineError, fromWire, StoppingError, TaskError } from '../lib/errors.ts';
import { dispatch, type Fate } from './dispatch.ts';
import { CURRENT, FINISHED, type Timed } from './serve.ts';
import type { Batching, LaneName, TaskFacts } from './task.ts';
import type { Threads } from './threads.ts';
import { Times, type TimesSummary } from './times.ts';

/** One offloaded call. */
export interface Job {
  readonly name: string;
  readonly facts: TaskFacts;
  readonly input: unknown;
  readonly deadlineMs: number;
  readonly transfer: readonly Transferable[];
  readonly signal: AbortSignal | undefined;
}

/** How a call ended: with a value, with the task's error, out of time, given up by its caller, or turned away. */
export type Ending = 'done' | 'failed' | 'timedOut' | 'aborted' | 'refused';

/** `waitMs` counts to the start of the work, `runMs` from there; what never started has waited only. */
export interface Observed {
  readonly name: string;
  readonly lane: LaneName | 'backtracking';
  readonly ending: Ending;
  readonly waitMs: number;
  readonly runMs: number | undefined;
}

export interface LaneStats {
  readonly threads: number;
  readonly busy: number;
  readonly queued: number;
  readonly done: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly aborted: number;
  readonly busyRefused: number;
  /** Threads that were ended or died, each replaced by another. */
  readonly restarts: number;
  /** Threads that were ended and still have not let go of their core (Deno cannot end one that spins). */
  readonly stuck: number;
  readonly waitMs: TimesSummary;
  readonly runMs: TimesSummary;
}

export interface LaneOptions {
  readonly name: Observed['lane'];
  readonly threads: Threads;
  readonly maxQueue: number;
  readonly queueMs: number;
  readonly onOutcome?: ((observed: Observed) => void) | undefined;
}

/** A job while the lane has it. */
interface Ticket extends Job {
  readonly queuedAt: number;
  readonly result: PromiseWithResolvers<unknown>;
  readonly onAbort: () => void;
}

type Settled =
  | { readonly ending: 'done'; readonly value: unknown; readonly runMs: number }
  | { readonly ending: Exclude<Ending, 'done'>; readonly error: unknown; readonly runMs?: number | undefined };

/** What crosses in one message: one job, or a batch of one task's. Aborting `stop` ends the thread that has it. */
interface Load {
  readonly name: string;
  readonly tickets: Ticket[];
  readonly stop: AbortController;
}

/**
 * One lane: a bounded queue in front of threads of its own. A load is sent only when a thread is free, so that what
 * waits can still be joined, given up or refused.
 */
export class Lane {
  readonly #options: LaneOptions;
  /** Everything taken and not settled. */
  readonly #live = new Set<Ticket>();
  /** Those of them that have not been sent, oldest first. */
  readonly #queued = new Set<Ticket>();
  /** By task: the batch that still has room and has not been sent. */
  readonly #joinable = new Map<string, Load>();
  /** Batches in their first moment, with the timer that ends it. */
  readonly #collecting = new Map<Load, ReturnType<typeof setTimeout>>();
  /** Ready to be sent, in order. */
  #ripe: Load[] = [];
  readonly #running = new Set<Load>();
  /** The shared records of threads that were ended and may be burning on. */
  #ghosts: Int32Array[] = [];
  #expiry: ReturnType<typeof setTimeout> | undefined;
  #closing: StoppingError | undefined;
  readonly #endings: Record<Ending, number> = { done: 0, failed: 0, timedOut: 0, aborted: 0, refused: 0 };
  readonly #waitMs = new Times();
  readonly #runMs = new Times();

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /** Resolves with the task's value; rejects with BusyError, DeadlineError, TaskError, StoppingError or the signal's reason. */
  run(job: Job): Promise<unknown> {
    const ticket: Ticket = {
      ...job,
      queuedAt: performance.now(),
      result: Promise.withResolvers(),
      onAbort: () => this.#giveUp(ticket),
    };
    this.#live.add(ticket);
    const refusal = this.#refusalOf(job);
    if (refusal) this.#settle(ticket, refusal);
    else this.#take(ticket);
    return ticket.result.promise;
  }

  stats(): LaneStats {
    const { done, failed, timedOut, aborted, refused } = this.#endings;
    this.#ghosts = this.#ghosts.filter((progress) => Atomics.load(progress, CURRENT) !== FINISHED);
    return {
      threads: this.#options.threads.size,
      busy: this.#running.size,
      queued: this.#queued.size,
      done,
      failed,
      timedOut,
      aborted,
      busyRefused: refused,
      restarts: this.#options.threads.restarts,
      stuck: this.#ghosts.length,
      waitMs: this.#waitMs.summary(),
      runMs: this.#runMs.summary(),
    };
  }

  /** Takes nothing new, lets what is queued and running finish for `graceMs`, gives up the rest and ends the threads. */
  async close(graceMs: number): Promise<void> {
    this.#closing ??= new StoppingError('the worker threads are stopping');
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, graceMs);
    await Promise.race([over, this.#drained()]);
    clearTimeout(timer);
    clearTimeout(this.#expiry);
    for (const ticket of [...this.#live]) this.#settle(ticket, { ending: 'aborted', error: this.#closing });
    await this.#options.threads[Symbol.asyncDispose]();
  }

  async #drained(): Promise<void> {
    while (this.#live.size > 0) await Promise.allSettled([...this.#live].map(({ result }) => result.promise));
  }

  #refusalOf({ name, signal }: Job): Settled | undefined {
    if (signal?.aborted) return { ending: 'aborted', error: signal.reason };
    if (this.#closing) return { ending: 'refused', error: this.#closing };
    const { maxQueue, name: lane } = this.#options;
    if (this.#queued.size < maxQueue) return undefined;
    return { ending: 'refused', error: new BusyError(`${name}: the ${lane} queue is full (${maxQueue})`) };
  }

  #take(ticket: Ticket): void {
    ticket.signal?.addEventListener('abort', ticket.onAbort, { once: true });
    this.#queued.add(ticket);
    this.#expiry ??= setTimeout(() => this.#expire(), this.#options.queueMs);
    const { name, facts, transfer } = ticket;
    // What is transferred is gone with the thread: it could not be sent a second time, so it travels alone.
    if (facts.batch && transfer.length === 0) this.#join(ticket, facts.batch);
    else this.#ready({ name, tickets: [ticket], stop: new AbortController() });
  }

  /** Into the batch of this task that has room, or a new one, which waits a moment for company. */
  #join(ticket: Ticket, { size, waitMs }: Batching): void {
    const { name } = ticket;
    const load = this.#joinable.get(name) ?? { name, tickets: [], stop: new AbortController() };
    load.tickets.push(ticket);
    if (load.tickets.length === 1) {
      this.#joinable.set(name, load);
      const timer = setTimeout(() => this.#ready(load), waitMs);
      this.#collecting.set(load, timer);
    }
    if (load.tickets.length < size) return;
    this.#joinable.delete(name);
    if (this.#collecting.has(load)) this.#ready(load);
  }

  #ready(load: Load): void {
    clearTimeout(this.#collecting.get(load));
    this.#collecting.delete(load);
    this.#ripe.push(load);
    this.#pump();
  }

  /** Sends what is ready while a thread is free. A batch may be joined until then. */
  #pump(): void {
    while (this.#running.size < this.#options.threads.size) {
      const load = this.#ripe.shift();
      if (!load) return;
      if (this.#joinable.get(load.name) === load) this.#joinable.delete(load.name);
      const tickets = load.tickets.filter((ticket) => this.#live.has(ticket));
      if (tickets.length > 0) this.#send({ ...load, tickets });
    }
  }

  #send(load: Load): void {
    for (const ticket of load.tickets) this.#queued.delete(ticket);
    this.#running.add(load);
    const { name, tickets, stop } = load;
    const shipment = {
      name,
      inputs: tickets.map(({ input }) => input),
      deadlinesMs: tickets.map(({ deadlineMs }) => deadlineMs),
      transfer: tickets.flatMap(({ transfer }) => transfer),
      startMs: this.#options.queueMs,
      signal: stop.signal,
    };
    // dispatch() never rejects: whatever happens to the thread is a fate.
    void dispatch(this.#options.threads, shipment).then((fate) => {
      this.#running.delete(load);
      if (fate.kind === 'answered') this.#answered(load, fate.outcomes);
      else this.#lost(load, fate);
      this.#pump();
    });
  }

  #answered({ name, tickets }: Load, outcomes: readonly Timed[]): void {
    for (const [index, ticket] of tickets.entries()) {
      const { outcome, runMs } = outcomes[index] ?? NO_OUTCOME;
      if (outcome.ok) this.#settle(ticket, { ending: 'done', value: outcome.value, runMs });
      else
        this.#settle(ticket, {
          ending: 'failed',
          error: new TaskError(`${name} failed`, { cause: fromWire(outcome.error) }),
          runMs,
        });
    }
  }

  /** The one that was being worked on when its thread was lost has failed; the others are run again, each on its own. */
  #lost({ name, tickets }: Load, { at, error, runMs, ghost }: Extract<Fate, { kind: 'lost' }>): void {
    if (ghost) this.#ghosts.push(ghost);
    const again: Load[] = [];
    for (const [index, ticket] of tickets.entries()) {
      if (!this.#live.has(ticket)) continue;
      if (index !== at && tickets.length > 1) again.push({ name, tickets: [ticket], stop: new AbortController() });
      else this.#settle(ticket, { ending: endingOf(error), error, runMs });
    }
    this.#ripe.unshift(...again);
  }

  /** The caller no longer wants it: a thread at work on it alone is ended, others in its batch are left in peace. */
  #giveUp(ticket: Ticket): void {
    this.#settle(ticket, { ending: 'aborted', error: ticket.signal?.reason });
    for (const { tickets, stop } of this.#running) {
      if (tickets.includes(ticket) && tickets.every((other) => !this.#live.has(other))) stop.abort();
    }
    this.#forgetSettled();
  }

  /** What has waited too long is refused: the oldest first, and the next look is when the next could be due. */
  #expire(): void {
    const { queueMs, name: lane } = this.#options;
    this.#expiry = undefined;
    for (const ticket of this.#queued) {
      const left = ticket.queuedAt + queueMs - performance.now();
      if (left > 0) {
        this.#expiry = setTimeout(() => this.#expire(), left);
        break;
      }
      const error = new BusyError(`${ticket.name}: no ${lane} thread was free for ${queueMs} ms`);
      this.#settle(ticket, { ending: 'refused', error });
    }
    this.#forgetSettled();
  }

  #forgetSettled(): void {
    this.#ripe = this.#ripe.filter(({ tickets }) => tickets.some((ticket) => this.#live.has(ticket)));
  }

  #settle(ticket: Ticket, settled: Settled): void {
    if (!this.#live.delete(ticket)) return;
    this.#queued.delete(ticket);
    ticket.signal?.removeEventListener('abort', ticket.onAbort);
    const { ending, runMs } = settled;
    const waitMs = Math.max(0, performance.now() - ticket.queuedAt - (runMs ?? 0));
    this.#endings[ending]++;
    if (ending !== 'refused') this.#waitMs.record(waitMs);
    if (runMs !== undefined) this.#runMs.record(runMs);
    this.#options.onOutcome?.({ name: ticket.name, lane: this.#options.name, ending, waitMs, runMs });
    if (settled.ending === 'done') ticket.result.resolve(settled.value);
    else ticket.result.reject(settled.error);
  }
}

function endingOf(error: Extract<Fate, { kind: 'lost' }>['error']): Exclude<Ending, 'done'> {
  if (error instanceof DeadlineError) return 'timedOut';
  return error instanceof BusyError ? 'refused' : 'failed';
}

/** A thread that was given up answers with fewer outcomes than it got inputs; nobody waits for those any more. */
const NO_OUTCOME: Timed = { outcome: { ok: false, error: { name: 'TaskError', message: 'no outcome' } }, runMs: 0 };
