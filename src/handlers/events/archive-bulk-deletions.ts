import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { definePacket } from '../define.ts';

/** That many messages were deleted at once is noted on what is kept of them. */
export default definePacket({
  packet: GatewayDispatchEvents.MessageDeleteBulk,
  run: ({ archive }, { guild_id: guild, channel_id: channel, ids }) => archive.deleted(guild, channel, ids),
});
