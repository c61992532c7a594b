import { isThread } from '../permissions.ts';
import type { Guild } from './guilds.ts';
import type { State } from './state.ts';

/** A server as REST shows it. */
export function guildView(guild: Guild): object {
  return {
    id: guild.id,
    ...guild.settings,
    home_header: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: 'deprecated',
    widget_enabled: false,
    widget_channel_id: null,
    roles: [...guild.roles.values()],
    mfa_level: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: guild.vanity?.code ?? null,
    premium_tier: 0,
    premium_subscription_count: 0,
    nsfw: false,
    nsfw_level: 0,
    emojis: [...guild.emojis.values()],
    stickers: [...guild.stickers.values()],
    incidents_data: guild.incidents,
  };
}

export interface Wants {
  readonly members: boolean;
  readonly presences: boolean;
  readonly largeThreshold: number;
}

/**
 * What the gateway sends of a server when a session starts. Without the presence intent only the bot and people in
 * voice are listed; with it everyone in a small server, and those who are online in a large one.
 */
export function guildCreate(state: State, guild: Guild, wants: Wants): object {
  const bot = state.bot.id;
  const large = guild.members.size > wants.largeThreshold;
  const listed = [...guild.members.values()].filter(({ user_id: id }) => {
    if (id === bot || guild.voice.get(id)?.channel_id) return true;
    return wants.presences && (!large || guild.presences.has(id));
  });
  const channels = state.channelsOf(guild);
  return {
    ...guildView(guild),
    joined_at: guild.members.get(bot)?.joined_at ?? new Date(guild.createdAt).toISOString(),
    large,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [...guild.voice.values()].map(({ guild_id: _, ...voice }) => voice),
    members: listed.map((member) => state.memberView(member)),
    channels: channels.filter((channel) => !isThread(channel)).map((channel) => state.channelView(channel)),
    threads: channels
      .filter((channel) => isThread(channel) && !channel.thread_metadata?.archived)
      .map((channel) => state.channelView(channel)),
    presences: wants.presences
      ? [...guild.presences].map(([id, presence]) => ({ user: { id }, guild_id: guild.id, ...presence }))
      : [],
    stage_instances: [],
    guild_scheduled_events: [...guild.scheduledEvents.values()],
    soundboard_sounds: [],
    activity_instances: [],
  };
}
