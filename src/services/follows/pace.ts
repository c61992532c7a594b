import type { RequestBudget } from '../../workers/github/api.ts';

/** Where something is new. */
const QUICKEST_S = 300;
/** Where nothing has been new for long. */
const SLOWEST_S = 3_600;
const SLOWER = 1.5;
/** Where nothing could be read for long. */
const RAREST_S = 21_600;
/** The other half of what GitHub takes is for people who ask. */
const SHARE = 0.5;

/** In how many seconds a source is to be asked again that answered: sooner after news, later each time there are none. */
export function paceAfter(everySeconds: number, news: boolean): number {
  if (news || everySeconds < QUICKEST_S) return QUICKEST_S;
  return Math.min(Math.round(everySeconds * SLOWER), SLOWEST_S);
}

/** In how many seconds one that has failed so often in a row, counting from 1. */
export function paceAfterFailure(failures: number): number {
  return Math.min(QUICKEST_S * 2 ** Math.min(failures, 10), RAREST_S);
}

/**
 * How far apart the requests for one repository have to be, in milliseconds, that all of them together take no more than
 * our share of what GitHub allows until its count begins anew.
 */
export function spacing(budget: RequestBudget | null, repositories: number, now: number): number {
  if (!budget) return 0;
  const left = Math.max(0, budget.until - now);
  const ours = budget.remaining * SHARE;
  return ours < 1 ? left : Math.round((left * repositories) / ours);
}
