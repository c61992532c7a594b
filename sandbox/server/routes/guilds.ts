import { ApiError, missingAccess, unknown } from '../api-error.ts';
import { type Call, route } from '../http/define-route.ts';
import { type Form, present } from '../http/form.ts';
import { requireGuild } from '../permissions.ts';
import { AUDIT, changesOf } from '../state/audit.ts';
import { guildView } from '../state/guild-view.ts';
import type { Guild, GuildSettings } from '../state/guilds.ts';
import { removeMember } from '../state/remove-member.ts';
import { hashOf } from '../state/users.ts';

type In<P extends string = never> = Call<'guild_id' | P>;

/** The server of a path; for those outside it is as if it were closed. */
export function guildOf({ state, params, actor }: In): Guild {
  const guild = state.guild(params.guild_id);
  if (!guild.members.has(actor)) throw missingAccess();
  return guild;
}

function get(call: In): object {
  const guild = guildOf(call);
  if (call.query.get('with_counts') !== 'true') return guildView(guild);
  const presences = [...guild.presences.values()].filter(({ status }) => status !== 'offline').length;
  return { ...guildView(guild), approximate_member_count: guild.members.size, approximate_presence_count: presences };
}

/** Pictures are kept as what their address is made of, not as pictures. */
function iconOf(body: Form): string | null | undefined {
  const icon = body.nullableText('icon', { max: 10_000_000 });
  return icon ? hashOf(icon) : icon;
}

const CHANNELS = [
  'afk_channel_id',
  'system_channel_id',
  'rules_channel_id',
  'public_updates_channel_id',
  'safety_alerts_channel_id',
] as const;

function readSettings(body: Form): Partial<GuildSettings> {
  return present({
    name: body.text('name', { min: 2, max: 100 }),
    icon: iconOf(body),
    description: body.nullableText('description', { max: 300 }),
    afk_channel_id: body.nullableId('afk_channel_id'),
    afk_timeout: body.oneOf('afk_timeout', [60, 300, 900, 1800, 3600]),
    system_channel_id: body.nullableId('system_channel_id'),
    system_channel_flags: body.int('system_channel_flags'),
    rules_channel_id: body.nullableId('rules_channel_id'),
    public_updates_channel_id: body.nullableId('public_updates_channel_id'),
    safety_alerts_channel_id: body.nullableId('safety_alerts_channel_id'),
    verification_level: body.oneOf('verification_level', [0, 1, 2, 3, 4]),
    default_message_notifications: body.oneOf('default_message_notifications', [0, 1]),
    explicit_content_filter: body.oneOf('explicit_content_filter', [0, 1, 2]),
    preferred_locale: body.text('preferred_locale'),
    premium_progress_bar_enabled: body.flag('premium_progress_bar_enabled'),
  });
}

function edit(call: In): object {
  const { state, actor, body, reason } = call;
  const guild = guildOf(call);
  requireGuild(state, guild, actor, 'ManageGuild');
  const read = readSettings(body);
  for (const key of CHANNELS) {
    const id = read[key];
    if (id && !guild.channels.has(id)) body.fail(key, 'CHANNEL_INVALID', 'Channel is not in this server');
  }
  const before = guild.settings;
  guild.settings = { ...before, ...read };
  const changes = changesOf(
    before,
    guild.settings,
    Object.keys(read).filter((key) => key in before) as (keyof GuildSettings)[],
  );
  state.emit({ t: 'GUILD_UPDATE', d: guildView(guild), guild: guild.id });
  state.audit(guild, {
    user_id: actor,
    target_id: guild.id,
    action_type: AUDIT.guildUpdate,
    changes,
    ...(reason && { reason }),
  });
  return guildView(guild);
}

const LONGEST_INCIDENT = 24 * 3_600_000;

/** Pauses invitations and direct messages, for a day at most; null, or a time that has passed, ends that. */
function incidents(call: In): object {
  const { state, actor, body } = call;
  const guild = guildOf(call);
  requireGuild(state, guild, actor, 'ManageGuild');
  const untilOf = (key: 'invites_disabled_until' | 'dms_disabled_until') => {
    const until = body.time(key);
    if (until === undefined) return guild.incidents?.[key] ?? null;
    if (until !== null && Date.parse(until) - state.now() > LONGEST_INCIDENT)
      body.fail(key, 'GUILD_INCIDENTS_DURATION_TOO_LONG', 'This is more than a day from now');
    return until !== null && Date.parse(until) <= state.now() ? null : until;
  };
  guild.incidents = {
    invites_disabled_until: untilOf('invites_disabled_until'),
    dms_disabled_until: untilOf('dms_disabled_until'),
  };
  state.emit({ t: 'GUILD_UPDATE', d: guildView(guild), guild: guild.id });
  return guild.incidents;
}

function leave({ state, params, actor }: In): undefined {
  const guild = state.guild(params.guild_id);
  if (guild.ownerId === actor) throw new ApiError(400, 50055, 'Invalid Guild');
  if (!removeMember(state, guild, actor)) throw unknown('guild');
}

/** What servers can have and the sandbox's have none of. */
function none(call: In): [] {
  guildOf(call);
  return [];
}

export const guildRoutes = [
  route('GET', '/guilds/{guild_id}', get),
  route('PATCH', '/guilds/{guild_id}', edit),
  route('PUT', '/guilds/{guild_id}/incident-actions', incidents),
  route('GET', '/guilds/{guild_id}/regions', none),
  route('GET', '/guilds/{guild_id}/integrations', none),
  route('GET', '/guilds/{guild_id}/auto-moderation/rules', none),
  route('DELETE', '/users/@me/guilds/{guild_id}', leave),
];
