import type { Context } from '../../context.ts';

/** Whether no rank binds somebody: they own the server, or run the bot. */
export function isAbove(guild: string, person: string, { discord, gateway }: Pick<Context, 'discord' | 'gateway'>) {
  return discord.guilds.cache.get(guild)?.ownerId === person || gateway.isOwner(person);
}
