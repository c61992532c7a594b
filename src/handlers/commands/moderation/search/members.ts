import type { BaseInteraction } from 'discord.js';
import type { Context } from '../../../../context.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { namePattern } from '../../../../services/members/wildcards.ts';
import { checkPattern, type PatternSource } from '../../../../services/patterns/patterns.ts';
import { MOST_LETTERS } from '../../../../workers/patterns/limits.ts';
import { defineCommand } from '../../../define.ts';
import {
  cancelSearch,
  exportMembers,
  firstMembers,
  SEARCH_DEADLINE_MS,
  SEARCH_RULES,
  turnMembers,
} from '../../../member-search.ts';
import { role, text } from '../../../options.ts';
import { LONGEST_PAST, readPast } from '../../../past-option.ts';

const past = text({ optional: true, max: LONGEST_PAST });

/** Finds members by what they are called, their roles, when they joined and how old their account is; by pages, and as a file. */
export default defineCommand({
  ...SEARCH_RULES,
  deadlineMs: SEARCH_DEADLINE_MS,
  defer: 'private',
  components: [turnMembers, exportMembers, cancelSearch],
  options: {
    name: text({ optional: true, max: 100 }),
    pattern: text({ optional: true, max: MOST_LETTERS }),
    role: role({ optional: true }),
    without: role({ optional: true }),
    joinedAfter: past,
    joinedBefore: past,
    accountAfter: past,
    accountBefore: past,
    who: text({ optional: true, choices: ['humans', 'bots'] }),
    sort: text({ optional: true, choices: ['newest', 'oldest', 'name', 'youngestAccount', 'oldestAccount'] }),
  },
  async run(asked, context) {
    const { interaction, options, signal } = asked;
    const { name, pattern, role: has, without, who, sort = 'newest' } = options;
    const ms = (typed: string | undefined) => momentOf(typed, interaction, context);
    const [joinedAfter, joinedBefore, madeAfter, madeBefore] = await Promise.all(
      [options.joinedAfter, options.joinedBefore, options.accountAfter, options.accountBefore].map(ms),
    );
    const source = sourceOf(name, pattern);
    if (source) await checkPattern(context.workers, source, { signal });
    const sought = {
      ...(source && { pattern: source }),
      ...(has && { role: has.id }),
      ...(without && { without: without.id }),
      ...(joinedAfter !== undefined && { joinedAfter }),
      ...(joinedBefore !== undefined && { joinedBefore }),
      ...(madeAfter !== undefined && { madeAfter }),
      ...(madeBefore !== undefined && { madeBefore }),
      ...(who && { who }),
      order: sort,
    };
    return await firstMembers(asked, sought, context);
  },
});

async function momentOf(
  typed: string | undefined,
  interaction: BaseInteraction,
  context: Context,
): Promise<number | undefined> {
  return typed === undefined ? undefined : (await readPast(typed, 'begin', interaction, context)).getTime();
}

function sourceOf(name: string | undefined, pattern: string | undefined): PatternSource | undefined {
  if (name !== undefined && pattern !== undefined) throw new UserError('memberSearch.either');
  if (pattern !== undefined) return { source: pattern, ignoreCase: true };
  return name === undefined ? undefined : namePattern(name);
}
