import type { Guild } from 'discord.js';
import type { Context } from '../context.ts';

/** How many are in a server, and how many of them are online. */
export interface Counts {
  readonly members: number;
  /** Nothing where Discord did not say. */
  readonly online: number | undefined;
}

/** As Discord counts them; what the gateway has told of, where it does not answer. */
export async function countsOf(guild: Guild, { log }: Pick<Context, 'log'>): Promise<Counts> {
  try {
    const { approximateMemberCount, approximatePresenceCount } = await guild.fetch();
    return { members: approximateMemberCount ?? guild.memberCount, online: approximatePresenceCount ?? undefined };
  } catch (error) {
    log.warn({ error, guild: guild.id }, 'the members of a server could not be counted');
    return { members: guild.memberCount, online: undefined };
  }
}
