import { isDeepStrictEqual } from 'node:util';
import type { JSONValue } from 'postgres';
import type { Database, Notify, Tx, Within } from '../../db/connect.ts';
import {
  changeTimer,
  countOpenTimers,
  deleteTimer,
  findTimer,
  insertOwed,
  insertTimer,
  lockTimer,
  moveTimer,
  openTimers,
  type Timer,
  type Which,
  type Whose,
} from '../../db/timers.ts';
import { nextOccurrence, type Recurrence } from '../../lib/time/rule.ts';
import { UserError } from '../answers/user-error.ts';

export type { Timer, Which, Whose } from '../../db/timers.ts';

/** When: once, or again and again from the first time on (`due`, or what the rule says comes next). */
export type Due =
  | { readonly due: Date; readonly recurrence?: undefined; readonly zone: string; readonly wall?: string }
  | { readonly due?: Date; readonly recurrence: Recurrence; readonly zone: string };

export type NewTimer = Due & {
  readonly kind: string;
  readonly owner: string;
  readonly guild?: string | undefined;
  readonly channel?: string | undefined;
  /** Few of one place are delivered at a time, so that it does not hold up others [its channel, else its owner]. */
  readonly place?: string | undefined;
  /** What the kind's schema says. */
  readonly payload: JSONValue;
  /** How many open ones of this kind a person may have [100]. */
  readonly limit?: number;
};

export interface Change {
  readonly payload?: JSONValue;
  /** Where it belongs from now on: a channel without its server would be another server's. */
  readonly place?: { readonly guild: string | null; readonly channel: string | null };
  readonly when?: Due;
}

/** What the engine is doing, as it tells. `nextAt` is what it waits for. */
export interface TimerStats {
  readonly nextAt: Date | undefined;
  readonly due: number;
  readonly underWay: number;
  readonly done: number;
  readonly failed: number;
}

/** Open reminders and the like of one person, each kind for itself. */
const MOST_OPEN = 100;
/** How often every process looks for itself; what falls due later than that need not be told to anybody. */
export const POLL_MS = 30_000;
/** Copies of a timer that come closer together than this are one. */
const SAME_MS = 60_000;
const CHANNEL = 'timers';
const NOTHING: TimerStats = { nextAt: undefined, due: 0, underWay: 0, done: 0, failed: 0 };

interface Opening {
  readonly database: Database;
  readonly now: () => Date;
}

/** Opens the timers and listens for those that other processes add. */
export async function openTimerService(opening: Opening): Promise<Timers> {
  const timers = new Timers(opening);
  const heard = (due: string) => timers.tell(new Date(Number(due)));
  timers.owns(await opening.database.listen(CHANNEL, { heard, missed: () => timers.wake() }));
  return timers;
}

/** What falls due later, kept in the database. The engine of any process that shares it delivers. */
export class Timers implements Disposable {
  readonly #database: Database;
  readonly #now: () => Date;
  readonly #listeners = new Set<(due: Date | undefined) => void>();
  #listening: Disposable | undefined;
  #stats: () => TimerStats = () => NOTHING;

  /** Use `openTimerService`. */
  constructor({ database, now }: Opening) {
    this.#database = database;
    this.#now = now;
  }

  owns(listening: Disposable): void {
    this.#listening = listening;
  }

  [Symbol.dispose](): void {
    this.#listening?.[Symbol.dispose]();
  }

