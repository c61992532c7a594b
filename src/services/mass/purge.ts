import { RESTJSONErrorCodes as Code, DiscordAPIError } from 'discord.js';
import { Routes } from 'discord-api-types/v10';
import type { Context } from '../../context.ts';
import { type ItemEnd, type MassItem, type MassRun, settleItems } from '../../db/mass-runs.ts';
import { snowflakeTime } from '../../lib/snowflake.ts';
import { auditReason } from '../moderation/audit-reason.ts';
import { purgeSpec } from './spec.ts';

/** What Discord deletes in one request. */
export const CHUNK = 100;
/** Discord deletes nothing older in bulk; an hour less, since its clock decides. */
const BULK_AGE_MS = 14 * 86_400_000 - 3_600_000;
/** Old ones that are deleted between two looks at whether it is to stop. */
const OLD_AT_ONCE = 5;

/** Deletes some of these, those that go in bulk first; what somebody else has deleted meanwhile is deleted. */
export async function deleteSome(
  run: MassRun,
  items: readonly MassItem[],
  context: Context,
  signal: AbortSignal,
): Promise<void> {
  const { channel, reason = null } = purgeSpec(run);
  const { rest } = context.discord;
  const young = context.now().getTime() - BULK_AGE_MS;
  const bulk = items.filter(({ target }) => snowflakeTime(target) > young);
  const { actor, actorName, case: number } = run;
  const options = { reason: auditReason({ actor, actorName, number: number ?? 0, reason }), signal };
  if (bulk.length > 1) {
    const body = { messages: bulk.map(({ target }) => target) };
    await goneIsFine(rest.post(Routes.channelBulkDelete(channel), { body, ...options }));
    await settled(run, bulk, context);
    return;
  }
  for (const item of items.slice(0, OLD_AT_ONCE)) {
    await goneIsFine(rest.delete(Routes.channelMessage(channel, item.target), options));
    await settled(run, [item], context);
  }
}

async function settled(run: MassRun, items: readonly MassItem[], { db }: Context): Promise<void> {
  const ends = items.map(({ place }): ItemEnd => ({ place, outcome: 'done' }));
  await settleItems(db, run.id, ends);
}

async function goneIsFine(deleting: Promise<unknown>): Promise<void> {
  try {
    await deleting;
  } catch (error) {
    if (!(error instanceof DiscordAPIError && error.code === Code.UnknownMessage)) throw error;
  }
}
