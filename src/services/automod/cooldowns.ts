import { type Cooldown, cooldownsAt, keepCooldowns } from '../../db/automod-cooldowns.ts';
import type { Db, Tx } from '../../db/connect.ts';

/** Beyond so many the oldest are forgotten. */
const MOST = 20_000;
/** What lasts no longer is over by the time a process has come back. */
const LASTING_MS = 60_000;

/** What a rule has just done, and does not do again for a while. What lasts longer than a minute outlasts the process. */
export class RuleCooldowns {
  readonly #until = new Map<string, number>();

  constructor(lasting: readonly Cooldown[]) {
    for (const { key, until } of lasting) this.#until.set(key, until.getTime());
  }

  get size(): number {
    return this.#until.size;
  }

  /** Nothing while what `key` stands for cools down; otherwise it does from now on, for so many seconds. */
  take(key: string, seconds: number, now: number): Cooldown | undefined {
    if ((this.#until.get(key) ?? 0) > now) return undefined;
    const until = now + seconds * 1_000;
    this.#until.delete(key);
    this.#until.set(key, until);
    const oldest = this.#until.size > MOST ? this.#until.keys().next().value : undefined;
    if (oldest !== undefined) this.#until.delete(oldest);
    return { key, until: new Date(until) };
  }

  /** What was taken has come to nothing. */
  free({ key, until }: Cooldown): void {
    if (this.#until.get(key) === until.getTime()) this.#until.delete(key);
  }

  /** Has those last that are long enough, with what they are about. */
  async keep(tx: Tx, cooldowns: readonly Cooldown[], now: Date): Promise<void> {
    const long = cooldowns.filter(({ until }) => until.getTime() - now.getTime() > LASTING_MS);
    if (long.length > 0) await keepCooldowns(tx, long);
  }
}

/** With those that last from an earlier process. */
export async function openCooldowns({
  db,
  now,
}: {
  readonly db: Db;
  readonly now: () => Date;
}): Promise<RuleCooldowns> {
  return new RuleCooldowns(await cooldownsAt(db, now(), MOST));
}
