import { type APIAuditLog, type AuditLogEvent, DiscordAPIError, Routes } from 'discord.js';
import type { Case } from '../../db/cases.ts';
import { snowflakeAt } from '../../lib/snowflake.ts';
import { NotYetError } from '../timers/not-yet.ts';
import type { Doing } from './action.ts';
import { isOfCase } from './audit-reason.ts';

/** How far Discord's clock and ours may be apart. */
const SKEW_MS = 120_000;
const PAGE = 100;
/** So long Discord may take to write down what was done. */
const WRITING_MS = 10_000;
/** More than the bot can have done meanwhile, where it goes on in hours. */
const MOST_PAGES = 100;

/** What was asked for a moment ago may not stand there yet. */
class LogBehindError extends NotYetError {}

/**
 * Whether the server's audit log has it that the bot did this of a case; `unknown` where the bot may not read it,
 * or not to its end. Rejects as Discord does, and where what was just tried may not stand there yet.
 */
export async function wasDone(
  { guild, target, number, createdAt }: Pick<Case, 'guild' | 'target' | 'number' | 'createdAt'>,
  event: AuditLogEvent,
  { triedAt, context: { discord, now }, signal }: Pick<Doing, 'triedAt' | 'context' | 'signal'>,
): Promise<'yes' | 'no' | 'unknown'> {
  try {
    const own = { user_id: discord.user?.id ?? '', action_type: String(event), limit: String(PAGE) };
    let after = snowflakeAt(createdAt.getTime() - SKEW_MS);
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const query = new URLSearchParams({ ...own, after }); // oldest first
      const answer = await discord.rest.get(Routes.guildAuditLog(guild), { query, signal });
      const { audit_log_entries: entries } = answer as APIAuditLog; // what Discord answers to this request
      if (entries.some(({ target_id, reason }) => target_id === target && isOfCase(reason, number))) return 'yes';
      if (entries.length < PAGE) return notThere({ triedAt, now: now() });
      after = entries.reduce((newest, { id }) => (BigInt(id) > BigInt(newest) ? id : newest), after);
    }
    return 'unknown';
  } catch (error) {
    if (error instanceof DiscordAPIError && error.status === 403) return 'unknown';
    throw error;
  }
}

function notThere({ triedAt, now }: { readonly triedAt: Date | undefined; readonly now: Date }): 'no' {
  if (triedAt && now.getTime() - triedAt.getTime() >= WRITING_MS) return 'no';
  throw new LogBehindError('the audit log may not be written up to now');
}
