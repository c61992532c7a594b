import { DiscordAPIError, PermissionFlagsBits } from 'discord.js';
import { type RESTPostAPIGuildBulkBanResult, Routes } from 'discord-api-types/v10';
import type { JSONValue } from 'postgres';
import type { Context } from '../../context.ts';
import { findCase } from '../../db/cases.ts';
import { type ItemEnd, type MassItem, type MassRun, markItems, settleItems } from '../../db/mass-runs.ts';
import { clip, type Said } from '../answers/words.ts';
import { orderOf } from './members.ts';
import { membersSpec } from './spec.ts';
import { standingInTheWay } from './stands.ts';

/** What Discord takes in one request. */
export const BULK = 200;
const DAY_SECONDS = 86_400;
const NOBODY_BANNED = 500_000;
const LONGEST_REASON = 512;

/** Whether Discord's route for bans in bulk fits: for ever, nobody is told, and the bot may use it. */
export function bulkFits(run: MassRun, { discord }: Context): boolean {
  if (run.kind !== 'ban') return false;
  const { until, tell } = membersSpec(run);
  const me = discord.guilds.cache.get(run.guild)?.members.me;
  const may = me?.permissions.has([PermissionFlagsBits.BanMembers, PermissionFlagsBits.ManageGuild]) ?? false;
  return may && until === undefined && !tell;
}

/**
 * Bans these in one request, each with its case. Those whom Discord does not ban so, be it that they are banned already, are left to be tried one by
 * one: there it says why. To ask again after a crash is harmless: who was banned then is `failed` now, and banned one by one.
 */
export async function banInBulk(
  run: MassRun,
  items: readonly MassItem[],
  context: Context,
  signal: AbortSignal,
): Promise<readonly MassItem[]> {
  const stands = await standingInTheWay(run, items, context);
  await settleItems(
    context.db,
    run.id,
    [...stands].map(([place, why]): ItemEnd => ({ place, outcome: 'refused', why: asData(why) })),
  );
  const free = items.filter(({ place }) => !stands.has(place));
  if (free.length === 0) return [];
  const banned = new Set(await ask(run, free, context, signal));
  await keep(
    run,
    free.filter(({ target }) => banned.has(target)),
    context,
  );
  return free.filter(({ target }) => !banned.has(target));
}

async function ask(run: MassRun, items: readonly MassItem[], { discord }: Context, signal: AbortSignal) {
  const { reason, deleteDays = 0 } = membersSpec(run);
  const who = `${run.actorName} (${run.actor}) · ${items.length} at once`;
  try {
    const answer = await discord.rest.post(Routes.guildBulkBan(run.guild), {
      body: {
        user_ids: items.map(({ target }) => target),
        delete_message_seconds: deleteDays * DAY_SECONDS,
      },
      reason: clip([who, ...(reason ? [reason.replaceAll(/\s+/g, ' ').trim()] : [])].join(' · '), LONGEST_REASON),
      signal,
    });
    return (answer as RESTPostAPIGuildBulkBanResult).banned_users; // what Discord answers to this request
  } catch (error) {
    if (error instanceof DiscordAPIError && Number(error.code) === NOBODY_BANNED) return [];
    throw error;
  }
}

/** What is done is written down in one transaction: a case each, settled. */
async function keep(run: MassRun, items: readonly MassItem[], { database, moderation }: Context): Promise<void> {
  if (items.length === 0) return;
  await database.begin(async (tx, notify) => {
    const numbers = await moderation.order(
      items.map((item) => ({ ...orderOf(run, item), held: true })),
      { tx, notify },
    );
    await Promise.all(
      numbers.map(async (number) => {
        const one = await findCase(tx, { guild: run.guild, number });
        if (one) await moderation.settle({ tx, notify }, one, { kind: 'done', told: null });
      }),
    );
    const marks = items.map(({ place }, at) => ({ place, case: numbers[at] ?? 0 }));
    await markItems(tx, run.id, marks);
    await settleItems(
      tx,
      run.id,
      items.map(({ place }) => ({ place, outcome: 'done' })),
    );
  });
}

function asData({ key, params }: Said): JSONValue {
  return { key, ...(params && { params: params as JSONValue }) };
}
