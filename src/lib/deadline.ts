import { DeadlineError } from './errors.ts';

/** What every wait takes last: when to give up, by hand or by time (milliseconds). */
export interface Waiting {
  readonly signal?: AbortSignal | undefined;
  readonly deadlineMs?: number | undefined;
}

/** The longest a timer can run; anything longer would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Runs `run` and frees the caller when the time is up (DeadlineError) or `signal` is aborted (its reason), whichever
 * comes first. `run` gets a signal that is aborted in both cases; what it does after that is nobody's result.
 */
export async function withDeadline<T>(
  what: string,
  run: (signal: AbortSignal) => Promise<T>,
  { signal, deadlineMs = Number.POSITIVE_INFINITY }: Waiting = {},
): Promise<T> {
  const stop = new AbortController();
  using _link = follow(stop, signal);
  stop.signal.throwIfAborted();
  using _timer = after(deadlineMs, () => stop.abort(new DeadlineError(`${what} took over ${deadlineMs} ms`)));
  const given = Promise.withResolvers<never>();
  stop.signal.addEventListener('abort', () => given.reject(stop.signal.reason), { once: true });
  return await Promise.race([Promise.try(run, stop.signal), given.promise]);
}

/** Resolves after `ms` milliseconds, or rejects with the signal's reason. */
export function delay(ms: number, { signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timer = after(ms, () => {
      signal?.removeEventListener('abort', aborted);
      resolve();
    });
    const aborted = () => {
      timer[Symbol.dispose]();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', aborted, { once: true });
  });
}

/** Aborts `controller` when `signal` is, until disposed: a long-lived signal keeps no listener of finished work. */
export function follow(controller: AbortController, signal: AbortSignal | undefined): Disposable {
  const abort = () => controller.abort(signal?.reason);
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  return { [Symbol.dispose]: () => signal?.removeEventListener('abort', abort) };
}

/** Calls `then` once `ms` have passed, however long that is; never for Infinity. */
function after(ms: number, then: () => void): Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const arm = (left: number) => {
    const step = Math.min(left, LONGEST_TIMER_MS);
    timer = setTimeout(() => (left > step ? arm(left - step) : then()), step);
  };
  if (ms !== Number.POSITIVE_INFINITY) arm(Math.max(0, ms));
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}
