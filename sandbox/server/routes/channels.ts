import { type Call, route } from '../http/define-route.ts';
import { isThread, requireIn } from '../permissions.ts';
import { guildOf } from './guilds.ts';
import { dmView } from './users.ts';

function get({ state, params, actor }: Call<'channel_id'>): object {
  const channel = state.channel(params.channel_id);
  requireIn(state, channel, actor);
  return channel.recipients ? dmView(state, channel, actor) : state.channelView(channel);
}

function list(call: Call<'guild_id'>): object[] {
  const { state } = call;
  return state
    .channelsOf(guildOf(call))
    .filter((channel) => !isThread(channel))
    .map((channel) => state.channelView(channel));
}

export const channelRoutes = [
  route('GET', '/channels/{channel_id}', get),
  route('GET', '/guilds/{guild_id}/channels', list),
];
