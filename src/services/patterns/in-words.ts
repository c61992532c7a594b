import { MOST_LETTERS } from '../../workers/patterns/limits.ts';
import type { PatternProblem, ProblemCode } from '../../workers/patterns/problem.ts';
import { code, type Said, t } from '../answers/words.ts';

/** Why a pattern cannot be used, where that is, and what to write instead. */
export function problemInWords({ code: problemCode, at, what }: PatternProblem): Said {
  const problem = t(`patterns.problems.${problemCode}`, { most: MOST_LETTERS });
  if (what === undefined) return problem;
  if (at === undefined) return t('patterns.refusedFor', { problem, what: code(what) });
  return t('patterns.refusedAt', { problem, at: at + 1, what: code(what) });
}

const GOES_BACK: readonly ProblemCode[] = ['lookAhead', 'backReference', 'groupInLookBehind'];

/** Whether an engine that goes back could use what the linear one refuses for this. */
export function couldGoBack({ code: problemCode }: PatternProblem): boolean {
  return GOES_BACK.includes(problemCode);
}
