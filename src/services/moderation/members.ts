import { RESTJSONErrorCodes as Code, DiscordAPIError, type Guild, type GuildMember } from 'discord.js';
import type { Context } from '../../context.ts';

/** Somebody as they are in the server at this moment, by Discord; nothing where they are not there. Rejects as Discord does. */
export async function memberNow(guild: Guild, id: string): Promise<GuildMember | undefined> {
  try {
    return await guild.members.fetch({ user: id, force: true });
  } catch (error) {
    if (error instanceof DiscordAPIError && [Code.UnknownMember, Code.UnknownUser].includes(Number(error.code))) {
      return undefined;
    }
    throw error;
  }
}

/** A server, also in a process whose shards do not have it. Rejects as Discord does. */
export async function serverOf(id: string, { discord }: Pick<Context, 'discord'>): Promise<Guild> {
  return discord.guilds.cache.get(id) ?? (await discord.guilds.fetch({ guild: id, cache: false }));
}
