import { Value } from '@sinclair/typebox/value';
import { problemsOf } from './check.ts';
import { LONGEST_RULE } from './limits.ts';
import type { RuleProblem } from './problem.ts';
import { Rule } from './schema.ts';

export type ReadRule =
  | { readonly ok: true; readonly rule: Rule }
  | { readonly ok: false; readonly problems: readonly RuleProblem[] };

/** What somebody wrote as a rule, with defaults for what they left out; or all that does not fit. */
export function readRule(value: unknown): ReadRule {
  const problems = problemsOf(value);
  if (problems.length > 0) return { ok: false, problems };
  const rule = Value.Default(Rule, structuredClone(value)) as Rule; // it was looked through just now
  const most = LONGEST_RULE;
  if (JSON.stringify(rule).length <= most) return { ok: true, rule };
  return { ok: false, problems: [{ path: '', code: 'tooLong', params: { most } }] };
}
