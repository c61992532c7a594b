import { Routes } from 'discord-api-types/v10';
import type { Context } from '../../context.ts';
import type { Within } from '../../db/connect.ts';
import { beginGuard, endGuard, type Guard, isGuarded } from '../../db/raid-guards.ts';
import type { NewRaid, Raid } from '../../db/raids.ts';
import { UserError } from '../answers/user-error.ts';
import { asData } from '../answers/words.ts';
import { botActor } from '../moderation/bot-actor.ts';
import { serverOf } from '../moderation/members.ts';
import { refusalOf } from '../moderation/refusal.ts';
import type { NewTimer } from '../timers/timers.ts';
import { raidTimer } from './timer.ts';

const MINUTE_MS = 60_000;

/** Has more of a raid be kept out. */
export function guardTimer({ id, guild }: NewRaid, due: Date): NewTimer {
  return { kind: 'raid-guard', owner: guild, guild, payload: { raid: id }, due, zone: 'UTC' };
}

/**
 * Keeps more of a raid out as the server wants it, for a time: Discord lets nobody in by invitations, or only staff may talk. Once,
 * however often it is asked for; where that is so already for another raid, nothing is done. Rejects with what may pass.
 */
export async function guardAgainst(raid: Raid, context: Context, signal: AbortSignal): Promise<void> {
  const { db, now, settings } = context;
  const { guard: kind, guardMinutes } = await settings.of(raid.guild, 'raids');
  if (raid.guard?.case !== undefined) return await tellOutcome(raid, raid.guard.case, context, signal);
  if (kind === 'nothing' || raid.guard !== null || (await isGuarded(db, raid.guild, now()))) return;
  const until = now().getTime() + guardMinutes * MINUTE_MS;
  if (kind === 'lockdown') return await lock(raid, until, context, signal);
  const guard = { kind, until };
  try {
    await pauseInvites(raid.guild, new Date(until), context, signal);
  } catch (error) {
    const why = refusalOf(error);
    if (!why) throw error;
    context.log.warn({ guild: raid.guild, raid: raid.id, why: why.key }, 'invitations could not be paused');
    return await keep(raid, { ...guard, why: asData(why) }, context);
  }
  await keep(raid, guard, context);
}

/** Discord ends it by itself when the time has come. */
async function pauseInvites(
  guild: string,
  until: Date | null,
  { discord }: Context,
  signal: AbortSignal,
): Promise<void> {
  const body = { invites_disabled_until: until?.toISOString() ?? null };
  await discord.rest.put(Routes.guildIncidentActions(guild), { body, signal });
}

async function keep(raid: Raid, guard: Guard, { database, now, timers }: Context): Promise<void> {
  await database.begin(async (tx, notify) => {
    if (!(await beginGuard(tx, raid.id, guard))) return;
    await timers.addWithin({ tx, notify }, raidTimer(raid, now()));
    await timers.addWithin({ tx, notify }, raidTimer(raid, new Date(guard.until)));
  });
}

/** A case like any other: its end comes by its own timer, and what it could not lock stands in it. */
async function lock(raid: Raid, until: number, context: Context, signal: AbortSignal): Promise<void> {
  const { database, moderation, timers, settings, i18n, now } = context;
  const { guild } = raid;
  const { name } = await serverOf(guild, context);
  const { language: locale } = await settings.of(guild, 'general');
  const reason = i18n.t('raids.guard.reason', { count: raid.count }, locale);
  const order = { guild, type: 'lockdown', target: guild, targetName: name, actor: botActor(context), reason };
  const made = await database.begin(async (tx, notify) => {
    const within = { tx, notify };
    const [number] = await moderation.order({ ...order, until: new Date(until), source: 'automod' }, within);
    if (number === undefined || !(await beginGuard(tx, raid.id, { kind: 'lockdown', until, case: number })))
      throw new Error('a raid is kept out already');
    await timers.addWithin(within, raidTimer(raid, now()));
    await timers.addWithin(within, raidTimer(raid, new Date(until)));
    return number;
  });
  await tellOutcome(raid, made, context, signal);
}

async function tellOutcome(raid: Raid, number: number, context: Context, signal: AbortSignal): Promise<void> {
  const { database, moderation, timers, now } = context;
  await moderation.outcome(raid.guild, number, signal);
  await database.begin((tx, notify) => timers.addWithin({ tx, notify }, raidTimer(raid, now())));
}

/** Writes that somebody ends it, together with what does so; UserError where somebody was faster. */
export function endedBy(raid: Raid, by: string, { timers, now }: Context) {
  return async (within: Within): Promise<void> => {
    if (!(await endGuard(within.tx, raid.id, by))) throw new UserError('raids.guard.faster');
    await timers.addWithin(within, raidTimer(raid, now()));
  };
}

/** Lets people in by invitations again. UserError where somebody was faster. Rejects as Discord does. */
export async function resumeInvites(raid: Raid, by: string, context: Context, signal: AbortSignal): Promise<void> {
  await pauseInvites(raid.guild, null, context, signal); // that two do so is as good, and where Discord refuses nothing is written
  await context.database.begin((tx, notify) => endedBy(raid, by, context)({ tx, notify }));
}
