import type { Static, TSchema } from '@sinclair/typebox';
import type { Task } from '../src/workers/task.ts';
import { BenchError } from './bench-error.ts';

/** A little, as much as people have, and as much as a task or a server's settings allow. */
export const SIZES = ['small', 'typical', 'limit'] as const;
export type Size = (typeof SIZES)[number];

/** Makes an input, in the process that measures it. */
export type Make<T> = () => T | Promise<T>;

/** One input that a task is measured with. */
export interface MicroInput {
  readonly name: string;
  readonly size: Size;
  readonly make: Make<unknown>;
}

/** A worker task by itself: what its work takes, without the way to a thread and back. */
export interface MicroScenario {
  readonly kind: 'micro';
  readonly about: string;
  /** Left out where nobody asked for it, with a word. */
  readonly takesSeconds: number;
  readonly task: Pick<Task<TSchema, TSchema>, 'input' | 'run'>;
  readonly inputs: readonly MicroInput[];
  /** What the task makes of an input. BenchError when it fails or declines: that is not what is to be measured. */
  readonly answer: (input: MicroInput, value: unknown) => Promise<unknown>;
}

const SECONDS_AN_INPUT = 2;

/**
 * One task a file in `bench/micro/`, which is called like the task's. `inputs` are by name, each in three sizes; `works`
 * tells an answer from a refusal, where a task has such.
 */
export function defineMicro<const I extends TSchema, const O extends TSchema>(micro: {
  readonly task: Task<I, O>;
  readonly about: string;
  readonly inputs: Readonly<Record<string, Readonly<Record<Size, Make<Static<I>>>>>>;
  readonly works?: (output: Static<O>, name: string) => boolean;
}): MicroScenario {
  const { task, about, works = () => true } = micro;
  const inputs = Object.entries(micro.inputs).flatMap(([name, sizes]) =>
    SIZES.map((size) => ({ name, size, make: sizes[size] })),
  );
  return {
    kind: 'micro',
    about,
    takesSeconds: inputs.length * SECONDS_AN_INPUT,
    task,
    inputs,
    answer: async ({ name, size }, value) => {
      const outcome = await task.run(value);
      if (!outcome.ok) throw new BenchError(`${name}, ${size}: the task failed: ${outcome.error.message}`);
      if (!works(outcome.value, name)) throw new BenchError(`${name}, ${size}: the task declined`);
      return outcome.value;
    },
  };
}

/** The three sizes of an input that is told by one number. */
export function sized<T>(make: (amount: number) => T | Promise<T>, amounts: readonly [number, number, number]) {
  const [small, typical, limit] = amounts;
  return { small: () => make(small), typical: () => make(typical), limit: () => make(limit) };
}
