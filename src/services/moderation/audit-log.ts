import { type APIAuditLog, type AuditLogEvent, DiscordAPIError, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import type { Case } from '../../db/cases.ts';
import { snowflakeAt } from '../../lib/snowflake.ts';
import { isOfCase } from './audit-reason.ts';

/** How far Discord's clock and ours may be apart. */
const SKEW_MS = 120_000;
const MOST = 100;

/**
 * Whether the server's audit log has it that the bot did this of a case; `unknown` where the bot may not read it. Rejects as
 * Discord does.
 */
export async function wasDone(
  { guild, target, number, createdAt }: Pick<Case, 'guild' | 'target' | 'number' | 'createdAt'>,
  event: AuditLogEvent,
  { discord }: Pick<Context, 'discord'>,
  signal: AbortSignal,
): Promise<'yes' | 'no' | 'unknown'> {
  const query = new URLSearchParams({
    ...{ user_id: discord.user?.id ?? '', action_type: String(event), limit: String(MOST) },
    after: snowflakeAt(createdAt.getTime() - SKEW_MS),
  });
  try {
    const answer = await discord.rest.get(Routes.guildAuditLog(guild), { query, signal });
    const { audit_log_entries: entries } = answer as APIAuditLog; // what Discord answers to this request
    return entries.some(({ target_id, reason }) => target_id === target && isOfCase(reason, number)) ? 'yes' : 'no';
  } catch (error) {
    if (error instanceof DiscordAPIError && error.status === 403) return 'unknown';
    throw error;
  }
}
