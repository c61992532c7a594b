import type { BaseInteraction } from 'discord.js';
import type { Context } from '../context.ts';
import { UserError } from '../services/answers/user-error.ts';
import { mention } from '../services/answers/words.ts';
import { memberNow } from '../services/moderation/members.ts';
import type { Case } from '../services/moderation/moderation.ts';
import { rankWords } from '../services/permissions/words.ts';
import { askingFor, askingOf } from './standing.ts';

/** The case with this number. UserError where there is none. */
export async function readCase(number: number, { guildId }: BaseInteraction, context: Context): Promise<Case> {
  const one = await context.moderation.get({ guild: guildId ?? '', number });
  if (!one) throw new UserError('commands.case.view.none', { number });
  return one;
}

/** UserError where a case is that of somebody with a higher rank: what they decided is not for everybody to change. */
export async function mustStandAsHigh({ actor }: Case, interaction: BaseInteraction, context: Context): Promise<void> {
  if (actor === null || actor === interaction.user.id || actor === context.discord.user?.id) return;
  const asking = await askingOf(interaction, context);
  const member = interaction.guild ? await memberNow(interaction.guild, actor) : undefined;
  if (!member || !asking || asking.standing.by === 'operator' || asking.standing.by === 'owner') return;
  const { rank } = (await askingFor(member, interaction, context)).standing;
  if (rank <= asking.standing.rank) return;
  const params = { who: mention('user', actor), theirs: rankWords(rank), own: rankWords(asking.standing.rank) };
  throw new UserError('cases.amend.higher', params);
}
