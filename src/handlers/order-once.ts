import type { BaseInteraction } from 'discord.js';
import type { Context } from '../context.ts';
import { markAsked } from '../db/asked-cases.ts';
import { list, t } from '../services/answers/words.ts';
import type { NewAction } from '../services/moderation/moderation.ts';
import type { Asked } from './define.ts';

/**
 * Orders what an interaction in a server asks for, and says the numbers. Whoever asked is never told to ask again after that: neither
 * when this fails, since it may be written all the same, nor when the process is gone.
 */
export async function orderOnce(
  { interaction, ifCutOff }: Pick<Asked<BaseInteraction>, 'interaction' | 'ifCutOff'>,
  orders: readonly NewAction[],
  { database, moderation }: Context,
): Promise<readonly number[]> {
  ifCutOff(t('moderation.cutOff.maybe'));
  const numbers = await database.begin(async (tx, notify) => {
    const made = await moderation.order(orders, { tx, notify });
    if (interaction.guildId !== null) await markAsked(tx, interaction.guildId, made, interaction.id);
    return made;
  });
  const cases = list(numbers.map((number) => t('moderation.cutOff.case', { number })));
  ifCutOff(t('moderation.cutOff.ordered', { cases }));
  return numbers;
}
