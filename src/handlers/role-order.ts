import type { BaseInteraction, Role } from 'discord.js';
import type { Context } from '../context.ts';
import type { Answer } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { whyNotMine, whyNotTheirs } from '../services/moderation/member-roles.ts';
import type { Asked } from './define.ts';
import { moderate, type Wish } from './moderate.ts';

/** Gives or takes a role. UserError where the bot, or the moderator, is not above it. */
export async function orderRole(
  asked: Asked<BaseInteraction>,
  role: Pick<Role, 'id'>,
  wish: Omit<Wish, 'data'>,
  context: Context,
): Promise<Answer> {
  await refuseRole(asked.interaction, role, context);
  return await moderate(asked, { ...wish, data: { role: role.id } }, context);
}

/** UserError where the bot, or who asks, is not above a role. */
export async function refuseRole(
  interaction: BaseInteraction,
  role: Pick<Role, 'id'>,
  context: Context,
): Promise<void> {
  if (!interaction.inCachedGuild()) throw new UserError('errors.serverOnly');
  const why = (await whyNotMine(interaction.guild, role)) ?? whyNotTheirs(interaction.member, role, context);
  if (why) throw new UserError(why.key, why.params);
}
