import { addRuleDays, type RuleDay, type RuleSums, ruleSums } from '../../db/automod-stats.ts';
import type { Db } from '../../db/connect.ts';
import type { Logger } from '../../lib/log.ts';
import type { Metrics } from '../../lib/metrics.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import type { Verdict } from '../../workers/rules/verdict.ts';
import { WaitingSums } from '../sums/waiting-sums.ts';
import { dayOf } from '../tally/tally.ts';
import type { Judging } from './rule-source.ts';

interface StatsOptions {
  readonly db: Db;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly now: () => Date;
  /** How long sums wait at most before they are written. Milliseconds. */
  readonly everyMs?: number;
}

const MOST_WAITING = 50_000;
const DAY_MS = 86_400_000;
/** Stands for all rules together. */
const ALL = '';
const NOTHING = { messages: 0, hits: 0, observed: 0, skipped: 0, us: 0 };

/** Counts what each rule does, day by day (UTC), and stores the sums in batches. */
export class RuleStats implements AsyncDisposable {
  readonly #db: Db;
  readonly #metrics: Metrics;
  readonly #now: () => Date;
  readonly #sums: WaitingSums<RuleDay>;

  constructor({ db, log, metrics, now, everyMs }: StatsOptions) {
    this.#db = db;
    this.#metrics = metrics;
    this.#now = now;
    this.#sums = new WaitingSums({
      log,
      called: 'counts of rules',
      keyOf: ({ guild, day, rule }) => `${guild} ${day} ${rule}`,
      plus: (a, b) => ({
        ...{ guild: a.guild, day: a.day, rule: a.rule },
        ...{ messages: a.messages + b.messages, hits: a.hits + b.hits, observed: a.observed + b.observed },
        ...{ skipped: a.skipped + b.skipped, us: a.us + b.us },
      }),
      store: (rows) => addRuleDays(db, rows),
      most: MOST_WAITING,
      everyMs,
    });
  }

  /** A message was judged on a day (`2026-11-22`, UTC). */
  judged(guild: string, day: string, { rules }: Pick<Judging, 'rules'>, { slow = [], skipped = [] }: Verdict): void {
    this.#sums.add({ ...NOTHING, guild, day, rule: ALL, messages: 1, skipped: skipped.length > 0 ? 1 : 0 });
    for (const { rule, us } of slow) {
      const id = rules[rule]?.id;
      if (id !== undefined) this.#sums.add({ ...NOTHING, guild, day, rule: id, us });
    }
    for (const rule of skipped) {
      this.#metrics.rulesSkipped.inc({});
      const id = rules[rule]?.id;
      if (id !== undefined) this.#sums.add({ ...NOTHING, guild, day, rule: id, skipped: 1 });
    }
  }

  /** A rule was hit, and acts, or would if it did more than observe. */
  hit(guild: string, { id, mode }: Pick<Rule, 'id' | 'mode'>): void {
    const day = dayOf(this.#now());
    const one = mode === 'enforce' ? { hits: 1 } : { observed: 1 };
    for (const rule of [id, ALL]) this.#sums.add({ ...NOTHING, guild, day, rule, ...one });
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
