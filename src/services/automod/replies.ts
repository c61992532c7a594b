import type { Context } from '../../context.ts';
import { answeredSince, changeReplies } from '../../db/automod-replies.ts';
import { replyTimer } from './reply.ts';

/** Messages of which it is known that they were answered; older ones are not looked for when they are changed. */
const MOST = 10_000;
const DAY_MS = 86_400_000;

/** Messages that rules have answered to: when one is changed, its answer is. */
export class AnsweredMessages {
  readonly #context: Pick<Context, 'database' | 'db' | 'timers' | 'now'>;
  readonly #known = new Set<string>();
  #loading: Promise<void> | undefined;

  constructor(context: Pick<Context, 'database' | 'db' | 'timers' | 'now'>) {
    this.#context = context;
  }

  add(message: string): void {
    this.#known.add(message);
    const oldest = this.#known.size > MOST ? this.#known.keys().next().value : undefined;
    if (oldest !== undefined) this.#known.delete(oldest);
  }

  /** A message was changed, and these rules hold of it now. */
  async changed(message: string, holding: readonly string[]): Promise<void> {
    await this.#load();
    if (!this.#known.has(message)) return;
    const { database, timers, now } = this.#context;
    await database.begin(async (tx, notify) => {
      for (const reply of await changeReplies(tx, message, holding)) {
        await timers.addWithin({ tx, notify }, replyTimer(reply, now(), true));
      }
    });
  }

  /** Those of the last day, also of the process before. */
  #load(): Promise<void> {
    const { db, now } = this.#context;
    this.#loading ??= answeredSince(db, new Date(now().getTime() - DAY_MS), MOST).then(
      (messages) => {
        for (const message of messages.toReversed()) this.add(message);
      },
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }
}
