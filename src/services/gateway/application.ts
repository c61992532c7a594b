import { DiscordAPIError, type REST } from 'discord.js';
import { type APIApplication, Routes } from 'discord-api-types/v10';
import { backoff } from '../../lib/backoff.ts';
import { delay } from '../../lib/deadline.ts';
import { ConfigError } from '../../lib/errors.ts';
import type { Logger } from '../../lib/log.ts';

export const REFUSED_TOKEN =
  'Discord refuses the token. Check DISCORD_TOKEN: copy it anew from the Bot page of the developer portal.';

/** Who the bot is, asked for until Discord answers; a refused token ends it with ConfigError. */
export async function fetchApplication(rest: REST, log: Logger, signal: AbortSignal): Promise<APIApplication> {
  return await untilThere(
    'Discord',
    async () => (await rest.get(Routes.currentApplication(), { signal })) as APIApplication, // Discord's own answer
    log,
    signal,
  );
}

/** Tries again, with growing pauses and a line each time, for as long as the failure may pass. */
export async function untilThere<T>(
  what: string,
  attempt: () => Promise<T>,
  log: Logger,
  signal: AbortSignal,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ConfigError) throw error;
      if (isRefusedToken(error)) throw new ConfigError(REFUSED_TOKEN, { cause: error });
      if (error instanceof DiscordAPIError && error.status < 500 && error.status !== 429) throw error;
      if (error instanceof Error && /^Used (?:an )?invalid/.test(error.message)) throw error; // what discord.js says of a bad identify
      const waitMs = backoff(tries, { firstMs: 500, maxMs: 30_000 });
      log.warn({ error, waitMs: Math.round(waitMs) }, `${what} is out of reach, trying again`);
      await delay(waitMs, { signal });
    }
  }
}

/** 401 from REST, `TokenInvalid` from discord.js, close code 4004 at the gateway. */
function isRefusedToken(error: unknown): boolean {
  if (error instanceof DiscordAPIError) return error.status === 401;
  return error instanceof Error && 'code' in error && error.code === 'TokenInvalid';
}
