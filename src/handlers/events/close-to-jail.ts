import { Events } from 'discord.js';
import { closeTo } from '../../services/moderation/jail-setup.ts';
import { defineEvent } from '../define.ts';

/** Closes channels that are made later to those in jail. */
export default defineEvent({
  on: Events.ChannelCreate,
  async run(context, { id, guild, permissionOverwrites }) {
    const { role, channel } = await context.settings.of(guild.id, 'jail');
    if (!role || id === channel) return;
    const overwrites = [...permissionOverwrites.cache.values()].map(({ id, type, allow, deny }) => {
      return { id, type, allow: String(allow.bitfield), deny: String(deny.bitfield) };
    });
    const here = { guild: guild.id, role, reason: 'closed to those in jail' };
    await closeTo(here, [{ id, overwrites }], context);
  },
});
