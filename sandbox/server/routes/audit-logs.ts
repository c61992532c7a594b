import { type Call, route } from '../http/define-route.ts';
import { queryForm } from '../http/query.ts';
import { requireGuild } from '../permissions.ts';
import { compareIds } from '../snowflake.ts';
import type { AuditEntry } from '../state/audit.ts';
import type { Guild } from '../state/guilds.ts';
import { guildOf } from './guilds.ts';

/** Writes what the actor did into the server's audit log, with the reason the request gave. */
export function record(
  { state, actor, reason }: Pick<Call, 'state' | 'actor' | 'reason'>,
  guild: Guild,
  entry: Omit<AuditEntry, 'id' | 'user_id' | 'reason'>,
): void {
  state.audit(guild, { user_id: actor, ...entry, ...(reason && { reason }) });
}

function list(call: Call<'guild_id'>): object {
  const { state, actor, query } = call;
  const guild = guildOf(call);
  requireGuild(state, guild, actor, 'ViewAuditLog');
  const form = queryForm(query);
  const limit = form.int('limit', { min: 1, max: 100 }) ?? 50;
  const user = form.id('user_id');
  const action = form.int('action_type');
  const before = form.id('before');
  const after = form.id('after');
  const fits = guild.audit.filter(
    (entry) =>
      (user === undefined || entry.user_id === user) &&
      (action === undefined || entry.action_type === action) &&
      (before === undefined || compareIds(entry.id, before) < 0) &&
      (after === undefined || compareIds(entry.id, after) > 0),
  );
  const entries = after === undefined ? fits.slice(-limit).reverse() : fits.slice(0, limit);
  const named = new Set(entries.flatMap(({ user_id, target_id }) => [user_id, target_id ?? '']));
  return {
    audit_log_entries: entries,
    users: [...named].flatMap((id) => state.users.get(id) ?? []),
    application_commands: [],
    auto_moderation_rules: [],
    guild_scheduled_events: [],
    integrations: [],
    threads: [],
    webhooks: [],
  };
}

export const auditLogRoutes = [route('GET', '/guilds/{guild_id}/audit-logs', list)];
