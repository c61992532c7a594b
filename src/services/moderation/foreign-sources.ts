import { type APIAuditLogEntry, AuditLogEvent } from 'discord.js';
import type { Context } from '../../context.ts';
import { createdAt } from '../../lib/snowflake.ts';
import { rankOfPermissions } from '../permissions/ranks.ts';
import type { ForeignEntry, Wanted } from './foreign-entry.ts';
import { memberNow, serverOf } from './members.ts';
import { refusalOf } from './refusal.ts';

type Needs = Pick<Context, 'discord' | 'log' | 'settings' | 'now'>;

/** Done by people, these are moderation; other bots do them by the thousand, for games and self-service. */
const BY_THE_THOUSAND: ReadonlySet<AuditLogEvent> = new Set([
  AuditLogEvent.MemberUpdate,
  AuditLogEvent.MemberRoleUpdate,
  AuditLogEvent.MemberMove,
  AuditLogEvent.MemberDisconnect,
]);

/** An entry as Discord gives it when it is asked. */
export function foreignEntry({
  id,
  action_type: action,
  target_id: target,
  user_id: executor,
  reason,
  changes = [],
  options,
}: APIAuditLogEntry): ForeignEntry {
  const count = options?.count ?? options?.members_removed;
  return {
    ...{ id, action, target, executor, reason },
    changes: changes.map((change) => ({ key: change.key, old: change.old_value, new: change.new_value })),
    count: count === undefined ? undefined : Number(count),
    channel: options?.channel_id,
    rule: options?.auto_moderation_rule_name,
  };
}

/** What of an entry becomes cases in a server. */
export async function wantedIn(guild: string, { action, executor }: ForeignEntry, context: Needs): Promise<Wanted> {
  const { discord, settings } = context;
  const { roles } = discord.guilds.cache.get(guild) ?? {};
  const { recorded } = await settings.of(guild, 'moderation');
  const noisy = BY_THE_THOUSAND.has(action) && (await isBot(executor, context));
  return {
    moderates: (role) => {
      const known = roles?.cache.get(role);
      return known !== undefined && rankOfPermissions(known.permissions) > 0;
    },
    wants: (kind) => !noisy && recorded.includes(kind),
  };
}

/**
 * An entry of Discord's AutoMod says that somebody is in timeout, and not until when: that is asked of Discord. Who is not in
 * timeout any more was so for a time that nobody knows, until now at most. Rejects as Discord does.
 */
export async function withTimeout(guild: string, entry: ForeignEntry, context: Needs): Promise<ForeignEntry> {
  const { action, target, id } = entry;
  if (action !== AuditLogEvent.AutoModerationUserCommunicationDisabled || target === null) return entry;
  const member = await memberNow(await serverOf(guild, context), target).catch((error: unknown) => {
    if (refusalOf(error) === undefined) throw error;
    return undefined;
  });
  return { ...entry, until: member?.communicationDisabledUntil ?? createdAt(id) };
}

/** How a person or a channel of a server is called, or the server. */
export async function nameIn(guild: string, id: string, context: Needs): Promise<string> {
  const { cache } = context.discord.guilds;
  if (id === guild) return cache.get(guild)?.name ?? id;
  const channel = cache.get(guild)?.channels.cache.get(id);
  return channel ? `#${channel.name}` : await nameOf(id, context);
}

/** How somebody is called; by their id where Discord does not say. */
export async function nameOf(id: string | null, context: Needs): Promise<string> {
  if (id === null) return '?';
  return (await personOf(id, context))?.username ?? id;
}

async function isBot(id: string | null, context: Needs): Promise<boolean> {
  return id !== null && ((await personOf(id, context))?.bot ?? false);
}

async function personOf(id: string, { discord, log }: Needs) {
  try {
    return await discord.users.fetch(id);
  } catch (error) {
    log.debug({ id, error }, 'the name of somebody in an audit log could not be found');
    return undefined;
  }
}
