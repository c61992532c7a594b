import { Events, PermissionFlagsBits } from 'discord.js';
import { closeToJail } from '../../services/moderation/jail-channels.ts';
import { defineEvent } from '../define.ts';

/** Closes channels again that were closed to those in jail, as when their permissions are synchronised with a category's. */
export default defineEvent({
  on: Events.ChannelUpdate,
  async run(context, before, after) {
    if (before.isDMBased() || after.isDMBased()) return;
    const { role } = await context.settings.of(after.guild.id, 'jail');
    const closed = role && before.permissionOverwrites.cache.get(role)?.deny.has(PermissionFlagsBits.ViewChannel);
    if (closed) await closeToJail(after.guild.id, [after], context);
  },
});
