import type { Context } from '../../context.ts';
import { BusyError, DeadlineError, fromWire, StoppingError, TaskError } from '../../lib/errors.ts';
import { packBatch, readJudged } from '../../workers/rules/batch.ts';
import type { Verdict } from '../../workers/rules/verdict.ts';
import type { Accepted } from './accepted.ts';
import { inputOf, placeOf } from './payload.ts';

/** What became of a message that was sent to a thread. */
export type Fate =
  | { readonly kind: 'judged'; readonly verdict: Verdict }
  /** Others took its thread too long; nothing is known against it. */
  | { readonly kind: 'not begun' }
  /** One of its batch has ended the thread, or held it too long, and nobody knows which. */
  | { readonly kind: 'lost with others'; readonly error: unknown; readonly together: number }
  | { readonly kind: 'no thread' }
  | { readonly kind: 'too slow' | 'failed'; readonly error: unknown };

interface JudgeBatchesOptions extends Pick<Context, 'discord' | 'now' | 'workers'> {
  readonly onFate: (one: Accepted, fate: Fate) => void;
  /** Hears that another batch can be sent. */
  readonly onFree: () => void;
}

/** The batches that are with threads, one for each. */
export class JudgeBatches {
  readonly #o: JudgeBatchesOptions;
  readonly #most: number;
  #under = 0;

  constructor(options: JudgeBatchesOptions) {
    this.#o = options;
    this.#most = options.workers.stats().quick.threads;
  }

  get free(): boolean {
    return this.#under < this.#most;
  }

  /** By the rules that each of them names. */
  send(batch: readonly Accepted[]): void {
    const { workers, discord, now } = this.#o;
    const ms = now().getTime();
    const inputs = batch.map(({ payload, rules, edited, count }) => {
      const place = rules ? placeOf(payload.channel_id, discord) : { id: payload.channel_id };
      return inputOf(payload, { rules: rules?.sent, place, edited, count, now: ms });
    });
    this.#under += 1;
    workers.offload('judgeMessages', packBatch(inputs)).then(
      (told) => {
        this.#under -= 1;
        this.#answered(batch, told);
        this.#o.onFree();
      },
      (error: unknown) => {
        this.#under -= 1;
        if (error instanceof StoppingError) return; // none of them is over, and so the next process finds them
        const fate = fateOf(error, batch.length);
        for (const one of batch) this.#o.onFate(one, fate);
        this.#o.onFree();
      },
    );
  }

  #answered(batch: readonly Accepted[], told: string): void {
    const judged = readJudged(told);
    for (const [at, one] of batch.entries()) {
      const outcome = judged[at];
      if (!outcome) this.#o.onFate(one, { kind: 'not begun' });
      else if (outcome.ok) this.#o.onFate(one, { kind: 'judged', verdict: outcome.value });
      else {
        const error = new TaskError('a message could not be judged', { cause: fromWire(outcome.error) });
        this.#o.onFate(one, { kind: 'failed', error });
      }
    }
  }
}

function fateOf(error: unknown, batched: number): Fate {
  if (error instanceof BusyError) return { kind: 'no thread' };
  if (batched > 1) return { kind: 'lost with others', error, together: batched };
  return { kind: error instanceof DeadlineError ? 'too slow' : 'failed', error };
}
