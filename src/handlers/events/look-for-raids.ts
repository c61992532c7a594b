import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { definePacket } from '../define.ts';

/** Notes whoever joins: many who are alike may be a raid. */
export default definePacket({
  packet: GatewayDispatchEvents.GuildMemberAdd,
  run({ raids }, member) {
    raids.came(member);
  },
});
