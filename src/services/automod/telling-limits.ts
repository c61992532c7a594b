import type { Context } from '../../context.ts';

/** As many as somebody can read. */
const MOST = 20;
const PER_MS = 60_000;
const MOST_PLACES = 5_000;

interface Told {
  readonly at: number[];
  untold: number;
}

/** Lets no raid fill a server's channels: beyond so many a minute what rules have to tell is only counted. */
export class TellingLimits {
  readonly #servers = new Map<string, Told>();
  readonly #now: () => Date;

  constructor({ now }: Pick<Context, 'now'>) {
    this.#now = now;
  }

  /** How much was not told since the last that was, which is to be said with this one; undefined where this one is not told either. */
  take(guild: string): number | undefined {
    const told = this.#of(guild);
    if (told.at.length >= MOST) {
      told.untold += 1;
      return undefined;
    }
    told.at.push(this.#now().getTime());
    const { untold } = told;
    told.untold = 0;
    return untold;
  }

  /** Counts what is to be told and cannot be for now, for whom nothing else is to be done about it either; false where it can be. */
  skip(guild: string): boolean {
    const told = this.#of(guild);
    if (told.at.length < MOST) return false;
    told.untold += 1;
    return true;
  }

  #of(guild: string): Told {
    const now = this.#now().getTime();
    const told = this.#servers.get(guild) ?? { at: [], untold: 0 };
    this.#servers.delete(guild);
    this.#servers.set(guild, told);
    const oldest = this.#servers.size > MOST_PLACES ? this.#servers.keys().next().value : undefined;
    if (oldest !== undefined) this.#servers.delete(oldest);
    while ((told.at[0] ?? now) <= now - PER_MS) told.at.shift();
    return told;
  }
}
