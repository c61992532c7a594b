import { type Client, GatewayDispatchEvents } from 'discord.js';
import type { Tally } from './tally.ts';

interface Counting {
  readonly discord: Client;
  readonly tally: Tally;
  readonly now: () => Date;
}

/**
 * Counts who joins and leaves, bots apart, until disposed. It listens to what Discord sends: of those who leave, discord.js
 * tells only for members it still remembers.
 */
export function countMembers({ discord, tally, now }: Counting): Disposable {
  const counter = (what: 'joins' | 'leaves') => (data: unknown) => {
    const guild = guildOfPerson(data);
    if (guild !== undefined) tally.count(guild, what, now());
  };
  const [joined, left] = [counter('joins'), counter('leaves')];
  discord.ws.on(GatewayDispatchEvents.GuildMemberAdd, joined);
  discord.ws.on(GatewayDispatchEvents.GuildMemberRemove, left);
  return {
    [Symbol.dispose]: () => {
      discord.ws.off(GatewayDispatchEvents.GuildMemberAdd, joined);
      discord.ws.off(GatewayDispatchEvents.GuildMemberRemove, left);
    },
  };
}

function guildOfPerson(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('guild_id' in data) || !('user' in data)) return undefined;
  const { guild_id: guild, user } = data;
  const isBot = typeof user === 'object' && user !== null && 'bot' in user && user.bot === true;
  return typeof guild === 'string' && /^\d{15,20}$/.test(guild) && !isBot ? guild : undefined;
}
