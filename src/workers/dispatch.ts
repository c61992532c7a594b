import type { Transferable } from 'node:worker_threads';
import { follow } from '../lib/deadline.ts';
import { BusyError, DeadlineError, TaskError } from '../lib/errors.ts';
import { CURRENT, crossing, FINISHED, GIVEN_UP, PROGRESS_FIELDS, STARTED, type Timed } from './serve.ts';
import type { Threads } from './threads.ts';

/** Deno ends a thread only where its code comes back to the event loop. */
const THREADS_SPIN_ON = 'deno' in process.versions;

/** What crosses to a thread in one message. */
export interface Shipment {
  readonly name: string;
  readonly inputs: readonly unknown[];
  /** One for each input, counted from the start of its work. */
  readonly deadlinesMs: readonly number[];
  /** How long a thread may take to begin: one that replaces another has to load first. */
  readonly startMs: number;
  readonly transfer: readonly Transferable[];
  readonly signal: AbortSignal;
}

/** What became of it. When the thread was lost, `at` is the input it was working on, -1 if it had not begun. */
export type Fate =
  | { readonly kind: 'answered'; readonly outcomes: readonly Timed[] }
  | {
      readonly kind: 'lost';
      readonly at: number;
      readonly runMs: number | undefined;
      /** BusyError: it never came to the work. */
      readonly error: DeadlineError | TaskError | BusyError;
      /** The record of a thread that was told to end and may not be able to. */
      readonly ghost: Int32Array | undefined;
    };

/** Sends one message to a thread and watches over it: a thread past a deadline, or no longer wanted, is ended. */
export async function dispatch(threads: Threads, shipment: Shipment): Promise<Fate> {
  const { name, inputs, transfer } = shipment;
  const progress = new Int32Array(new SharedArrayBuffer(PROGRESS_FIELDS * Int32Array.BYTES_PER_ELEMENT));
  const stop = new AbortController();
  using _link = follow(stop, shipment.signal);
  const sentAt = Date.now();
  using _watch = watch(shipment, progress, sentAt, stop);
  try {
    const call = { kind: 'run', name, inputs: crossing(inputs), progress, sentAt } as const;
    const reply = await threads.run(call, { signal: stop.signal, transfer });
    if (reply.kind === 'ran') return { kind: 'answered', outcomes: [...reply.outcomes.values()] };
    throw new TaskError(`the thread answered something else: ${reply.kind}`);
  } catch (cause) {
    const at = Atomics.load(progress, CURRENT) - 1;
    const runMs = at < 0 ? undefined : Math.max(0, Date.now() - sentAt - Atomics.load(progress, STARTED));
    Atomics.store(progress, GIVEN_UP, 1);
    const { aborted, reason } = stop.signal;
    const known = reason instanceof DeadlineError || reason instanceof BusyError;
    const error = known ? reason : new TaskError(`${name} could not be run`, { cause });
    const ghost = aborted && at >= 0 && THREADS_SPIN_ON ? progress : undefined;
    return { kind: 'lost', at, runMs, error, ghost };
  }
}

/** The longest pause between two looks; timers cannot run for ever. */
const LONGEST_PAUSE_MS = 60_000;

/** Looks at the thread's own record of what it is working on whenever a deadline could have passed. */
function watch({ name, deadlinesMs, startMs }: Shipment, progress: Int32Array, sentAt: number, stop: AbortController) {
  const pause = Math.max(1, Math.min(...deadlinesMs, LONGEST_PAUSE_MS));
  const sent = performance.now();
  let seen = { current: 0, since: sent };
  let timer: ReturnType<typeof setTimeout>;
  const look = () => {
    const now = performance.now();
    const current = Atomics.load(progress, CURRENT);
    if (current !== seen.current) seen = { current, since: now };
    const limit = deadlinesMs[current - 1] ?? startMs;
    // The wall clock is the only one that both threads read. It can be set; what was seen here bounds what it says.
    const told = Date.now() - sentAt - (current > 0 ? Atomics.load(progress, STARTED) : 0);
    const passed = Math.min(Math.max(told, now - seen.since), now - sent);
    if (passed < limit || current === FINISHED) timer = setTimeout(look, Math.max(1, Math.min(limit - passed, pause)));
    else if (current > 0) stop.abort(new DeadlineError(`${name} took over ${limit} ms`));
    else stop.abort(new BusyError(`no thread began ${name} within ${limit} ms`));
  };
  timer = setTimeout(look, pause);
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}
