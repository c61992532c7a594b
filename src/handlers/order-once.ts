import type { BaseInteraction } from 'discord.js';
import type { Context } from '../context.ts';
import { casesAskedWith, markAsked } from '../db/asked-cases.ts';
import { takeNumbers } from '../db/cases.ts';
import type { Within } from '../db/connect.ts';
import { list, t } from '../services/answers/words.ts';
import type { NewAction } from '../services/moderation/moderation.ts';
import type { Asked } from './define.ts';

/**
 * Orders what an interaction in a server asks for, and says the numbers. Whoever asked is never told to ask again after that: neither
 * when this fails, since it may be written all the same, nor when the process is gone. `also` is written with the orders.
 */
export async function orderOnce(
  { interaction, ifCutOff }: Pick<Asked<BaseInteraction>, 'interaction' | 'ifCutOff'>,
  orders: readonly NewAction[],
  { database, moderation }: Context,
  also?: (within: Within) => Promise<void>,
): Promise<readonly number[]> {
  ifCutOff(t('moderation.cutOff.maybe'));
  const { id, guildId: guild } = interaction;
  const numbers = await database.begin(async (tx, notify) => {
    if (guild === null) return await moderation.order(orders, { tx, notify });
    await takeNumbers(tx, guild, 0); // the same interaction, if Discord sends it again, waits here
    const before = await casesAskedWith(tx, id);
    if (before.length > 0) return before.map(({ number }) => number);
    await also?.({ tx, notify });
    const made = await moderation.order(orders, { tx, notify });
    await markAsked(tx, guild, made, id);
    return made;
  });
  const cases = list(numbers.map((number) => t('moderation.cutOff.case', { number })));
  ifCutOff(t('moderation.cutOff.ordered', { cases }));
  return numbers;
}
