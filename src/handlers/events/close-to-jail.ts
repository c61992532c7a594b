import { Events, PermissionFlagsBits } from 'discord.js';
import { closeTo } from '../../services/moderation/jail-closing.ts';
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
    // The jail itself is made before it is settled that it is the jail.
    if (permissionOverwrites.cache.get(role)?.allow.has(PermissionFlagsBits.ViewChannel)) return;
    const name = context.discord.user?.username ?? '';
    const reason = `${name} (${context.discord.user?.id}) · jail: closed to those in it`;
    await closeTo({ role, reason }, [{ id, overwrites }], context);
  },
});
