import type { Context } from '../../context.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import type { Copy } from './flood.ts';
import { rankOf } from './rank.ts';

/** Those whose authors the rule binds: what belongs to a flood may be of somebody whom it does not. */
export async function boundBy({ except }: Rule, copies: readonly Copy[], context: Context): Promise<readonly Copy[]> {
  const bound = new Map<string, boolean>();
  for (const copy of copies) {
    const { author, roles } = copy;
    if (bound.has(author)) continue;
    const named = except.members.includes(author) || roles.some((role) => except.roles.includes(role));
    bound.set(author, !named && (await rankOf(copy, context)) < except.rank);
  }
  return copies.filter(({ author, channel }) => bound.get(author) === true && !except.channels.includes(channel));
}
