import { DiscordAPIError } from 'discord.js';
import type { Db } from '../../db/connect.ts';
import { findPoll, markShown, outdatedPolls, type Poll } from '../../db/polls.ts';
import { backoff } from '../../lib/backoff.ts';
import { delay } from '../../lib/deadline.ts';
import type { RestLanes } from '../gateway/rest-lanes.ts';
import { type Showing, showPoll } from './result.ts';

/** What a message says for so long at least. */
const PAUSE_MS = 3_000;
const RETRY = { firstMs: 2_000, maxMs: 60_000 } as const;
/** For one edit. */
const EDIT_MS = 20_000;
/** Polls that are looked after once the bot is back. */
const MOST_OUTDATED = 1_000;

interface Needs extends Showing {
  readonly db: Db;
  /** Nobody waits for an edit. */
  readonly lanes: Pick<RestLanes, 'within'>;
  readonly pauseMs?: number;
  readonly sleep?: typeof delay;
}

interface Board {
  /** Somebody has voted since the message was last written. */
  again: boolean;
}

/**
 * Keeps the messages of running polls up to date: however many vote at once, a message is edited once in some seconds,
 * and once more after the last vote. What Discord or the database does not take at the moment is tried again.
 */
export class PollBoards implements AsyncDisposable {
  readonly #needs: Needs;
  readonly #boards = new Map<string, Board>();
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** The votes of a poll have changed. */
  touch(poll: string): void {
    const board = this.#boards.get(poll);
    if (board) {
      board.again = true;
      return;
    }
    const made = { again: true };
    this.#boards.set(poll, made);
    this.#track(this.#needs.lanes.within('timers', () => this.#keep(poll, made)));
  }

  /** Writes what a process that is gone had yet to write in these servers. */
  start(guilds: readonly string[]): void {
    this.#track(this.#catchUp(guilds));
  }

  /** What waits is written at once. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
  }

  #track(work: Promise<void>): void {
    const running = work.finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #catchUp(guilds: readonly string[]): Promise<void> {
    const { db, log } = this.#needs;
    try {
      for (const poll of await outdatedPolls(db, guilds, MOST_OUTDATED)) this.touch(poll);
    } catch (error) {
      log.warn({ error }, 'polls whose messages are out of date could not be found');
    }
  }

  async #keep(poll: string, board: Board): Promise<void> {
    const { pauseMs = PAUSE_MS, sleep = delay } = this.#needs;
    try {
      for (let failed = 0; board.again; ) {
        board.again = false;
        const written = await this.#try(poll);
        if (written === 'never') return;
        board.again ||= written !== 'done';
        failed = written === 'failed' ? failed + 1 : 0;
        const pause = failed === 0 ? pauseMs : pauseMs + backoff(failed - 1, RETRY);
        await sleep(pause, this.#stop).catch(() => undefined);
      }
    } finally {
      this.#boards.delete(poll); // at once: who votes from now on finds none, and makes a new one
    }
  }

  async #try(poll: string): Promise<'done' | 'outdated' | 'failed' | 'never'> {
    const { log } = this.#needs;
    try {
      return (await this.#write(poll)) ? 'outdated' : 'done';
    } catch (error) {
      const never = refused(error) || this.#stop.signal.aborted;
      log[never ? 'info' : 'warn']({ error, poll }, "a poll's message could not be written");
      return never ? 'never' : 'failed';
    }
  }

  /** Whether it is out of date again already: somebody else may have written what was older, or ended the poll. */
  async #write(id: string): Promise<boolean> {
    const { db } = this.#needs;
    const poll = await findPoll(db, id);
    if (!poll?.message || poll.endedAt !== null) return false; // its end is shown by the timer
    const signal = AbortSignal.timeout(EDIT_MS);
    await showPoll(poll, this.#needs, signal);
    await markShown(db, id, poll.counts);
    const after = await findPoll(db, id);
    if (!after) return false;
    if (after.endedAt !== null) {
      await showPoll(after, this.#needs, signal); // what was written may have come after the result
      return false;
    }
    return !sameCounts(poll, after);
  }
}

function sameCounts(one: Poll, other: Poll): boolean {
  return one.counts.every((count, at) => count === other.counts[at]);
}

/** Discord would refuse it again: the message or the channel is gone, or closed to the bot. */
function refused(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status >= 400 && error.status < 500 && error.status !== 429;
}
