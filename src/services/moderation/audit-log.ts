import { type APIAuditLog, type AuditLogEvent, DiscordAPIError, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import type { Case } from '../../db/cases.ts';
import { snowflakeAt } from '../../lib/snowflake.ts';
import { isOfCase } from './audit-reason.ts';

/** How far Discord's clock and ours may be apart. */
const SKEW_MS = 120_000;
const PAGE = 100;
/** More than the bot can have done meanwhile, where it goes on in hours. */
const MOST_PAGES = 100;

/**
 * Whether the server's audit log has it that the bot did this of a case; `unknown` where the bot may not read it,
 * or not to its end. Rejects as Discord does.
 */
export async function wasDone(
  { guild, target, number, createdAt }: Pick<Case, 'guild' | 'target' | 'number' | 'createdAt'>,
  event: AuditLogEvent,
  { discord }: Pick<Context, 'discord'>,
  signal: AbortSignal,
): Promise<'yes' | 'no' | 'unknown'> {
  try {
    const own = { user_id: discord.user?.id ?? '', action_type: String(event), limit: String(PAGE) };
    let after = snowflakeAt(createdAt.getTime() - SKEW_MS);
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const query = new URLSearchParams({ ...own, after }); // oldest first
      const answer = await discord.rest.get(Routes.guildAuditLog(guild), { query, signal });
      const { audit_log_entries: entries } = answer as APIAuditLog; // what Discord answers to this request
      if (entries.some(({ target_id, reason }) => target_id === target && isOfCase(reason, number))) return 'yes';
      if (entries.length < PAGE) return 'no';
      after = entries.reduce((newest, { id }) => (BigInt(id) > BigInt(newest) ? id : newest), after);
    }
    return 'unknown';
  } catch (error) {
    if (error instanceof DiscordAPIError && error.status === 403) return 'unknown';
    throw error;
  }
}
