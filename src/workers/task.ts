import type { Static, TSchema } from '@sinclair/typebox';
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler';
import { TaskError, toWire, type WireError } from '../lib/errors.ts';

/** Files and charts never stand in the way of messages: each lane has its own threads and its own queue. */
export type LaneName = 'quick' | 'bulk';

/** How many calls of a small task cross in one message, and how long the first of them waits for company. */
export interface Batching {
  readonly size: number;
  readonly waitMs: number;
}

/** What the main thread has to know of a task to send it work; plain data, told by a thread at the start. */
export interface TaskFacts {
  readonly lane: LaneName;
  readonly deadlineMs: number;
  readonly batch?: Batching;
  /** An input that always works: `doctor` and the tests run every task with it once. */
  readonly sample: unknown;
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError };

export interface Task<I extends TSchema, O extends TSchema> extends TaskFacts {
  readonly input: I;
  readonly output: O;
  /** Checks, runs, checks again. Never throws: a failure is data. */
  readonly run: (raw: unknown) => Promise<Outcome<Static<O>>>;
}

export type TaskList = Readonly<Record<string, Task<TSchema, TSchema>>>;
export type TaskInput<T extends TaskList, N extends keyof T> = Static<T[N]['input']>;
export type TaskOutput<T extends TaskList, N extends keyof T> = Static<T[N]['output']>;

const DEADLINES: Readonly<Record<LaneName, number>> = { quick: 1_000, bulk: 15_000 };

/**
 * A piece of CPU work for a thread. Both sides are checked inside the thread, and what crosses back is data, never an
 * Error object. `deadlineMs` counts from the start of the work (default: 1 s quick, 15 s bulk); a task with `batch` is
 * called so often that several calls should cross in one message.
 */
export function defineTask<const I extends TSchema, const O extends TSchema>(task: {
  readonly lane: LaneName;
  readonly input: I;
  readonly output: O;
  readonly sample: Static<I>;
  readonly batch?: Batching;
  readonly deadlineMs?: number;
  readonly run: (input: Static<I>) => Promise<Static<O>> | Static<O>;
}): Task<I, O> {
  const input = TypeCompiler.Compile(task.input);
  const output = TypeCompiler.Compile(task.output);
  return {
    deadlineMs: DEADLINES[task.lane],
    ...task,
    run: async (raw) => {
      try {
        return { ok: true, value: checked(output, await task.run(checked(input, raw, 'input')), 'output') };
      } catch (error) {
        return { ok: false, error: toWire(error) };
      }
    },
  };
}

/** The value when it fits; TaskError naming the first place where it does not. */
export function checked<T extends TSchema>(schema: TypeCheck<T>, value: unknown, side: 'input' | 'output'): Static<T> {
  if (schema.Check(value)) return value;
  const first = schema.Errors(value).First();
  throw new TaskError(`${side}${first?.path ?? ''}: ${first?.message ?? 'does not fit the schema'}`);
}
