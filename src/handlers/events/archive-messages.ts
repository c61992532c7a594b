import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { definePacket } from '../define.ts';

/** What is written is kept where the server wants that. */
export default definePacket({
  packet: GatewayDispatchEvents.MessageCreate,
  run: ({ archive }, message) => archive.heard(message),
});
