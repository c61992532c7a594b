import { RESTJSONErrorCodes as Code, DiscordAPIError, type Guild, type GuildMember } from 'discord.js';

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
