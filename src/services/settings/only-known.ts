import type { Guild } from 'discord.js';
import { AREAS, type AreaName } from './areas.ts';
import { goneIn, type NamedId, withoutIds } from './ids.ts';

type Values = Readonly<Record<string, unknown>>;

/** What an area is to be, and what of it this server does not have. */
interface Known {
  readonly value: Values;
  readonly unknown: readonly NamedId[];
}

/**
 * What an area becomes by values that come from elsewhere, or from another time: null takes a setting away, and one that is not named stays. A
 * channel or role that the server does not have is left out, and a setting that would name no other stays as it is.
 */
export function onlyKnown(area: AreaName, held: Values, given: Values, guild: Guild): Known {
  const unknown = goneIn(area, given, guild);
  const known = withoutIds(given, unknown);
  const emptied = new Set(unknown.map(({ property }) => property).filter((name) => isEmpty(known[name])));
  const kept = Object.entries(known).filter(([name]) => !emptied.has(name));
  const all = Object.entries({ ...held, ...Object.fromEntries(kept) }).filter(([, value]) => value !== null);
  return { value: AREAS[area].filled(Object.fromEntries(all)), unknown };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || Object.keys(Object(value)).length === 0;
}
