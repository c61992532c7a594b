import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { definePacket } from '../define.ts';

/** Every message goes to a thread, in micro-batches, to be judged by its server's rules and counted as its author's activity; what it says is kept where the server wants it. */
export default definePacket({
  packet: GatewayDispatchEvents.MessageCreate,
  run({ clock, eventLogs, pipeline }, message) {
    clock.see(message.id);
    pipeline.heard(message);
    eventLogs.keep(message);
  },
});
