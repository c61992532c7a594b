import type { Presence } from '../state/guilds.ts';
import type { State } from '../state/state.ts';
import { setVoice } from '../state/voice.ts';

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
