import type { Rule } from '../../workers/rules/schema.ts';
import type { SentRules } from '../../workers/rules/verdict.ts';

/** The rules of a server that are on, as a thread takes them; `rules` are in the order that verdicts number them. */
export interface Judging {
  readonly sent: SentRules;
  readonly rules: readonly Rule[];
}

/** Where the rules of servers come from. */
export interface RuleSource {
  /** What is known at once: nothing (null) where no rule is on; undefined where it has to be read first. */
  peek(guild: string): Judging | null | undefined;
  /** Rejects while the database is away and nothing is known. */
  of(guild: string): Promise<Judging | null>;
}