  /** Stores a timer. UserError when the person has too many of the kind, or the rule never comes. */
  async add(timer: NewTimer): Promise<Timer> {
    const { kind, owner, guild = null, channel = null, place = null, payload, limit = MOST_OPEN } = timer;
    const when = this.#whenOf(timer);
    return await this.#database.begin(async (tx, notify) => {
      await refuseTooMany(tx, timer, limit);
      const added = await insertTimer(tx, { kind, owner, guild, channel, place, payload, ...when });
      await this.#announce(notify, added.dueAt);
      return added;
    });
  }

  /** Stores what the bot itself has to deliver, however many wait already, together with what else a transaction does. */
  async addWithin({ tx, notify }: Within, timer: NewTimer): Promise<Timer> {
    const { kind, owner, guild = null, channel = null, place = null, payload } = timer;
    const added = await insertTimer(tx, { kind, owner, guild, channel, place, payload, ...this.#whenOf(timer) });
    await this.#announce(notify, added.dueAt);
    return added;
  }

  /** What servers are owed at a time, each once however often it is asked for. Says how many of them are new. */
  async addOwed(
    kind: string,
    dueAt: Date,
    servers: readonly { readonly guild: string; readonly channel: string }[],
  ): Promise<number> {
    const [guilds, channels] = [servers.map(({ guild }) => guild), servers.map(({ channel }) => channel)];
    return await this.#database.begin(async (tx, notify) => {
      const added = await insertOwed(tx, { kind, dueAt, guilds, channels });
      if (added > 0) await this.#announce(notify, dueAt);
      return added;
    });
  }

  /** The open ones, the next to fall due first. */
  list(whose: Whose, { limit = MOST_OPEN }: { readonly limit?: number } = {}): Promise<readonly Timer[]> {
    return openTimers(this.#database.db, whose, limit);
  }

  /** Also one that is done, for as long as it is kept. */
  get(which: Which): Promise<Timer | undefined> {
    return findTimer(this.#database.db, which);
  }

  /** Changes an open timer. Undefined when there is none like this any more. */
  edit(which: Which, { payload, place, when }: Change): Promise<Timer | undefined> {
    return this.#change(which, async (tx, timer) => {
      if (timer.doneAt) return false;
      if (payload !== undefined || place !== undefined) {
        const { guild, channel } = place ?? timer;
        await changeTimer(tx, timer.id, { payload: payload ?? (timer.payload as JSONValue), guild, channel }); // it was stored as JSON
      }
      if (when) await moveTimer(tx, timer.id, this.#whenOf(when));
      return true;
    });
  }

  /** Lets an open timer come at another time, together with what else a transaction does. One that is due comes as it is. */
  async moveWithin({ tx, notify }: Within, which: Which, when: Due): Promise<void> {
    const timer = await lockTimer(tx, which);
    if (!timer || timer.doneAt || timer.dueAt <= this.#now()) return;
    const moved = this.#whenOf(when);
    await moveTimer(tx, timer.id, moved);
    await this.#announce(notify, moved.dueAt);
  }

  /** Whether there was such a timer. */
  remove(which: Which): Promise<boolean> {
    return deleteTimer(this.#database.db, which);
  }

  /**
   * Lets a timer come at `until`, also one that has been delivered. One that comes again and again is left as it is, and
   * a copy comes once. Undefined when there is none like this any more; otherwise the one that will come.
   */
  snooze(which: Which, until: Date): Promise<Timer | undefined> {
    return this.#change(which, async (tx, timer) => {
      const { zone } = timer;
      const when = { dueAt: until, wall: null, zone, recurrence: null };
      if (timer.recurrence === null) {
        if (timer.doneAt) await refuseTooMany(tx, timer, MOST_OPEN);
        await moveTimer(tx, timer.id, when);
        return true;
      }
      const there = await sameOnce(tx, timer, until);
      if (there) return there;
      await refuseTooMany(tx, timer, MOST_OPEN);
      return await insertTimer(tx, { ...timer, ...when, payload: timer.payload as JSONValue }); // it was stored as JSON
    });
  }

  /** Has the engine of this process look at once, as after a clock was moved. */
  wake(): void {
    this.tell(undefined);
  }

  /** Something falls due then; undefined: something may. */
  tell(due: Date | undefined): void {
    for (const listener of this.#listeners) listener(due);
  }

  /** Hears of what is added anywhere and falls due before the next poll. For the engine, which tells `stats` in turn. */
  attend(listener: (due: Date | undefined) => void, stats: () => TimerStats): Disposable {
    this.#listeners.add(listener);
    this.#stats = stats;
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }

  stats(): TimerStats {
    return this.#stats();
  }

  async #change(which: Which, change: (tx: Tx, timer: Timer) => Promise<Timer | boolean>): Promise<Timer | undefined> {
    return await this.#database.begin(async (tx, notify) => {
      const timer = await lockTimer(tx, which);
      const changed = timer && (await change(tx, timer));
      if (!changed) return undefined;
      const after = changed === true ? await lockTimer(tx, which) : changed;
      if (after) await this.#announce(notify, after.dueAt);
      return after;
    });
  }

  async #announce(notify: Notify, due: Date): Promise<void> {
    if (due.getTime() - this.#now().getTime() <= POLL_MS) await notify(CHANNEL, String(due.getTime()));
  }

  #whenOf({ zone, ...when }: Due) {
    const dueAt = when.due ?? (when.recurrence && nextOccurrence(when.recurrence, this.#now()));
    if (!dueAt) throw new UserError('timers.never');
    const wall = ('wall' in when && when.wall) || null;
    return { dueAt, zone, wall, recurrence: when.recurrence === undefined ? null : { ...when.recurrence } };
  }
}

/** The copy that another press of the same button has made: they wait for each other at the row they copy. */
async function sameOnce(tx: Tx, { kind, owner, payload }: Timer, until: Date): Promise<Timer | undefined> {
  const open = await openTimers(tx, { kind, owner }, MOST_OPEN);
  return open.find(
    (one) =>
      one.recurrence === null &&
      Math.abs(one.dueAt.getTime() - until.getTime()) < SAME_MS &&
      isDeepStrictEqual(one.payload, payload),
  );
}

async function refuseTooMany(tx: Tx, { kind, owner }: Pick<Timer, 'kind' | 'owner'>, limit: number): Promise<void> {
  if ((await countOpenTimers(tx, kind, owner)) >= limit) throw new UserError('timers.tooMany', { count: limit });
}
