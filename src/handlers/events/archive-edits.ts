import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { definePacket } from '../define.ts';

/** What people make of their messages later is kept beside what they said before. */
export default definePacket({
  packet: GatewayDispatchEvents.MessageUpdate,
  run: ({ archive }, message) => archive.edited(message),
});
