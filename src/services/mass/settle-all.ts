import type { Context } from '../../context.ts';
import { findCase } from '../../db/cases.ts';
import type { Within } from '../../db/connect.ts';
import type { MassItem, MassRun } from '../../db/mass-runs.ts';
import type { Ending } from '../moderation/moderation.ts';

/** Settles the cases of these items, as far as they have some that are still to be done. */
export async function settleAll(
  { guild }: MassRun,
  items: readonly MassItem[],
  ending: Ending,
  within: Within,
  { moderation }: Pick<Context, 'moderation'>,
): Promise<void> {
  await Promise.all(
    items.map(async ({ case: number }) => {
      const one = number === null ? undefined : await findCase(within.tx, { guild, number });
      if (one) await moderation.settle(within, one, ending);
    }),
  );
}
