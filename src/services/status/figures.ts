import type { Context } from '../../context.ts';

/** How large what this process looks after is. */
export interface LiveFigures {
  readonly servers: number;
  readonly members: number;
  /** Its own, and all there are. */
  readonly shards: number;
  readonly ofShards: number;
}

/** Reads what is known already. */
export function liveFigures({ discord }: Pick<Context, 'discord'>): LiveFigures {
  const { cache } = discord.guilds;
  const shards = discord.ws.shards.size;
  return {
    servers: cache.size,
    members: cache.reduce((sum, { memberCount }) => sum + memberCount, 0),
    shards,
    ofShards: Math.max(shards, discord.options.shardCount ?? shards),
  };
}
