import { availableParallelism } from 'node:os';
import type { Transferable } from 'node:worker_threads';
import type { Waiting } from '../lib/deadline.ts';
import { TaskError } from '../lib/errors.ts';
import { Lane, type LaneStats, type Observed } from './lane.ts';
import type { LaneName, TaskFacts, TaskInput, TaskList, TaskOutput } from './task.ts';
import { inlineThreads, poolThreads, type Threads } from './threads.ts';
import type { Tasks } from './worker.ts';

export interface WorkersOptions {
  /** Threads over both lanes, at least one each (default: as many as cores, at least two). */
  readonly threads?: number | undefined;
  /** The file a thread loads (default: `workerFile()`); the single binary has it somewhere else. */
  readonly filename?: string | undefined;
  /** How many calls may wait in a lane before the next is refused (default 1000). */
  readonly maxQueue?: number | undefined;
  /** How long a call may wait in a lane before it is refused, in milliseconds (default 5 s quick, 30 s bulk). */
  readonly queueMs?: Readonly<Record<LaneName, number>> | undefined;
  /** How long closing waits for what was taken, in milliseconds (default 5 s). */
  readonly graceMs?: number | undefined;
  /** Runs every task on the calling thread instead: only to measure what the threads are worth. */
  readonly inline?: boolean | undefined;
  /** Opens the threads of a lane (default: threads of its own, ended with it). */
  readonly openThreads?: ((filename: string, size: number) => Threads) | undefined;
  /** Told of every call that ends, for metrics. */
  readonly onOutcome?: ((observed: Observed) => void) | undefined;
}

export interface Offloading extends Waiting {
  /** Buffers to move rather than copy; the caller's are empty afterwards. */
  readonly transfer?: readonly Transferable[] | undefined;
}

export interface WorkersStats {
  readonly quick: LaneStats;
  readonly bulk: LaneStats;
}

/** How one task did with its sample; `error` is what it failed with. */
export interface Tried {
  readonly name: string;
  readonly ms: number;
  readonly error?: unknown;
}

const QUEUE_MS: Readonly<Record<LaneName, number>> = { quick: 5_000, bulk: 30_000 };

/** Where the list of tasks is when the bot runs from its sources. */
function workerFile(): string {
  return new URL('./worker.ts', import.meta.url).href;
}

/** Threads over both lanes where nobody said how many. */
export function defaultThreads(): number {
  return Math.max(2, availableParallelism());
}

/** Starts the threads of both lanes and asks one of them which tasks there are. TaskError when they cannot be loaded. */
export async function startWorkers<T extends TaskList = Tasks>(options: WorkersOptions = {}): Promise<Workers<T>> {
  const { filename = workerFile(), inline = false, graceMs = 5_000, openThreads = poolThreads } = options;
  const total = options.threads ?? defaultThreads();
  const bulkThreads = Math.max(1, Math.floor(total / 2));
  const open = (size: number) => (inline ? inlineThreads(filename) : openThreads(filename, size));
  await using opened = new AsyncDisposableStack();
  const quick = opened.use(await open(Math.max(1, total - bulkThreads)));
  const bulk = opened.use(await open(bulkThreads));
  const facts = await factsFrom(quick, filename);
  opened.move();
  return new Workers<T>(
    facts,
    { quick: laneOf('quick', quick, options), bulk: laneOf('bulk', bulk, options) },
    graceMs,
  );
}

/** The threads, seen from the main thread. A task that outlives its deadline loses its thread; the pool starts another. */
export class Workers<T extends TaskList = Tasks> implements AsyncDisposable {
  readonly #facts: ReadonlyMap<string, TaskFacts>;
  readonly #lanes: Readonly<Record<LaneName, Lane>>;
  readonly #graceMs: number;

  /** Use `startWorkers`. */
  constructor(facts: ReadonlyMap<string, TaskFacts>, lanes: Readonly<Record<LaneName, Lane>>, graceMs: number) {
    this.#facts = facts;
    this.#lanes = lanes;
    this.#graceMs = graceMs;
  }

  /**
   * Runs a task in a thread. `deadlineMs` counts from the start of its work. Rejects with BusyError (queue full or
   * waited too long), DeadlineError, TaskError (its `cause` is what the task threw) or the signal's reason.
   */
  async offload<N extends keyof T & string>(
    name: N,
    input: TaskInput<T, N>,
    { signal, deadlineMs, transfer = [] }: Offloading = {},
  ): Promise<TaskOutput<T, N>> {
    const facts = this.#facts.get(name);
    if (!facts) throw new TaskError(`there is no task named ${name}`);
    const job = { name, facts, input, transfer, signal, deadlineMs: deadlineMs ?? facts.deadlineMs };
    return (await this.#lanes[facts.lane].run(job)) as TaskOutput<T, N>; // checked against the task's schema in the thread
  }

  /** The names of all tasks. */
  list(): readonly string[] {
    return [...this.#facts.keys()];
  }

  /** Runs every task once with its sample, all at the same time. */
  async selfTest(waiting: Waiting = {}): Promise<readonly Tried[]> {
    const tried = [...this.#facts].map(async ([name, { sample }]): Promise<Tried> => {
      const began = performance.now();
      const error = await this.offload(name, sample as TaskInput<T, string>, waiting).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      return { name, ms: performance.now() - began, ...(error !== undefined && { error }) };
    });
    return Promise.all(tried);
  }

  stats(): WorkersStats {
    return { quick: this.#lanes.quick.stats(), bulk: this.#lanes.bulk.stats() };
  }

  /** Takes nothing new (StoppingError), lets the rest finish for the grace, then ends the threads. */
  async close(graceMs: number = this.#graceMs): Promise<void> {
    await Promise.all([this.#lanes.quick.close(graceMs), this.#lanes.bulk.close(graceMs)]);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function laneOf(name: LaneName, threads: Threads, { maxQueue = 1_000, queueMs = QUEUE_MS, onOutcome }: WorkersOptions) {
  return new Lane({ name, threads, maxQueue, queueMs: queueMs[name], onOutcome });
}

async function factsFrom(threads: Threads, filename: string): Promise<ReadonlyMap<string, TaskFacts>> {
  const reply = await threads.run({ kind: 'describe' }).catch((cause: unknown) => {
    throw new TaskError(`no thread could load ${filename}`, { cause });
  });
  if (reply.kind !== 'described') throw new TaskError(`${filename} answered something else: ${reply.kind}`);
  return new Map(Object.entries(reply.facts));
}
