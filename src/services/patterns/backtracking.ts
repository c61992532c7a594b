import type { Config } from '../../config.ts';
import type { Database } from '../../db/connect.ts';
import {
  countOverrun,
  forgetPattern,
  type Quarantined,
  quarantine,
  quarantinedPatterns,
  type ServerPattern,
} from '../../db/slow-patterns.ts';
import type { Logger } from '../../lib/log.ts';
import {
  type BacktrackingCall,
  BacktrackingLane,
  type BacktrackingTimes,
  type Ran,
} from '../../workers/backtracking/backtracking.ts';
import type { LaneStats, Observed } from '../../workers/lane.ts';
import type { Timers } from '../timers/timers.ts';
import { type Shape, shapeOf } from './shape.ts';

/** A pattern of a rule, and the message that it is held against. */
export interface Held extends Omit<BacktrackingCall, 'text'> {
  readonly guild: string;
  readonly text: string;
}

/** Why no pattern that goes back is run: the operator has not allowed it, or the runtime cannot end a thread that spins. */
export type Unavailable = 'off' | 'runtime';

interface Opening {
  readonly config: Pick<Config, 'PATTERNS_BACKTRACKING'>;
  readonly database: Database;
  readonly timers: Pick<Timers, 'addWithin'>;
  readonly log: Logger;
  readonly now: () => Date;
  readonly times?: BacktrackingTimes | undefined;
  readonly onOutcome?: (observed: Observed) => void;
}

interface Slow {
  overruns: number;
  /** Calls off all that waits for the pattern. */
  stop: AbortController;
}

/** So often a pattern may take too long. */
export const MOST_OVERRUNS = 3;
/** Patterns of which a process knows how it went lately. */
const MOST_KNOWN = 1_000;
const CHANNEL = 'slow-patterns';
const THREADS_SPIN_ON = 'deno' in process.versions;

/** Opens the lane where the operator allows it, and listens for patterns that other processes take out of use. */
export async function openBacktracking(opening: Opening): Promise<Backtracking> {
  await using opened = new AsyncDisposableStack();
  const patterns = opened.use(new Backtracking(opening));
  const listener = { heard: (guild: string) => patterns.forget(guild), missed: () => patterns.forget() };
  patterns.owns(await opening.database.listen(CHANNEL, listener));
  opened.move();
  return patterns;
}

/** Servers' patterns that the linear engine cannot run: each under a budget, and no more once it has been over it three times. */
export class Backtracking implements AsyncDisposable {
  readonly unavailable: Unavailable | undefined;
  readonly #opening: Opening;
  readonly #lane: BacktrackingLane | undefined;
  /** Patterns that have been too slow lately in this process, by their key: in a database that is away nothing is counted. */
  readonly #slow = new Map<string, Slow>();
  /** Patterns out of use, each by its key. */
  #known: Promise<ReadonlyMap<string, Quarantined>> | undefined;
  /** What was known last holds while the database is away. */
  #last: ReadonlyMap<string, Quarantined> = new Map();
  #listening: Disposable | undefined;

  /** Use `openBacktracking`. */
  constructor(opening: Opening) {
    const allowed = opening.config.PATTERNS_BACKTRACKING === 'on';
    this.#opening = opening;
    this.unavailable = allowed ? (THREADS_SPIN_ON ? 'runtime' : undefined) : 'off';
    if (this.unavailable === undefined)
      this.#lane = new BacktrackingLane({ ...opening.times, onOutcome: opening.onOutcome });
  }

  owns(listening: Disposable): void {
    this.#listening = listening;
  }

