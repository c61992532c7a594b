import { setPriority } from 'node:os';
import type { Waiting } from '../../lib/deadline.ts';
import { BusyError, DeadlineError } from '../../lib/errors.ts';
import { Lane, type LaneStats, type Observed } from '../lane.ts';
import { LEAST_PRIORITY } from '../serve.ts';
import type { TaskFacts, TaskInput, TaskOutput } from '../task.ts';
import { poolThreads } from '../threads.ts';
import { BUDGET_MS } from './budget.ts';
import type { BacktrackingTasks } from './thread.ts';

export type BacktrackingCall = TaskInput<BacktrackingTasks, 'match'>;
type Output = TaskOutput<BacktrackingTasks, 'match'>;
/** The first places, `[from, to)` in UTF-16 units; none where it does not match. */
export type Spans = Output['spans'];

/** How a call went. `overran`: its thread was ended. `busy`: it had no turn in time, and is no worse for that. */
export type Ran =
  | { readonly kind: 'ran'; readonly spans: Spans; readonly us: number }
  | { readonly kind: 'overran' }
  | { readonly kind: 'busy' };

export interface BacktrackingTimes {
  /** What a pattern may take with one text [`BUDGET_MS`], and how long it may wait for its turn [500]. Milliseconds. */
  readonly budgetMs?: number;
  readonly waitMs?: number;
}

interface Options extends BacktrackingTimes {
  readonly onOutcome?: ((observed: Observed) => void) | undefined;
}

/** What waits for the thread at most. */
const MOST_WAITING = 200;
const WAIT_MS = 500;
const BATCH = { size: 8, waitMs: 0 };

function threadFile(): string {
  return new URL('./thread.ts', import.meta.url).href;
}

/**
 * The third lane: one thread for patterns that go back, and may take for ever. Whatever takes longer than its budget loses the
 * thread, and another is started. Not for Deno, which cannot end a thread that spins.
 */
export class BacktrackingLane implements AsyncDisposable {
  readonly #lane: Lane;
  readonly #facts: TaskFacts;
  /** The thread at work, as the system calls it. */
  #thread: number | undefined;

  constructor({ budgetMs = BUDGET_MS, waitMs = WAIT_MS, onOutcome }: Options = {}) {
    // Its work is held against a clock: stepping behind the main thread it would lose what it has.
    const threads = poolThreads(threadFile(), 1, 'beside');
    this.#facts = { lane: 'quick', deadlineMs: budgetMs, batch: BATCH, sample: undefined };
    this.#lane = new Lane({ name: 'backtracking', threads, maxQueue: MOST_WAITING, queueMs: waitMs, onOutcome });
  }

  /** Holds a pattern against a text. Rejects with TaskError (the pattern is none), StoppingError or the signal's reason. */
  async match(call: BacktrackingCall, { signal }: Pick<Waiting, 'signal'> = {}): Promise<Ran> {
    const { deadlineMs } = this.#facts;
    try {
      const job = { name: 'match', facts: this.#facts, input: call, deadlineMs, transfer: [], signal };
      const { spans, us, thread } = (await this.#lane.run(job)) as Output; // checked in the thread
      this.#thread = thread;
      return { kind: 'ran', spans, us };
    } catch (error) {
      if (error instanceof BusyError) return { kind: 'busy' };
      if (!(error instanceof DeadlineError)) throw error;
      this.#letGo();
      return { kind: 'overran' };
    }
  }

  stats(): LaneStats {
    return this.#lane.stats();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#lane.close(0);
  }

  /** A thread that is ended lets go of its core only when its pattern gives up, a second or two later: until then it is the last in the queue. */
  #letGo(): void {
    const thread = this.#thread;
    this.#thread = undefined;
    if (thread === undefined) return;
    try {
      setPriority(thread, LEAST_PRIORITY);
    } catch {
      // It is gone already.
    }
  }
}
