import type { Transferable } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { TaskError } from '../lib/errors.ts';
import { type Call, type Reply, THREAD_MARK } from './serve.ts';

/** Where the calls of one lane are carried out. */
export interface Threads extends AsyncDisposable {
  readonly size: number;
  /** How many threads were ended or died, each replaced by another. */
  readonly restarts: number;
  /** Rejects when the call cannot be sent or its thread is gone; aborting `signal` ends the thread at work. */
  run(
    call: Call,
    options?: { readonly signal?: AbortSignal; readonly transfer?: readonly Transferable[] },
  ): Promise<Reply>;
}

/**
 * Threads of a pool: as many as asked for, started at once and kept warm. A thread that ends is replaced. They step behind the
 * main thread, except those whose work is held against a clock: they would lose by it what they have.
 */
export function poolThreads(filename: string, size: number, rank: 'behind' | 'beside' = 'behind'): Threads {
  const pool = new Piscina<Call, Reply>({
    filename,
    name: 'answer',
    minThreads: size,
    maxThreads: size,
    idleTimeout: Number.POSITIVE_INFINITY,
    ...(rank === 'behind' && { workerData: THREAD_MARK }),
  });
  // A thread that dies while idle has nobody waiting for it; the pool has started another by the time this is told.
  pool.on('error', () => {});
  let restarts = 0;
  pool.on('workerDestroy', () => restarts++);
  return {
    size,
    get restarts() {
      return restarts;
    },
    run: (call, { signal, transfer = [] } = {}) => {
      // piscina reads this type off the last overload of postMessage, which is another one in Bun's types.
      const transferList = [...transfer] as unknown as NonNullable<
        NonNullable<Parameters<typeof pool.run>[1]>['transferList']
      >;
      return pool.run(call, { transferList, ...(signal && { signal }) });
    },
    [Symbol.asyncDispose]: () => pool.destroy(),
  };
}

/** The same answers from the main thread, one call at a time: what the bench compares the threads with. */
export async function inlineThreads(filename: string): Promise<Threads> {
  const { answer }: { answer?: unknown } = await import(filename);
  if (typeof answer !== 'function') throw new TaskError(`${filename} has no answer()`);
  return { size: 1, restarts: 0, run: async (call) => await answer(call), [Symbol.asyncDispose]: async () => {} };
}
