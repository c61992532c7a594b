import type { Context } from '../context.ts';
import { UserError } from '../services/answers/user-error.ts';
import { type FoundMembers, findMembers, type MemberFilter, MOST_READ } from '../services/mass/find-members.ts';
import { checkPattern } from '../services/patterns/patterns.ts';
import { MOST_LETTERS } from '../workers/patterns/limits.ts';
import { LONGEST_DURATION, offerDuration, readDuration } from './duration-option.ts';
import { boolean, text } from './options.ts';

const BOUNDS = { minMs: 60_000, maxMs: 10 * 365 * 86_400_000 } as const;
const span = (typical: readonly string[]) =>
  text({ optional: true, max: LONGEST_DURATION, autocomplete: offerDuration(BOUNDS, typical) });

/** By what members can be chosen. */
export const FILTER = {
  joinedWithin: span(['10 minutes', '1 hour', '6 hours', '1 day', '1 week']),
  name: text({ optional: true, max: MOST_LETTERS }),
  accountYounger: span(['1 day', '3 days', '1 week', '30 days']),
  noRole: boolean({ optional: true }),
} as const;

interface Wanted {
  readonly joinedWithin?: string | undefined;
  readonly name?: string | undefined;
  readonly accountYounger?: string | undefined;
  readonly noRole?: boolean | undefined;
}

/** What people choose by, without where and how many. */
export type Chosen = Omit<MemberFilter, 'guild' | 'most'>;

/** What was chosen, of people; nothing where nobody is to be filtered. UserError for spans that cannot be read. */
export function readFilter(
  { joinedWithin, name, accountYounger, noRole }: Wanted,
  { now }: Pick<Context, 'now'>,
): Chosen | undefined {
  if ([joinedWithin, name, accountYounger].every((one) => one === undefined)) {
    if (noRole === undefined) return undefined;
    if (!noRole) throw new UserError('mass.targets.noRoleAlone'); // it would be everybody who has a role
  }
  const ago = (typed: string | undefined) =>
    typed === undefined ? undefined : new Date(now().getTime() - readDuration(typed, BOUNDS));
  return {
    ...{ joinedAfter: ago(joinedWithin), createdAfter: ago(accountYounger), noRole, who: 'humans' },
    pattern: name === undefined ? undefined : { source: name, ignoreCase: true },
  };
}

/** The members who fit. UserError where there are none, too many of them or in the server, or Discord lists none. */
export async function readMembers(filter: MemberFilter, context: Context, signal: AbortSignal): Promise<FoundMembers> {
  const { pattern, most } = filter;
  if (pattern) await checkPattern(context.workers, pattern, { signal });
  const found = await findMembers(filter, context, signal);
  const { items, read, more } = found;
  if (more && items.length >= most) throw new UserError('mass.targets.tooManyFit', { most });
  if (more) throw new UserError('mass.targets.tooManyMembers', { most: MOST_READ });
  if (items.length === 0) throw new UserError('mass.targets.noneFits', { read });
  return found;
}
