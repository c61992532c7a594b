import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../context.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { t } from '../../services/answers/words.ts';
import { RULE_ACTIONS } from '../../services/automod/actions.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import { mayIn } from '../channel-rights.ts';
import type { Asked } from '../define.ts';
import { checkPoints } from '../points-option.ts';
import { refuseRole } from '../role-order.ts';
import { checkAllowed, mayUse } from '../rules.ts';
import { askingOf } from '../standing.ts';

/**
 * UserError where rules do what whoever wants them may not do themselves: else a rule would be a way to rights that nobody gave. Roles that are gone
 * are given to nobody. UserError, too, where moderators would be told in a channel that is not of the server, or not for whoever wants it.
 */
export async function mustMayOrder(
  rules: readonly Pick<Rule, 'actions' | 'points'>[],
  asked: Asked<BaseInteraction>,
  context: Context,
): Promise<void> {
  const { interaction, registry } = asked;
  const actions = rules.flatMap((rule) => rule.actions);
  const points = Math.max(0, ...rules.map((rule) => rule.points));
  const commands = new Set(actions.flatMap((action) => RULE_ACTIONS[action.do].command ?? []));
  if (points > 0) commands.add('warn'); // by which they are given
  for (const what of commands) {
    const rules = registry.commands.get(what)?.command;
    if (rules)
      await checkAllowed(
        { rules: { ...(rules.needs !== undefined && { needs: rules.needs }) }, what },
        interaction,
        context,
      );
  }
  await checkPoints(points, asked, context);
  await refuseSteps(points, asked, context);
  const roles = new Set(actions.flatMap((action) => ('role' in action ? [action.role] : [])));
  for (const id of roles) if (interaction.guild?.roles.cache.has(id)) await refuseRole(interaction, { id }, context);
  const places = new Set(actions.flatMap((action) => (action.do === 'alert' ? (action.channel ?? []) : [])));
  for (const id of places) {
    const own = interaction.guild?.channels.cache.has(id) === true;
    if (!own || !mayIn(interaction, id, PermissionFlagsBits.ViewChannel))
      throw new UserError('automod.alertElsewhere', { id });
  }
}

/** UserError where one hit alone would reach a step of the ladder that whoever asks may not order. */
async function refuseSteps(points: number, asked: Asked<BaseInteraction>, context: Context): Promise<void> {
  const { interaction, registry } = asked;
  if (points === 0) return;
  const { ladder } = await context.settings.of(interaction.guildId ?? '0', 'moderation');
  const asking = await askingOf(interaction, context);
  const step = ladder.find(({ points: from, action: what }) => {
    const rules = registry.commands.get(what)?.command;
    return from <= points && (rules === undefined || !mayUse({ rules, what }, interaction, asking, context));
  });
  if (!step) return;
  const action = t(`moderation.types.${step.action}`);
  throw new UserError('automod.stepTooHigh', { points, action, from: step.points });
}
