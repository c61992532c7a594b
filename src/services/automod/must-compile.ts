import type { Context } from '../../context.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import { UserError } from '../answers/user-error.ts';
import { compileRules } from './compiled-rules.ts';
import { ruleProblemInWords } from './problem-in-words.ts';
import { readBook, refuseTooMuch } from './rule-book.ts';

type Sources = Pick<Context, 'db' | 'database' | 'workers' | 'rules' | 'externalData'>;

/**
 * Tries a change of a server's rules, as `changeBook` takes it. UserError where a rule that is new or changed could not be used beside the
 * others, or would leave no room for one of them. What `plan` throws, this does.
 */
export async function mustCompile(
  guild: string,
  plan: (rules: readonly Rule[]) => readonly Rule[],
  { db, database, workers, rules, externalData: lists }: Sources,
  signal: AbortSignal,
): Promise<void> {
  const { rules: held } = await readBook(guild, { db });
  const planned = plan(held);
  refuseTooMuch(planned);
  const same = new Set(held.map((rule) => JSON.stringify(rule)));
  const fresh = new Set(planned.filter((rule) => !same.has(JSON.stringify(rule))).map(({ id }) => id));
  if (fresh.size === 0) return;
  // What is switched off, too: it is to work once it is switched on.
  const stored = planned.map((rule, place) => ({
    id: rule.id,
    place,
    rule: JSON.stringify({ ...rule, enabled: true }),
  }));
  const compiled = await compileRules({ database, workers, lists }, guild, { version: 0, rules: stored }, signal);
  const before = new Set(rules.standing(guild).rules?.broken.map(({ id }) => id));
  const broken = compiled?.broken.find(({ id }) => fresh.has(id) || !before.has(id));
  const rule = planned.find(({ id }) => id === broken?.id);
  if (broken && rule)
    throw new UserError('automod.wouldBreak', { name: rule.name, why: ruleProblemInWords(broken.problem) });
}
