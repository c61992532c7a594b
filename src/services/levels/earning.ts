import type { Client } from 'discord.js';
import { type Payload, placeOf } from '../automod/payload.ts';
import type { AreaValue } from '../settings/areas.ts';

type Wanted = AreaValue<'levels'>;
type Message = Pick<Payload, 'channel_id' | 'member'>;

const WHOLE = 100;

/** By how much the server multiplies what a message is worth, in percent; 0 where it is worth nothing. */
export function percentFor(
  { channel_id: channel, member }: Message,
  { exemptChannels, exemptRoles, channelPercents, rolePercents }: Wanted,
  client: Client,
): number {
  const roles = member?.roles ?? [];
  if (exemptRoles.length > 0 && roles.some((role) => exemptRoles.includes(role))) return 0;
  const here = isEmpty(channelPercents) && exemptChannels.length === 0 ? undefined : placeOf(channel, client);
  if (here && Object.values(here).some((id) => exemptChannels.includes(id))) return 0;
  const ofChannel = here && isEmpty(channelPercents) === false ? nearest(here, channelPercents) : WHOLE;
  return isEmpty(rolePercents) ? ofChannel : (ofChannel * highest(roles, rolePercents)) / WHOLE;
}

/** What a message is worth: one of the numbers that the server has for that, whichever way round it has them. */
export function drawPoints({ leastPoints, mostPoints }: Wanted, below: (limit: number) => number): number {
  const least = Math.min(leastPoints, mostPoints);
  const span = Math.abs(mostPoints - leastPoints);
  return span === 0 ? least : least + below(span + 1);
}

/** Of a thread, its channel and their category, what is said of the nearest. */
function nearest(place: ReturnType<typeof placeOf>, percents: Wanted['channelPercents']): number {
  const ids = [place.id, place.parent, place.category];
  return ids.map((id) => (id === undefined ? undefined : percents[id])).find((own) => own !== undefined) ?? WHOLE;
}

/** Of several roles the one that gives most. */
function highest(roles: readonly string[], percents: Wanted['rolePercents']): number {
  const own = roles.flatMap((role) => percents[role] ?? []);
  return own.length === 0 ? WHOLE : Math.max(...own);
}

function isEmpty(record: object): boolean {
  for (const _ in record) return false;
  return true;
}
