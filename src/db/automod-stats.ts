import type { ISql, Sql } from 'postgres';

/** What one rule did in a server on a day, to be added to what is there; without a rule, how many messages were judged. */
export interface RuleDay {
  readonly guild: string;
  /** `2026-11-22`, in UTC. */
  readonly day: string;
  /** The rule's id, or nothing for all together. */
  readonly rule: string;
  readonly messages: number;
  /** In which it acted. */
  readonly hits: number;
  /** In which it would have acted, did it more than observe. */
  readonly observed: number;
  /** For which there was no time; of all together, messages in which there was none for some. */
  readonly skipped: number;
  /** Microseconds in the threads, of messages that took a rule over 50. */
  readonly us: number;
}

/** Adds many in one statement. Rows must differ in server, day or rule. */
export async function addRuleDays(db: ISql, rows: readonly RuleDay[]): Promise<void> {
  const values = rows.map(({ guild, day, rule, us, ...counts }) => ({
    ...{ guild_id: guild, day, rule_id: rule, us: Math.round(us) },
    ...counts,
  }));
  await db`
    insert into automod_days ${db(values)}
    on conflict (guild_id, day, rule_id) do update set
      messages = automod_days.messages + excluded.messages,
      hits = automod_days.hits + excluded.hits,
      observed = automod_days.observed + excluded.observed,
      skipped = automod_days.skipped + excluded.skipped,
      us = automod_days.us + excluded.us`;
}

export type RuleSums = Omit<RuleDay, 'guild' | 'day'>;

/** The sums of each rule in a server since a day (`2026-11-22`), that included; those of all together have no rule's id. */
export async function ruleSums(db: Sql, guild: string, from: string): Promise<readonly RuleSums[]> {
  return db<RuleSums[]>`
    select rule_id as rule, sum(messages)::float8 as messages, sum(hits)::float8 as hits, sum(observed)::float8 as observed,
      sum(skipped)::float8 as skipped, sum(us)::float8 as us
    from automod_days where guild_id = ${guild} and day >= ${from}
    group by rule_id order by rule`;
}
