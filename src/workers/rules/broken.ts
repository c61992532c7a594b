import type { RuleProblem } from './problem.ts';

/** Thrown where a rule cannot be used, and caught where the rule was begun. */
export class Broken extends Error {
  readonly problem: RuleProblem;

  constructor(path: string, code: RuleProblem['code'], params: RuleProblem['params'] = {}) {
    super(code);
    this.problem = { path, code, params };
  }
}
