import { type Client, GatewayDispatchEvents } from 'discord.js';
import type { MemberStays } from './member-stays.ts';
import type { Tally } from './tally.ts';

interface Counting {
  readonly discord: Client;
  readonly tally: Tally;
  readonly memberStays: MemberStays;
  readonly now: () => Date;
}

/**
 * Counts and notes who joins and leaves, bots apart, until disposed. It listens to what Discord sends: of those who leave, discord.js
 * tells only for members it still remembers.
 */
export function countMembers({ discord, tally, memberStays, now }: Counting): Disposable {
  const counter = (what: 'joins' | 'leaves') => (data: unknown) => {
    const person = personIn(data);
    if (!person) return;
    const at = now();
    tally.count(person.guild, what, at);
    if (what === 'joins') memberStays.joined(person.guild, person.id, at);
    else memberStays.left(person.guild, person.id, at);
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

const SNOWFLAKE = /^\d{15,20}$/;

function personIn(data: unknown): { readonly guild: string; readonly id: string } | undefined {
  if (typeof data !== 'object' || data === null || !('guild_id' in data) || !('user' in data)) return undefined;
  const { guild_id: guild, user } = data;
  if (typeof user !== 'object' || user === null || !('id' in user) || ('bot' in user && user.bot === true))
    return undefined;
  const { id } = user;
  if (typeof guild !== 'string' || typeof id !== 'string' || !SNOWFLAKE.test(guild) || !SNOWFLAKE.test(id))
    return undefined;
  return { guild, id };
}
