import type { Context } from '../../context.ts';
import { findCase } from '../../db/cases.ts';
import type { Within } from '../../db/connect.ts';
import { type ItemEnd, type ItemOutcome, type MassItem, type MassRun, settleItems } from '../../db/mass-runs.ts';
import { asData, type Said } from '../answers/words.ts';
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

/** To whom it is not done, by their places, and how that is said. */
interface Spared {
  readonly outcome: Exclude<ItemOutcome, 'done'>;
  readonly why: ReadonlyMap<number, Said>;
}

/** Settles those of these items to whom it is not done; a case that one of them has already is void. */
export async function settleSpared(
  run: MassRun,
  items: readonly MassItem[],
  { outcome, why }: Spared,
  context: Pick<Context, 'database' | 'moderation'>,
): Promise<void> {
  if (why.size === 0) return;
  await context.database.begin(async (tx, notify) => {
    for (const [place, words] of why) {
      const own = items.filter((item) => item.place === place);
      await settleAll(run, own, { kind: 'void', why: words, told: null }, { tx, notify }, context);
    }
    const ends = [...why].map(([place, words]): ItemEnd => ({ place, outcome, why: asData(words) }));
    await settleItems(tx, run.id, ends);
  });
}
