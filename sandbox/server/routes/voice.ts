import { missingPermissions, unknown } from '../api-error.ts';
import { type Call, route } from '../http/define-route.ts';
import { present } from '../http/form.ts';
import { bitsOf, channelPermissions, has } from '../permissions.ts';
import type { Id } from '../snowflake.ts';
import { guildOf } from './guilds.ts';

function stateOf(call: Call<'guild_id'>, user: Id): object {
  const guild = guildOf(call);
  const voice = guild.voice.get(user);
  if (!voice) throw unknown('voiceState');
  return { ...voice, self_stream: false, member: call.state.memberView(call.state.member(guild, user)) };
}

/** Who speaks on a stage: stepping down is everyone's own choice, the rest is for those who may mute. */
function edit(call: Call<'guild_id'>, user: Id): undefined {
  const { state, actor, body } = call;
  const guild = guildOf(call);
  const voice = guild.voice.get(user);
  if (!voice?.channel_id) throw unknown('voiceState');
  const suppress = body.flag('suppress');
  const mayMute = has(channelPermissions(state, state.channel(voice.channel_id), actor), bitsOf('MuteMembers'));
  if (!mayMute && (user !== actor || suppress === false)) throw missingPermissions();
  const asked = body.time('request_to_speak_timestamp');
  const after = { ...voice, ...present({ suppress, request_to_speak_timestamp: asked }) };
  guild.voice.set(user, after);
  const member = state.memberView(state.member(guild, user));
  state.emit({ t: 'VOICE_STATE_UPDATE', d: { ...after, member }, guild: guild.id });
}

export const voiceRoutes = [
  route('GET', '/guilds/{guild_id}/voice-states/@me', (call) => stateOf(call, call.actor)),
  route('GET', '/guilds/{guild_id}/voice-states/{user_id}', (call) => stateOf(call, call.params.user_id)),
  route('PATCH', '/guilds/{guild_id}/voice-states/@me', (call) => edit(call, call.actor)),
  route('PATCH', '/guilds/{guild_id}/voice-states/{user_id}', (call) => edit(call, call.params.user_id)),
  route('GET', '/voice/regions', () => []),
];
