import { type Call, route } from '../http/define-route.ts';
import { compareIds } from '../snowflake.ts';
import { guildOf } from './guilds.ts';

type In<P extends string = never> = Call<'guild_id' | P>;

function get(call: In<'user_id'>): object {
  const { state, params } = call;
  return state.memberView(state.member(guildOf(call), params.user_id));
}

function list(call: In): object[] {
  const { state, query } = call;
  const guild = guildOf(call);
  const limit = Math.min(1_000, Math.max(1, Number(query.get('limit') ?? 1)));
  const after = query.get('after') ?? '0';
  return [...guild.members.values()]
    .filter(({ user_id: id }) => compareIds(id, after) > 0)
    .sort((a, b) => compareIds(a.user_id, b.user_id))
    .slice(0, limit)
    .map((member) => state.memberView(member));
}

export const memberRoutes = [
  route('GET', '/guilds/{guild_id}/members', list),
  route('GET', '/guilds/{guild_id}/members/{user_id}', get),
];
