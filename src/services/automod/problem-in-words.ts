import type { RuleProblem } from '../../workers/rules/problem.ts';
import { code, type Said, t } from '../answers/words.ts';

/** What is wrong in a rule, where, and what to write instead. */
export function ruleProblemInWords({ path, code: problem, params }: RuleProblem): Said {
  const shown = Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? code(value) : value]);
  const said = t(`automod.problems.${problem}`, Object.fromEntries(shown));
  return path === '' ? said : t('automod.problemAt', { at: code(path.slice(1).replaceAll('/', ' › ')), problem: said });
}
