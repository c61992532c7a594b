import { addRuleDays, type RuleDay, type RuleSums, ruleSums } from '../../db/automod-stats.ts';
import type { Db } from '../../db/connect.ts';
import type { Logger } from '../../lib/log.ts';
import type { Verdict } from '../../workers/rules/verdict.ts';
import { WaitingSums } from '../sums/waiting-sums.ts';
import { dayOf } from '../tally/tally.ts';
import type { Judging } from './rule-source.ts';

interface StatsOptions {
  readonly db: Db;
  readonly log: Logger;
  readonly now: () => Date;
  /** How long sums wait at most before they are written. Milliseconds. */
  readonly everyMs?: number;
}

const MOST_WAITING = 50_000;
const DAY_MS = 86_400_000;
/** Stands for all rules together. */
const ALL = '';

/** Counts what each rule does, day by day (UTC), and stores the sums in batches. */
export class RuleStats implements AsyncDisposable {
  readonly #db: Db;
  readonly #now: () => Date;
  readonly #sums: WaitingSums<RuleDay>;

  constructor({ db, log, now, everyMs }: StatsOptions) {
    this.#db = db;
    this.#now = now;
    this.#sums = new WaitingSums({
      log,
      called: 'counts of rules',
      keyOf: ({ guild, day, rule }) => `${guild} ${day} ${rule}`,
      plus: (a, b) => ({
        ...{ guild: a.guild, day: a.day, rule: a.rule },
        ...{ messages: a.messages + b.messages, hits: a.hits + b.hits, us: a.us + b.us },
      }),
      store: (rows) => addRuleDays(db, rows),
      most: MOST_WAITING,
      everyMs,
    });
  }

  /** A message was judged on a day (`2026-11-22`, UTC). */
  judged(guild: string, day: string, { rules }: Judging, { slow }: Verdict): void {
    this.#sums.add({ guild, day, rule: ALL, messages: 1, hits: 0, us: 0 });
    for (const { rule, us } of slow ?? []) {
      const id = rules[rule]?.id;
      if (id !== undefined) this.#sums.add({ guild, day, rule: id, messages: 0, hits: 0, us });
    }
  }

  /** A rule was hit, and acts, or would if it did more than observe. */
  hit(guild: string, rule: string): void {
    const day = dayOf(this.#now());
    this.#sums.add({ guild, day, rule, messages: 0, hits: 1, us: 0 });
    this.#sums.add({ guild, day, rule: ALL, messages: 0, hits: 1, us: 0 });
  }

  /** What each rule did in a server within so many days, today included, as far as it is stored; all together without an id. */
  ofServer(guild: string, days: number): Promise<readonly RuleSums[]> {
    const from = dayOf(new Date(this.#now().getTime() - (days - 1) * DAY_MS));
    return ruleSums(this.#db, guild, from);
  }

  /** Stores everything that waits. Rejects when the database is away; nothing is lost by that. */
  flush(): Promise<void> {
    return this.#sums.flush();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#sums[Symbol.asyncDispose]();
  }
}
