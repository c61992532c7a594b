import type { BaseInteraction, User } from 'discord.js';
import type { Context } from '../context.ts';
import type { Sought } from '../services/moderation/case-filter.ts';
import { offerTypes, readType } from './case-type-option.ts';
import { boolean, text, user } from './options.ts';
import { LONGEST_PAST, readPast } from './past-option.ts';

/** What cases can be picked by, in every command that lists some. */
export const CASE_FILTERS = {
  user: user({ optional: true }),
  moderator: user({ optional: true }),
  type: text({ optional: true, max: 32, autocomplete: offerTypes }),
  from: text({ optional: true, max: LONGEST_PAST }),
  to: text({ optional: true, max: LONGEST_PAST }),
  active: boolean({ optional: true }),
  hidden: boolean({ optional: true }),
} as const;

interface Filters {
  readonly user?: User | undefined;
  readonly moderator?: User | undefined;
  readonly type?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly active?: boolean | undefined;
  readonly hidden?: boolean | undefined;
  readonly text?: string | undefined;
}

/** What is looked for. UserError for what cannot be read. */
export async function readSought(options: Filters, interaction: BaseInteraction, context: Context): Promise<Sought> {
  const { user, moderator, type, from, to, active, hidden, text } = options;
  return {
    ...(user && { target: user.id }),
    ...(moderator && { actor: moderator.id }),
    ...(type !== undefined && { type: readType(type) }),
    ...(from !== undefined && { from: (await readPast(from, 'begin', interaction, context)).getTime() }),
    ...(to !== undefined && { before: (await readPast(to, 'end', interaction, context)).getTime() }),
    ...(text !== undefined && { text: text.replaceAll('\0', ' ').trim() }),
    ...(active && { lasting: true }),
    ...(hidden && { hidden: true }),
  };
}
