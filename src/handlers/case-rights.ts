import type { BaseInteraction } from 'discord.js';
import type { Context } from '../context.ts';
import { UserError } from '../services/answers/user-error.ts';
import { mention } from '../services/answers/words.ts';
import { actionOf } from '../services/moderation/actions.ts';
import { whoIsAbove } from '../services/moderation/hierarchy.ts';
import { memberNow } from '../services/moderation/members.ts';
import type { Case } from '../services/moderation/moderation.ts';
import { rankWords } from '../services/permissions/words.ts';
import { mayIn } from './channel-rights.ts';
import type { Asked } from './define.ts';
import { checkAllowed, missing } from './rules.ts';
import { type Asking, askingFor, askingOf } from './standing.ts';

/** The case with this number. UserError where there is none. */
export async function readCase(number: number, { guildId }: BaseInteraction, context: Context): Promise<Case> {
  const one = await context.moderation.get({ guild: guildId ?? '', number });
  if (!one) throw new UserError('commands.case.view.none', { number });
  return one;
}

/**
 * UserError where somebody may not change what a case says or whether it counts: it is about themselves or somebody not below
 * them, or what somebody above them decided. Who owns the server or runs the bot may.
 */
export async function mustMayChange(one: Case, asked: Asked<BaseInteraction>, context: Context): Promise<void> {
  const { interaction } = asked;
  const asking = await askingOf(interaction, context);
  if (!asking || !interaction.inCachedGuild()) throw new UserError('errors.serverOnly');
  if (asking.standing.by === 'operator' || asking.standing.by === 'owner') return;
  const { guild, member: actor } = interaction;
  const { ofPerson = true, toAnybody = false } = actionOf(one) ?? {};
  if (one.target === actor.id) throw new UserError('cases.amend.own');
  if (ofPerson && !toAnybody) {
    const between = { guild, actor, target: one.target, member: await memberNow(guild, one.target) };
    const above = await whoIsAbove(between, context);
    if (above) throw new UserError(above.key, above.params);
  }
  await mustStandAsHigh(one, asking, asked, context);
}

/** The same for what ends or moves the end of what lasts by a case: it takes who may do it, and who may take it back. */
export async function mustMayTakeBack(one: Case, asked: Asked<BaseInteraction>, context: Context): Promise<void> {
  await mustMayUse([one.type, actionOf(one)?.undoneBy], one, asked, context);
  await mustMayChange(one, asked, context);
}

async function mustStandAsHigh(one: Case, { standing }: Asking, asked: Asked<BaseInteraction>, context: Context) {
  const { interaction } = asked;
  const { actor } = one;
  if (actor === interaction.user.id) return;
  const person = actor === null || actor === context.discord.user?.id ? null : actor;
  const member = interaction.guild && person !== null ? await memberNow(interaction.guild, person) : undefined;
  // Nobody is left to stand above them: then it takes what the case itself took.
  if (!member) return await mustMayUse([one.type], one, asked, context);
  const { rank } = (await askingFor(member, interaction, context)).standing;
  if (rank <= standing.rank) return;
  const params = { who: mention('user', member.id), theirs: rankWords(rank), own: rankWords(standing.rank) };
  throw new UserError('cases.amend.higher', params);
}

/** UserError where somebody may not use the commands of these types, or not where the case is of. */
async function mustMayUse(
  types: readonly (string | undefined)[],
  { target }: Case,
  { interaction, registry }: Asked<BaseInteraction>,
  context: Context,
): Promise<void> {
  for (const type of types) {
    const what = type?.replace('-', ' ') ?? '';
    const rules = registry.commands.get(what)?.command;
    if (!rules) continue;
    await checkAllowed({ rules, what }, interaction, context);
    if (!rules.inChannel || rules.needs === undefined) continue;
    const { needs } = rules;
    if (target === interaction.guildId) await checkAllowed({ rules: { needs }, what }, interaction, context);
    else if (!mayIn(interaction, target, needs)) {
      const where = mention('channel', target);
      throw new UserError('cases.amend.notThere', { permissions: missing(needs, null) ?? '', channel: where });
    }
  }
}
