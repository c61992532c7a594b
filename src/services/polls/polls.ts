import type { Database, Db } from '../../db/connect.ts';
import { castVote, takeVoteBack, type Vote, votesOf, votesPage } from '../../db/poll-votes.ts';
import {
  countRunning,
  deletePoll,
  endPoll,
  findPoll,
  insertPoll,
  type Poll,
  type PollValues,
  placePoll,
  runningPolls,
  setPollTimer,
} from '../../db/polls.ts';
import { UserError } from '../answers/user-error.ts';
import type { Timers } from '../timers/timers.ts';

export type { Poll, PollValues } from '../../db/polls.ts';

/** Running at the same time, of one person and in one server. */
const MOST_OF_PERSON = 5;
const MOST_IN_SERVER = 50;

interface Opening {
  readonly database: Database;
  readonly now: () => Date;
}

/** Polls and their votes, kept in the database: any process that shares it may take a vote. */
export class Polls {
  readonly #database: Database;
  readonly #now: () => Date;

  constructor({ database, now }: Opening) {
    this.#database = database;
    this.#now = now;
  }

  /**
   * Keeps a poll that is yet to be posted, and what ends it, or neither. UserError when the person or the server has too
   * many running.
   */
  create(
    values: PollValues,
    zone: string,
    timers: Pick<Timers, 'addWithin'>,
  ): Promise<Poll & { readonly timer: string }> {
    return this.#database.begin(async (tx, notify) => {
      const { server, person } = await countRunning(tx, values.guild, values.author);
      if (person >= MOST_OF_PERSON) throw new UserError('poll.tooManyOfYou', { count: MOST_OF_PERSON });
      if (server >= MOST_IN_SERVER) throw new UserError('poll.tooManyHere', { count: MOST_IN_SERVER });
      const poll = await insertPoll(tx, values);
      const { guild, channel, author: owner, endsAt: due } = values;
      const wanted = { kind: 'poll-end', owner, guild, channel, payload: { poll: poll.id }, due, zone };
      const timer = await timers.addWithin({ tx, notify }, wanted);
      await setPollTimer(tx, poll.id, timer.id);
      return { ...poll, timer: timer.id };
    });
  }

  /** Says in which message a poll stands. */
  place(id: string, message: string): Promise<void> {
    return placePoll(this.#db, id, message);
  }

  /** Also one that has ended, for as long as it is kept. */
  get(id: string): Promise<Poll | undefined> {
    return findPoll(this.#db, id);
  }

  /** A server's running polls, the next to end first. */
  running(guild: string): Promise<readonly Poll[]> {
    return runningPolls(this.#db, guild, MOST_IN_SERVER);
  }

  /** Whether the vote counts; not when the poll has ended, or is not one of this server. */
  vote(vote: Vote): Promise<boolean> {
    return castVote(this.#db, vote, this.#now());
  }

  /** Whether a vote was taken back: it has to be there, and the poll to be running. */
  takeBack(vote: Vote): Promise<boolean> {
    return takeVoteBack(this.#db, vote, this.#now());
  }

  /** What a person has voted for: places of answers, from 0. */
  votesOf(id: string, user: string): Promise<readonly number[]> {
    return votesOf(this.#db, id, user);
  }

  /** Who voted for what, by answer. */
  voters(id: string, part: { readonly offset: number; readonly limit: number }): ReturnType<typeof votesPage> {
    return votesPage(this.#db, id, part);
  }

  /** Ends a poll by time; one that has ended stays as it is. Undefined when there is none. */
  end(id: string): Promise<Poll | undefined> {
    return this.#database.begin(async (tx) => {
      await endPoll(tx, id, { at: this.#now(), by: null });
      return findPoll(tx, id);
    });
  }

  /** Ends a running poll in somebody's name; what would have ended it shows its result now. Undefined when none is running. */
  endEarly(id: string, by: string, timers: Timers): Promise<Poll | undefined> {
    const now = this.#now();
    return this.#database.begin(async (tx, notify) => {
      if (!(await endPoll(tx, id, { at: now, by }))) return undefined;
      const ended = await findPoll(tx, id);
      if (ended?.timer) {
        await timers.moveWithin({ tx, notify }, { id: ended.timer, kind: 'poll-end' }, { due: now, zone: 'UTC' });
      }
      return ended;
    });
  }

  /** Whether there was such a poll. Its votes go with it. */
  remove(id: string): Promise<boolean> {
    return deletePoll(this.#db, id);
  }

  get #db(): Db {
    return this.#database.db;
  }
}
