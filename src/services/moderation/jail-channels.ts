import { type Guild, type NonThreadGuildBasedChannel, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../context.ts';
import { DatabaseAwayError } from '../../lib/errors.ts';
import { closeTo } from './jail-closing.ts';

/** Closes these channels of a server to those in its jail, where they are neither closed nor opened to them. Rejects as Discord does. */
export async function closeToJail(
  guild: string,
  channels: readonly NonThreadGuildBasedChannel[],
  context: Context,
): Promise<void> {
  const { discord, i18n, settings } = context;
  const { role, channel: jail } = await settings.of(guild, 'jail');
  if (!role) return;
  const closing = channels
    .filter((channel) => channel.id !== jail && mayClose(channel))
    // The jail itself is made before it is settled that it is the jail.
    .filter(({ permissionOverwrites: { cache } }) => !cache.get(role)?.allow.has(PermissionFlagsBits.ViewChannel))
    .map((channel) => ({ id: channel.id, overwrites: overwritesOf(channel) }));
  const { language } = await settings.of(guild, 'general');
  const why = i18n.t('moderation.jail.auditClosed', {}, language);
  const reason = `${discord.user?.username ?? ''} (${discord.user?.id}) · ${why}`;
  await closeTo({ role, reason }, closing, context);
}

/** Closes the channels that were made while the bot was away, by what Discord said of them at the start. Rejects with DatabaseAwayError. */
export async function closeWhatIsOpen(guilds: readonly Guild[], context: Context, signal: AbortSignal): Promise<void> {
  for (const guild of guilds) {
    signal.throwIfAborted();
    try {
      const channels = guild.channels.cache.filter((channel) => !channel.isThread());
      await closeToJail(guild.id, [...channels.values()], context);
    } catch (error) {
      if (error instanceof DatabaseAwayError) throw error;
      context.log.info({ error, guild: guild.id }, 'channels could not be closed to those in jail');
    }
  }
}

/** Refusals count against the bot at Discord, so that nothing is asked at each start that would be one. */
function mayClose(channel: NonThreadGuildBasedChannel): boolean {
  const { me } = channel.guild.members;
  return !me || channel.permissionsFor(me).has(PermissionFlagsBits.ManageRoles);
}

function overwritesOf({ permissionOverwrites }: NonThreadGuildBasedChannel) {
  return [...permissionOverwrites.cache.values()].map(({ id, type, allow, deny }) => {
    return { id, type, allow: String(allow.bitfield), deny: String(deny.bitfield) };
  });
}
