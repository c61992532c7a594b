import type { Context } from '../../context.ts';
import { raidDeeds, takeUndoable } from '../../db/raid-deeds.ts';
import type { Raid } from '../../db/raids.ts';
import { UserError } from '../answers/user-error.ts';
import type { Actor, NewAction } from '../moderation/moderation.ts';
import { undoingOf } from '../moderation/undo-braked.ts';
import { UNDOES } from './buttons.ts';
import { raidTimer } from './timer.ts';

/** So many cases are ordered in one transaction. */
const MOST_AT_ONCE = 500;

/**
 * Orders that what was done to those of a raid be taken back, each once, however often and by how many that is asked for. Says how
 * many those are. UserError while it is still being done.
 */
export async function undoRaid(raid: Raid, how: keyof typeof UNDOES, by: Actor, context: Context): Promise<number> {
  const { database, db, i18n, moderation, now, settings, timers } = context;
  const kind = UNDOES[how];
  const deeds = await raidDeeds(db, raid.id);
  if (deeds.some((one) => one.kind === kind && one.state === 'running')) throw new UserError('raids.undo.running');
  const { language: locale } = await settings.of(raid.guild, 'general');
  let count = 0;
  for (;;) {
    const taken = await database.begin(async (tx, notify) => {
      const cases = await takeUndoable(tx, raid, kind, MOST_AT_ONCE);
      const orders = cases.flatMap((one): NewAction[] => {
        // What has ended, or was done anew by somebody else since, stays as it is.
        const undoing = one.endedAt === null ? undoingOf(one) : undefined;
        if (!undoing) return [];
        const reason = i18n.t('cases.undo.plain', { number: one.number }, locale);
        const whom = { guild: one.guild, target: one.target, targetName: one.targetName };
        return [{ ...undoing, ...whom, actor: by, reason, source: 'command' }];
      });
      await moderation.order(orders, { tx, notify });
      if (cases.length > 0) await timers.addWithin({ tx, notify }, raidTimer(raid, now()));
      count += orders.length;
      return cases.length;
    });
    if (taken < MOST_AT_ONCE) return count;
  }
}
