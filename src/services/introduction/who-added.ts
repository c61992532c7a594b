import { type APIAuditLog, AuditLogEvent, DiscordAPIError, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import { snowflakeAt } from '../../lib/snowflake.ts';

/** How far the entry may be from the moment at which the bot came. */
const AROUND_MS = 600_000;
const PAGE = 50;

/** Who has added the bot at that moment, by the server's audit log; undefined where it does not say, or the bot may not read it. */
export async function whoAdded(
  guild: string,
  joined: Date,
  { discord }: Pick<Context, 'discord'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const after = snowflakeAt(joined.getTime() - AROUND_MS);
  const query = new URLSearchParams({ action_type: String(AuditLogEvent.BotAdd), limit: String(PAGE), after });
  try {
    const answer = await discord.rest.get(Routes.guildAuditLog(guild), { query, signal });
    const { audit_log_entries: entries } = answer as APIAuditLog; // what Discord answers to this request
    const own = entries.filter(({ target_id }) => target_id === discord.user?.id);
    const newest = own.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1)).at(-1);
    return newest?.user_id ?? undefined;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.status === 403) return undefined;
    throw error;
  }
}
