import { type BaseInteraction, PermissionFlagsBits, type User } from 'discord.js';
import type { Context } from '../context.ts';
import { type Answer, say } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { amount, mention, t } from '../services/answers/words.ts';
import { levelOf } from '../services/levels/curve.ts';
import type { Rules } from './define.ts';

/** Of all that changes somebody's points. */
export const POINTS_RULES = { needs: PermissionFlagsBits.ModerateMembers } as const satisfies Rules;
/** More than the highest level takes. */
export const MOST_CHANGED = 2_000_000_000;

/** Changes somebody's points, and says what they have now. */
export async function changeOf(
  who: User,
  change: { readonly by: number } | { readonly to: number },
  { guildId }: BaseInteraction,
  context: Context,
): Promise<Answer> {
  if (who.bot) throw new UserError('commands.rank.bot', { who: who.username });
  const { before, after } = await context.levels.change(guildId ?? '0', who.id, change);
  const { on } = await context.settings.of(guildId ?? '0', 'levels');
  const params = {
    who: mention('user', who.id),
    before: amount(before),
    after: amount(after),
    was: levelOf(before),
    level: levelOf(after),
  };
  return say('levels.changed', params, { tone: 'good', ...(!on && { next: t('levels.off') }) });
}
