import { type APIBan, RESTJSONErrorCodes as Code, DiscordAPIError, Routes } from 'discord.js';
import type { Context } from '../../context.ts';

/** A person's ban as Discord has it; nothing where they are not banned. Rejects as Discord does. */
export async function banOf(
  guild: string,
  person: string,
  { discord }: Pick<Context, 'discord'>,
  signal: AbortSignal,
): Promise<APIBan | undefined> {
  try {
    return (await discord.rest.get(Routes.guildBan(guild, person), { signal })) as APIBan; // what Discord answers to this
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === Code.UnknownBan) return undefined;
    throw error;
  }
}
