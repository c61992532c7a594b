import type { State } from './state.ts';

/** Someone joins, moves to or (null) leaves a voice channel. Who is muted or deafened by the server stays so. */
export function setVoice(
  state: State,
  guildId: string,
  user: string,
  channel: string | null,
  own: { readonly self_mute?: boolean; readonly self_deaf?: boolean } = {},
): void {
  const guild = state.guild(guildId);
  const member = state.member(guild, user);
  const before = guild.voice.get(user);
  const voice = {
    guild_id: guildId,
    channel_id: channel,
    user_id: user,
    session_id: before?.session_id ?? state.ids.next(),
    deaf: member.deaf,
    mute: member.mute,
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
