import type { Context } from '../../context.ts';
import { databaseError } from '../../db/away.ts';
import { delay } from '../../lib/deadline.ts';
import type { Accepted } from './accepted.ts';
import { learn } from './look.ts';
import type { RuleSource } from './rule-source.ts';

const LEARN_AGAIN_MS = 1_000;
/** How often it is tried to learn what a server has settled, but while the database is away; then what waits for it is passed over. */
const MOST_LESSONS = 300;
/** Of all places so much may be taken by one server of which that is not known: less than what keeps missed messages waiting. */
const SHARE = 3 / 8;

interface ParkedOptions extends Pick<Context, 'log' | 'settings'> {
  readonly rules: RuleSource;
  readonly most: number;
  /** How many of one server find room at least. */
  readonly leastShare: number;
  readonly signal: AbortSignal;
  /** Hears of those that can go on. */
  readonly onKnown: (ones: readonly Accepted[]) => void;
  /** Hears of one that can not, or for which there is no room. */
  readonly onUnknown: (one: Accepted) => void;
}

/** What waits until it is known what its server has settled. */
export class Parked {
  readonly #o: ParkedOptions;
  readonly #byServer = new Map<string, Accepted[]>();
  #size = 0;

  constructor(options: ParkedOptions) {
    this.#o = options;
  }

  get size(): number {
    return this.#size;
  }

  take(one: Accepted): void {
    const parked = this.#byServer.get(one.guild);
    const share = Math.max(this.#o.leastShare, this.#o.most * SHARE);
    if (this.#size >= this.#o.most || (parked && parked.length >= share)) {
      this.#o.onUnknown(one);
      return;
    }
    this.#size += 1;
    if (parked) parked.push(one);
    else {
      this.#byServer.set(one.guild, [one]);
      void this.#learn(one.guild);
    }
  }

  /** Never rejects. */
  async #learn(guild: string): Promise<void> {
    const known = await this.#tryToLearn(guild);
    const parked = this.#byServer.get(guild) ?? [];
    this.#byServer.delete(guild);
    this.#size -= parked.length;
    if (this.#o.signal.aborted) return; // nothing of it is over, and so the next process finds it
    if (!known) for (const one of parked) this.#o.onUnknown(one);
    this.#o.onKnown(known ? parked : []);
  }

  async #tryToLearn(guild: string): Promise<boolean> {
    const { signal, log } = this.#o;
    let failures = 0;
    for (let tries = 0; tries < MOST_LESSONS && !signal.aborted; ) {
      try {
        await learn(guild, this.#o);
        return true;
      } catch (error) {
        if (failures++ === 0) log.warn({ error, guild }, 'the rules of a server are not known, its messages wait');
        if (!databaseError(error)) tries += 1;
        await delay(LEARN_AGAIN_MS, { signal }).catch(() => undefined);
      }
    }
    return false;
  }
}
