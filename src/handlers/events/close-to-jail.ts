import { Events } from 'discord.js';
import { closeToJail } from '../../services/moderation/jail-channels.ts';
import { defineEvent } from '../define.ts';

/** Closes channels that are made later to those in jail. */
export default defineEvent({
  on: Events.ChannelCreate,
  run: (context, channel) => closeToJail(channel.guild.id, [channel], context),
});
