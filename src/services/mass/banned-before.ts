import type { Context } from '../../context.ts';
import { lastingCase } from '../../db/cases.ts';
import type { MassItem, MassRun } from '../../db/mass-runs.ts';
import { type Said, t } from '../answers/words.ts';
import { isOfCase, isOfCases } from '../moderation/audit-reason.ts';
import { banOf } from '../moderation/bans.ts';
import { refusalOf } from '../moderation/refusal.ts';
import { settleSpared } from './settle-all.ts';
import { membersSpec } from './spec.ts';

/**
 * Those of these who are still to be banned: whoever somebody has banned for ever already is so already, also where no case tells of
 * it. Rejects with what may pass.
 */
export async function withoutBanned(
  run: MassRun,
  items: readonly MassItem[],
  context: Context,
  signal: AbortSignal,
): Promise<readonly MassItem[]> {
  if (run.kind !== 'ban' || membersSpec(run).durationMs !== undefined) return items;
  const looked = await Promise.all(
    items.map(async (item) => ({ item, why: await banBefore(run, item, context, signal) })),
  );
  const banned = new Map(looked.flatMap(({ item, why }) => (why ? [[item.place, why] as const] : [])));
  await settleSpared(run, items, { outcome: 'already', why: banned }, context);
  return items.filter(({ place }) => !banned.has(place));
}

async function banBefore(
  { guild }: MassRun,
  { target, case: number }: MassItem,
  context: Context,
  signal: AbortSignal,
): Promise<Said | undefined> {
  const ban = await banOf(guild, target, context, signal).catch((error: unknown) => {
    if (refusalOf(error) === undefined) throw error;
    return undefined; // what stands against all bans is said of them
  });
  // What this run has done itself, and could not write down, is done.
  const own = number !== null && [isOfCase, isOfCases].some((is) => is(ban?.reason, number));
  if (!ban || own) return undefined;
  const lasting = await lastingCase(context.db, { guild, target, type: 'ban' }, context.now());
  if (!lasting) return t('moderation.already.banned');
  return lasting.until === null ? t('moderation.already.bannedBy', { number: lasting.number }) : undefined;
}
