import { type Call, route } from '../http/define-route.ts';
import { requireGuild } from '../permissions.ts';
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
  const limit = Math.min(100, Math.max(1, Number(query.get('limit') ?? 50)));
  const user = query.get('user_id');
  const action = query.get('action_type');
  const before = query.get('before');
  const after = query.get('after');
  const fits = guild.audit.filter(
    (entry) =>
      (user === null || entry.user_id === user) &&
      (action === null || entry.action_type === Number(action)) &&
      (before === null || BigInt(entry.id) < BigInt(before)) &&
      (after === null || BigInt(entry.id) > BigInt(after)),
  );
  const entries = after === null ? fits.slice(-limit).reverse() : fits.slice(0, limit);
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