  /** What is known of a server's patterns has changed, or of all of them. */
  forget(guild = ''): void {
    this.#known = undefined;
    for (const key of this.#slow.keys()) if (key.startsWith(`${guild} `)) this.#slow.delete(key);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listening?.[Symbol.dispose]();
    await this.#lane?.[Symbol.asyncDispose]();
  }

  /** Whether a pattern matches; undefined where that cannot be known: it took too long, is out of use, or there was too much to do. */
  async matches({ guild, text, ...pattern }: Held, signal?: AbortSignal): Promise<boolean | undefined> {
    const { source, ignoreCase } = pattern;
    const key = keyOf({ guild, source, ignoreCase });
    if (!this.#lane || (await this.#quarantined()).has(key)) return undefined;
    const slow = this.#slowOf(key);
    if (slow.overruns >= MOST_OVERRUNS) return undefined;
    const { stop } = slow;
    try {
      const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
      const ran = await this.#lane.match({ ...pattern, text }, { signal: either });
      if (ran.kind === 'ran') return ran.spans.length > 0;
      if (ran.kind === 'overran') await this.#overran({ guild, source, ignoreCase }, slow, shapeOf(text));
    } catch (error) {
      if (!stop.signal.aborted) throw error;
    }
    return undefined;
  }

  /** The same for whoever only tries a pattern: nothing is counted. Rejects with TaskError when it is none. */
  async attempt(call: BacktrackingCall, signal?: AbortSignal): Promise<Ran | { readonly kind: Unavailable }> {
    if (!this.#lane) return { kind: this.unavailable ?? 'off' };
    return this.#lane.match(call, { signal });
  }

  /** The patterns of a server that are out of use. */
  async quarantined(guild: string): Promise<readonly Quarantined[]> {
    return [...(await this.#quarantined()).values()].filter((one) => one.guild === guild);
  }

  /** Lets a pattern be run again, as if it had never been too slow; false when it was not out of use. */
  async release(pattern: ServerPattern): Promise<boolean> {
    const released = await this.#opening.database.begin(async (tx, notify) => {
      const known = await forgetPattern(tx, pattern);
      if (known) await notify(CHANNEL, pattern.guild);
      return known;
    });
    this.forget(pattern.guild);
    return released;
  }

  stats(): LaneStats | undefined {
    return this.#lane?.stats();
  }

  /** The message has waited long enough: a database that is away costs the count, and nothing else. */
  async #overran(pattern: ServerPattern, slow: Slow, shape: Shape): Promise<void> {
    // What waits would lose a thread each.
    slow.overruns++;
    slow.stop.abort();
    slow.stop = new AbortController();
    const { database, timers, log, now } = this.#opening;
    const { guild, source, ignoreCase } = pattern;
    log.warn({ guild, pattern: source, shape }, 'a pattern took too long and lost its thread');
    try {
      await database.begin(async (tx, notify) => {
        if ((await countOverrun(tx, pattern, now())) < MOST_OVERRUNS) return;
        if (!(await quarantine(tx, pattern, now()))) return;
        const notice = { kind: 'pattern-notice', owner: guild, guild, due: now(), zone: 'UTC' } as const;
        await timers.addWithin({ tx, notify }, { ...notice, payload: { source, ignoreCase, shape } });
        await notify(CHANNEL, guild);
      });
      this.#known = undefined; // the notification may come after the next message
    } catch (error) {
      log.warn({ error, guild }, 'it could not be noted that a pattern took too long');
    }
  }

  #slowOf(key: string): Slow {
    const slow = this.#slow.get(key) ?? { overruns: 0, stop: new AbortController() };
    this.#slow.delete(key);
    this.#slow.set(key, slow);
    const oldest = this.#slow.size > MOST_KNOWN ? this.#slow.keys().next().value : undefined;
    if (oldest !== undefined) this.#slow.delete(oldest);
    return slow;
  }

  async #quarantined(): Promise<ReadonlyMap<string, Quarantined>> {
    this.#known ??= this.#read();
    const reading = this.#known;
    try {
      this.#last = await reading;
    } catch (error) {
      if (this.#known === reading) this.#known = undefined;
      this.#opening.log.debug({ error }, 'which patterns are out of use could not be read');
    }
    return this.#last;
  }

  async #read(): Promise<ReadonlyMap<string, Quarantined>> {
    const rows = await quarantinedPatterns(this.#opening.database.db);
    return new Map(rows.map((row) => [keyOf(row), row]));
  }
}

function keyOf({ guild, source, ignoreCase }: ServerPattern): string {
  return `${guild} ${ignoreCase ? 'i' : 'c'} ${source}`;
}
