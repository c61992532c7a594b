import { DiscordAPIError, PermissionFlagsBits } from 'discord.js';
import { type RESTPostAPIGuildBulkBanResult, Routes } from 'discord-api-types/v10';
import type { Context } from '../../context.ts';
import {
  type ItemEnd,
  lockFresh,
  type MassItem,
  type MassRun,
  markAlone,
  markItems,
  settleItems,
} from '../../db/mass-runs.ts';
import { auditReasonOfMany } from '../moderation/audit-reason.ts';
import { serverOf } from '../moderation/members.ts';
import { orderOf } from './members.ts';
import { settleAll, settleSpared } from './settle-all.ts';
import { membersSpec } from './spec.ts';
import { standingInTheWay } from './stands.ts';

/** What Discord takes in one request. */
export const BULK = 200;
/** So many where members have to be looked up one by one: some ten seconds. */
const BULK_ELSEWHERE = 50;
const DAY_SECONDS = 86_400;
const NOBODY_BANNED = 500_000;

/** Whether Discord's route for bans in bulk fits: for ever, nobody is told, and the bot may use it. Rejects as Discord does. */
export async function bulkFits(run: MassRun, context: Context): Promise<boolean> {
  if (run.kind !== 'ban') return false;
  const { durationMs, tell } = membersSpec(run);
  if (durationMs !== undefined || tell) return false;
  const { members } = await serverOf(run.guild, context);
  const me = members.me ?? (await members.fetchMe());
  return me.permissions.has([PermissionFlagsBits.BanMembers, PermissionFlagsBits.ManageGuild]);
}

/**
 * Bans these in one request. Their cases are there before it, so that Discord's log names them. Those whom Discord does not ban so, be
 * it that they are banned already, are left to be tried one by one: there it says why. To ask again after a crash is harmless:
 * who was banned then is `failed` now, and banned one by one.
 */
export async function banInBulk(
  run: MassRun,
  open: readonly MassItem[],
  context: Context,
  signal: AbortSignal,
): Promise<void> {
  const items = context.discord.guilds.cache.has(run.guild) ? open : open.slice(0, BULK_ELSEWHERE);
  const stands = await standingInTheWay(run, items, context);
  // Whoever stands above is not banned, also where their case is there already.
  await settleSpared(run, items, { outcome: 'refused', why: stands }, context);
  const free = items.filter(({ place }) => !stands.has(place));
  // What another try has ordered and not brought to its end goes first, as it is.
  const begun = free.filter(({ held }) => held);
  const ordered = begun.length > 0 ? begun : await orderHeld(run, free, context);
  if (ordered.length === 0) return;
  const banned = new Set(await ask(run, ordered, context, signal));
  await context.database.begin(async (tx, notify) => {
    const done = ordered.filter(({ target }) => banned.has(target));
    await settleAll(run, done, { kind: 'done', told: null }, { tx, notify }, context);
    const ends = done.map(({ place }): ItemEnd => ({ place, outcome: 'done' }));
    await settleItems(tx, run.id, ends);
    const left = ordered.filter(({ target }) => !banned.has(target)).map(({ place }) => place);
    await markAlone(tx, run.id, left);
  });
  context.banNames.forget(run.guild);
}

/** Makes their cases, which the run does itself. Those that another process has taken up meanwhile are left to it. */
async function orderHeld(run: MassRun, items: readonly MassItem[], context: Context): Promise<readonly MassItem[]> {
  const { database, moderation } = context;
  if (items.length === 0) return [];
  return await database.begin(async (tx, notify) => {
    const places = items.map(({ place }) => place);
    const fresh = await lockFresh(tx, run.id, places);
    const own = items.filter(({ place }) => fresh.has(place));
    const orders = own.map((item) => ({ ...orderOf(run, item, context), held: true }));
    const numbers = await moderation.order(orders, { tx, notify });
    const made = own.map((item, at) => ({ ...item, case: numbers[at] ?? 0, held: true }));
    await markItems(tx, run.id, made, true);
    return made;
  });
}

async function ask(run: MassRun, items: readonly MassItem[], { discord }: Context, signal: AbortSignal) {
  const { reason = null, deleteDays = 0 } = membersSpec(run);
  const numbers = items.flatMap((item) => item.case ?? []);
  try {
    const answer = await discord.rest.post(Routes.guildBulkBan(run.guild), {
      body: {
        user_ids: items.map(({ target }) => target),
        delete_message_seconds: deleteDays * DAY_SECONDS,
      },
      reason: auditReasonOfMany({ actor: run.actor, actorName: run.actorName, reason }, numbers),
      signal,
    });
    return (answer as RESTPostAPIGuildBulkBanResult).banned_users; // what Discord answers to this request
  } catch (error) {
    if (error instanceof DiscordAPIError && Number(error.code) === NOBODY_BANNED) return [];
    throw error;
  }
}
