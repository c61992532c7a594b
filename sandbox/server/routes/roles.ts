import { type Call, route } from '../http/define-route.ts';
import { guildOf } from './guilds.ts';

type In<P extends string = never> = Call<'guild_id' | P>;

export const roleRoutes = [
  route('GET', '/guilds/{guild_id}/roles', (call: In) => [...guildOf(call).roles.values()]),
  route('GET', '/guilds/{guild_id}/roles/{role_id}', (call: In<'role_id'>) =>
    call.state.role(guildOf(call), call.params.role_id),
  ),
];
