import type { Client } from 'discord.js';
import { placeOf } from '../automod/payload.ts';
import type { AreaValue } from '../settings/areas.ts';

/** For how many days messages of a channel or a thread are kept; 0 where none are. */
export function daysFor(channel: string, { on, days, channelDays }: AreaValue<'archive'>, client: Client): number {
  const { parent, category } = placeOf(channel, client);
  for (const id of [channel, parent, category]) {
    const own = id === undefined ? undefined : channelDays[id];
    if (own !== undefined) return own;
  }
  return on ? days : 0;
}
