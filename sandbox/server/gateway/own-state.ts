import type { Presence } from '../state/guilds.ts';
import type { State } from '../state/state.ts';

const STATUSES: readonly Presence['status'][] = ['online', 'idle', 'dnd', 'offline'];

/** Op 3: what the bot says it is doing, shown in every server. */
export function updatePresence(state: State, d: Record<string, unknown>): void {
  const asked = d.status === 'invisible' ? 'offline' : d.status;
  const status = STATUSES.find((one) => one === asked) ?? 'online';
  const given: unknown[] = Array.isArray(d.activities) ? d.activities : [];
  const activities = given.filter((one): one is object => typeof one === 'object' && one !== null);
  const presence: Presence = {
    status,
    activities: activities.map((activity) => ({ created_at: state.now(), id: 'sandbox', ...activity })),
    client_status: { web: status },
  };
  for (const guild of state.guilds.values()) setPresence(state, guild.id, state.bot.id, presence);
}

export function setPresence(state: State, guildId: string, user: string, presence: Presence): void {
  state.guild(guildId).presences.set(user, presence);
  state.emit({ t: 'PRESENCE_UPDATE', d: { user: { id: user }, guild_id: guildId, ...presence }, guild: guildId });
}

/** Op 4: the bot joins, moves between or leaves voice channels. */
export function updateVoice(state: State, d: Record<string, unknown>): void {
  const guild = state.guilds.get(String(d.guild_id));
  if (!guild) return;
  const channel = typeof d.channel_id === 'string' ? d.channel_id : null;
  setVoice(state, guild.id, state.bot.id, channel, {
    self_mute: d.self_mute === true,
    self_deaf: d.self_deaf === true,
  });
}

/** Someone joins, moves to or (null) leaves a voice channel. */
export function setVoice(
  state: State,
  guildId: string,
  user: string,
  channel: string | null,
  own: {
    readonly self_mute?: boolean;
    readonly self_deaf?: boolean;
    readonly mute?: boolean;
    readonly deaf?: boolean;
  } = {},
): void {
  const guild = state.guild(guildId);
  const member = state.member(guild, user);
  const before = guild.voice.get(user);
  const voice = {
    guild_id: guildId,
    channel_id: channel,
    user_id: user,
    session_id: before?.session_id ?? state.ids.next(),
    deaf: own.deaf ?? before?.deaf ?? false,
    mute: own.mute ?? before?.mute ?? false,
    self_deaf: own.self_deaf ?? before?.self_deaf ?? false,
    self_mute: own.self_mute ?? before?.self_mute ?? false,
    self_video: false,
    suppress: false,
    request_to_speak_timestamp: null,
  };
  if (channel === null) guild.voice.delete(user);
  else guild.voice.set(user, voice);
  state.emit({ t: 'VOICE_STATE_UPDATE', d: { ...voice, member: state.memberView(member) }, guild: guildId });
}
