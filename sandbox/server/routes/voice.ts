import { unknown } from '../api-error.ts';
import { type Call, route } from '../http/define-route.ts';
import { guildOf } from './guilds.ts';

function stateOf(call: Call<'guild_id'>, user: string): object {
  const guild = guildOf(call);
  const voice = guild.voice.get(user);
  if (!voice) throw unknown('voiceState');
  return { ...voice, self_stream: false, member: call.state.memberView(call.state.member(guild, user)) };
}

export const voiceRoutes = [
  route('GET', '/guilds/{guild_id}/voice-states/@me', (call) => stateOf(call, call.actor)),
  route('GET', '/guilds/{guild_id}/voice-states/{user_id}', (call) => stateOf(call, call.params.user_id)),
  route('GET', '/voice/regions', () => []),
];
