import type { Context } from '../../context.ts';
import type { Within } from '../../db/connect.ts';
import { countPoints, isTimedOutBeyond } from '../../db/points.ts';
import type { AreaValue } from '../settings/areas.ts';
import { botActor } from './bot-actor.ts';
import { serverOf } from './members.ts';
import type { Case, NewAction } from './moderation.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** What comes at so many points. */
export type Rung = AreaValue<'moderation'>['ladder'][number];

/** What is to be looked at when a case with points has been done; to be given the transaction that settles it. */
export type Climb = (within: Within) => Promise<void>;

/**
 * Prepares what follows from the points of a case: the highest step of the server's ladder that they reach, and that the person's
 * points before did not. Ordered in the transaction that settles the case, it comes once.
 */
export async function climbOf(one: Case, context: Context): Promise<Climb | undefined> {
  if (one.points === 0) return undefined;
  const { ladder, decayDays } = await context.settings.of(one.guild, 'moderation');
  if (ladder.length === 0) return undefined;
  const { language: locale } = await context.settings.of(one.guild, 'general');
  const ledBy = await whoLed(one, context);
  const now = context.now();
  return async (within) => {
    const points = await countPoints(within.tx, one, new Date(now.getTime() - decayDays * DAY_MS));
    const rung = rungReached(ladder, points - one.points, points);
    if (!rung) return;
    const until = rung.minutes === undefined ? undefined : new Date(now.getTime() + rung.minutes * MINUTE_MS);
    if (rung.action === 'timeout' && until && (await isTimedOutBeyond(within.tx, one, until))) return;
    const { guild, target, targetName, number } = one;
    const actor = botActor(context);
    const reason = context.i18n.t('moderation.ladder', { points, number }, locale);
    const order = {
      guild,
      type: rung.action,
      target,
      targetName,
      actor,
      reason,
      until,
      ledBy,
      source: 'automod',
    } as const;
    await context.moderation.order(order, within);
  };
}

/** Whoever gave the points: what these lead to is theirs to answer for, or warnings would ban without end. */
async function whoLed(one: Case, context: Context): Promise<NewAction['ledBy']> {
  const { guild, source, actor: id, actorName: name } = one;
  if (source !== 'command' || id === null) return undefined;
  const { ownerId } = await serverOf(guild, context);
  return { id, name, above: id === ownerId || context.gateway.isOwner(id) };
}

/** The highest step above `before` and not above `after`. */
function rungReached(ladder: readonly Rung[], before: number, after: number): Rung | undefined {
  return ladder.filter(({ points }) => points > before && points <= after).sort((a, b) => b.points - a.points)[0];
}
