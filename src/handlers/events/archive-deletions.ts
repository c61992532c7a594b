import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { definePacket } from '../define.ts';

/** That a message was deleted is noted on what is kept of it. */
export default definePacket({
  packet: GatewayDispatchEvents.MessageDelete,
  run: ({ archive }, { guild_id: guild, channel_id: channel, id }) => archive.deleted(guild, channel, [id]),
});
