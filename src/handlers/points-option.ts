import type { BaseInteraction } from 'discord.js';
import type { Context } from '../context.ts';
import { UserError } from '../services/answers/user-error.ts';
import type { Asked } from './define.ts';
import { integer } from './options.ts';
import { mayUse } from './rules.ts';
import { askingOf } from './standing.ts';

/** How heavy a warning is. */
export const POINTS = integer({ optional: true, min: 0, max: 100 });

/**
 * UserError where a warning would be heavier than the server lets one be by whoever may not do themselves what points lead to: one
 * warning would do for them what they may not.
 */
export async function checkPoints(
  points: number | undefined,
  { interaction, registry }: Asked<BaseInteraction>,
  context: Context,
): Promise<void> {
  if (points === undefined || interaction.guildId === null) return;
  const { mostPoints, ladder } = await context.settings.of(interaction.guildId, 'moderation');
  if (points <= mostPoints) return;
  const asking = await askingOf(interaction, context);
  const mayAll = ladder.every(({ action: what }) => {
    const rules = registry.commands.get(what)?.command;
    return rules !== undefined && mayUse({ rules, what }, interaction, asking, context);
  });
  if (!mayAll) throw new UserError('moderation.tooHeavy', { most: mostPoints });
}
