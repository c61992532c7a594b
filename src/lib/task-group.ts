import { delay, follow, type Waiting } from './deadline.ts';
import { DeadlineError } from './errors.ts';

export interface TaskGroup {
  /** Aborted as soon as one task fails, the body throws, or the caller gives up. */
  readonly signal: AbortSignal;
  /** Starts a task. Its failure fails the group, so `result` need not be awaited. */
  run<T>(name: string, work: (signal: AbortSignal) => Promise<T>): { readonly result: Promise<T> };
}

/**
 * Structured concurrency: returns what `body` returns once every task has ended. The first failure aborts the
 * siblings; all are awaited, then that error is thrown, or an AggregateError when several failed on their own.
 * `deadlineMs` aborts the group with DeadlineError; tasks are awaited even then, so they must heed their signal.
 */
export async function taskGroup<T>(
  body: (group: TaskGroup) => Promise<T>,
  { signal, deadlineMs }: Waiting = {},
): Promise<T> {
  const stop = new AbortController();
  const settled = new AbortController();
  using _link = follow(stop, signal);
  stop.signal.throwIfAborted();
  const tasks: Promise<void>[] = [];
  const failed: { readonly name: string; readonly error: unknown }[] = [];
  const fail = (name: string, error: unknown) => {
    if (!isEchoOf(stop.signal, error)) failed.push({ name, error });
    stop.abort(error);
  };
  if (deadlineMs !== undefined) {
    delay(deadlineMs, settled).then(
      () => fail('deadline', new DeadlineError(`a group of tasks took over ${deadlineMs} ms`)),
      () => {},
    );
  }
  const group: TaskGroup = {
    signal: stop.signal,
    run(name, work) {
      const result = Promise.try(() => {
        stop.signal.throwIfAborted();
        return work(stop.signal);
      });
      tasks.push(
        result.then(
          () => {},
          (error: unknown) => fail(name, error),
        ),
      );
      return { result };
    },
  };
  const main = group.run('body', () => body(group));
  // A task may start further tasks, so the list is walked to its end rather than awaited once.
  for (let next = 0; next < tasks.length; next += 1) await tasks[next];
  settled.abort();
  if (failed.length > 1) {
    const names = failed.map(({ name }) => name).join(', ');
    throw new AggregateError(
      failed.map(({ error }) => error),
      `${failed.length} tasks failed: ${names}`,
    );
  }
  stop.signal.throwIfAborted();
  return await main.result;
}

/** Whether the error only says that the work was stopped, as told, because of another failure. */
function isEchoOf(signal: AbortSignal, error: unknown): boolean {
  if (!signal.aborted) return false;
  if (error === signal.reason) return true;
  return error instanceof Error && (error.name === 'AbortError' || error.cause === signal.reason);
}
