import type { Context } from '../../context.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import type { Copy } from './flood.ts';
import { placeOf } from './payload.ts';
import { rankOf } from './rank.ts';

type Written = Pick<Copy, 'author' | 'roles' | 'channel'>;

/** Whether a rule is not about whoever wrote it, or not about where: a thread belongs to its channel and to that one's category. */
export function isSpared(
  { except: { members, roles, channels } }: Pick<Rule, 'except'>,
  { author, roles: own, channel }: Written,
  { discord }: Pick<Context, 'discord'>,
): boolean {
  if (members.includes(author) || own.some((role) => roles.includes(role))) return true;
  return channels.length > 0 && Object.values(placeOf(channel, discord)).some((id) => channels.includes(id));
}

/** Those whose authors the rule binds: what belongs to a flood may be of somebody whom it does not. */
export async function boundBy(rule: Rule, copies: readonly Copy[], context: Context): Promise<readonly Copy[]> {
  const ranks = new Map<string, number>();
  for (const copy of copies) {
    if (!ranks.has(copy.author)) ranks.set(copy.author, await rankOf(copy, context));
  }
  const { exemptRank } = copies[0] ? await context.settings.of(copies[0].guild, 'automod') : { exemptRank: 0 };
  const bound = Math.min(rule.except.rank, exemptRank);
  return copies.filter((copy) => (ranks.get(copy.author) ?? 0) < bound && !isSpared(rule, copy, context));
}
