import { setPriority } from 'node:os';
import { workerData } from 'node:worker_threads';
import { TaskError, toWire } from '../lib/errors.ts';
import type { Outcome, TaskFacts, TaskList } from './task.ts';
import { ownThreadId } from './thread-id.ts';

/**
 * What crosses in one message, by its place. In a map, because whoever receives a message on Deno looks at every field of
 * every object in it, and takes each byte of a file for a field: 25 MB take half a minute. It does not look into maps.
 */
export type Crossing<T> = ReadonlyMap<number, T>;

export function crossing<T>(all: readonly T[]): Crossing<T> {
  return new Map(all.entries());
}

/** What the main thread sends: a question for the tasks' facts, or the inputs of one message. */
export type Call =
  | { readonly kind: 'describe' }
  | {
      readonly kind: 'run';
      readonly name: string;
      readonly inputs: Crossing<unknown>;
      /** Shared memory, by which each side sees what the other is at: see the places below. */
      readonly progress: Int32Array;
      readonly sentAt: number;
    };

export type Reply =
  | { readonly kind: 'described'; readonly facts: Readonly<Record<string, TaskFacts>> }
  | { readonly kind: 'ran'; readonly outcomes: Crossing<Timed> };

/** An outcome with the milliseconds its work took. */
export interface Timed {
  readonly outcome: Outcome<unknown>;
  readonly runMs: number;
}

/** The input being worked on, counted from 1; 0 before the first, `FINISHED` after the last. Written by the thread. */
export const CURRENT = 0;
/** When its work began, in milliseconds after `sentAt`. Written by the thread. */
export const STARTED = 1;
/** Not 0 when nobody waits for the rest any more. Written by the main thread. */
export const GIVEN_UP = 2;
export const PROGRESS_FIELDS = 3;
export const FINISHED = -1;

/** Of a thread that only gets what nobody else wants. */
export const LEAST_PRIORITY = 19;

/** What the pools put in `workerData`, so that code can tell a thread of theirs from any other. */
export const THREAD_MARK = 'rockhopper-task-thread';

/** Makes the function that a thread answers the main thread with. It never throws: what fails is in the reply. */
export function serve(tasks: TaskList): (call: Call) => Promise<Reply> {
  if (workerData === THREAD_MARK) stepBehindTheMainThread();
  return async (call) => {
    switch (call.kind) {
      case 'describe':
        return { kind: 'described', facts: factsOf(tasks) };
      case 'run':
        return { kind: 'ran', outcomes: crossing(await runAll(tasks, call)) };
      default: {
        const never: never = call;
        return never;
      }
    }
  };
}

async function runAll(
  tasks: TaskList,
  { name, inputs, progress, sentAt }: Extract<Call, { kind: 'run' }>,
): Promise<Timed[]> {
  const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
  const outcomes: Timed[] = [];
  for (const input of inputs.values()) {
    if (Atomics.load(progress, GIVEN_UP) !== 0) break;
    Atomics.store(progress, STARTED, Date.now() - sentAt);
    Atomics.store(progress, CURRENT, outcomes.length + 1);
    const began = performance.now();
    const outcome = task ? await task.run(input) : unknownTask(name);
    outcomes.push({ outcome, runMs: performance.now() - began });
  }
  Atomics.store(progress, CURRENT, FINISHED);
  return outcomes;
}

function unknownTask(name: string): Outcome<unknown> {
  return { ok: false, error: toWire(new TaskError(`there is no task named ${name}`)) };
}

function factsOf(tasks: TaskList): Record<string, TaskFacts> {
  return Object.fromEntries(
    Object.entries(tasks).map(([name, { lane, deadlineMs, batch, sample }]) => [
      name,
      { lane, deadlineMs, sample, ...(batch && { batch }) },
    ]),
  );
}

/**
 * With every core busy the main thread still gets its turn at once. On Linux a priority belongs to a thread, if it is
 * named by its id: "this one" is the thread itself on Bun, but the whole process on Deno.
 */
function stepBehindTheMainThread(): void {
  const id = ownThreadId();
  if (id === undefined) return; // were we on the main thread after all, it stays as it is
  try {
    setPriority(id, LEAST_PRIORITY);
  } catch {
    // A container may forbid it; the thread then competes on equal terms.
  }
}
