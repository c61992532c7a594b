import { isOffsetZone, sayOffset, sayZone, zoneOfOffsetText } from './offsets.ts';
import { ABBREVIATIONS, PLACES, RENAMED } from './zone-places.ts';

export interface ZoneSuggestion {
  readonly zone: string;
  /** 'Europe/Berlin (14:05, UTC+1)'. */
  readonly label: string;
}

/** What a clock on the wall of a zone shows. */
export interface ZoneTime {
  /** `2027-01-05T14:05:00`. */
  readonly wall: string;
  readonly date: string;
  /** `14:05`. */
  readonly time: string;
  /** 1 is Monday. */
  readonly weekday: number;
  /** 'UTC+1', 'UTC-3:30', 'UTC'. */
  readonly offset: string;
}

const MOST_SUGGESTIONS = 25;
const WARMED_AT_ONCE = 25;
const USUAL = [
  'UTC',
  ...['London', 'Berlin', 'Paris', 'Madrid', 'Rome', 'Warsaw', 'Athens', 'Istanbul', 'Moscow'].map(
    (city) => `Europe/${city}`,
  ),
  ...['New_York', 'Chicago', 'Denver', 'Los_Angeles', 'Toronto', 'Mexico_City', 'Sao_Paulo'].map(
    (city) => `America/${city}`,
  ),
  ...['Dubai', 'Kolkata', 'Jakarta', 'Shanghai', 'Tokyo'].map((city) => `Asia/${city}`),
  ...['Australia/Sydney', 'Pacific/Auckland', 'Africa/Johannesburg'],
];

interface Place {
  readonly zone: string;
  /** Lower case, without accents, words parted by spaces; the city first. */
  readonly names: readonly string[];
}

/** Filled when it is first asked for, and the same for good: the runtime's list does not change. */
const PLACES_BY_ZONE = new Map<string, Place>();

/** Whether the runtime knows the zone by this name. Of offsets those are zones that no name stands for: `+05:30`. */
export function isZone(name: string): boolean {
  return zoneNamed(name) !== undefined;
}

/** The zone as it is properly written: 'europe/berlin' is Europe/Berlin. Undefined when there is none of this name. */
export function zoneNamed(name: string): string | undefined {
  if (isOffsetZone(name)) return name;
  if (!/^[a-z][a-z0-9_+/-]{0,63}$/i.test(name)) return undefined;
  try {
    return new Temporal.ZonedDateTime(0n, name).timeZoneId;
  } catch {
    return undefined;
  }
}

/** The zone meant by a name, a letter code ('est'), an offset ('UTC+2'), a city or a country. */
export function zoneMeant(typed: string): string | undefined {
  const wanted = plain(typed);
  return codeMeant(wanted) ?? zoneNamed(typed.trim()) ?? places().find(({ names }) => names.includes(wanted))?.zone;
}

/** The zones that fit what somebody has typed so far, the best first; by name, city, country or letter code. */
export function suggestZones(typed: string, now: Date): ZoneSuggestion[] {
  return rankedZones(typed.slice(0, 64).trim())
    .slice(0, MOST_SUGGESTIONS)
    .map((zone) => ({ zone, label: labelOf(zone, now) }));
}

/**
 * Gets to know all zones and their clocks before somebody asks, in small steps: together they cost the main thread what a
 * hundred answers do. `pause` lets others have their turn.
 */
export async function warmZones(now: Date, pause: () => Promise<void>): Promise<void> {
  const known: Place[] = [];
  for (const zone of zoneNames()) {
    known.push(placeOf(zone));
    if (isZone(zone)) labelOf(zone, now);
    if (known.length % WARMED_AT_ONCE === 0) await pause();
  }
  for (const place of known) PLACES_BY_ZONE.set(place.zone, place);
}

/** What the clocks of a zone show at an instant. Throws a RangeError for a zone that `isZone` does not know. */
export function timeIn(zone: string, at: Date): ZoneTime {
  const time = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
  return {
    wall: time.toPlainDateTime().toString({ smallestUnit: 'second' }),
    date: time.toPlainDate().toString(),
    time: time.toPlainTime().toString({ smallestUnit: 'minute' }),
    weekday: time.dayOfWeek,
    offset: sayOffset(Math.trunc(time.offsetNanoseconds / 60e9)),
  };
}

/** By letter code or offset, as `plain` leaves them. */
function codeMeant(wanted: string): string | undefined {
  return Object.hasOwn(ABBREVIATIONS, wanted) ? ABBREVIATIONS[wanted] : zoneOfOffsetText(wanted);
}

function labelOf(zone: string, now: Date): string {
  const { time, offset } = timeIn(zone, now);
  const name = sayZone(zone);
  return name === offset ? `${name} (${time})` : `${name} (${time}, ${offset})`;
}

function rankedZones(typed: string): string[] {
  const wanted = plain(typed);
  if (wanted === '') return USUAL;
  const ranked = places()
    .map(({ zone, names }) => ({ zone, rank: Math.min(...names.map((name) => rankOf(name, wanted))) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ zone }) => zone);
  return [...new Set([codeMeant(wanted), ...ranked, zoneNamed(typed)].filter((zone) => zone !== undefined))];
}

const NO_MATCH = 4;

function rankOf(name: string, wanted: string): number {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (name.includes(` ${wanted}`)) return 2;
  return name.includes(wanted) ? 3 : NO_MATCH;
}

function places(): Place[] {
  if (PLACES_BY_ZONE.size === 0) for (const zone of zoneNames()) PLACES_BY_ZONE.set(zone, placeOf(zone));
  return [...PLACES_BY_ZONE.values()];
}

function zoneNames(): ReadonlySet<string> {
  const own = Intl.supportedValuesOf('timeZone').map((zone) => RENAMED[zone] ?? zone);
  return new Set(['UTC', ...own, ...Object.keys(PLACES)]);
}

function placeOf(zone: string): Place {
  return { zone, names: namesOf(zone) };
}

function namesOf(zone: string): string[] {
  const said = sayZone(zone);
  // Never by its own name: who writes GMT+2 means two hours east, and Etc/GMT+2 is two hours west.
  if (said !== zone) return [said, said.replace('UTC', 'GMT')].map(plain);
  const city = zone.slice(zone.lastIndexOf('/') + 1);
  const known = Object.hasOwn(PLACES, zone) ? (PLACES[zone]?.split('|') ?? []) : [];
  return [city, zone, ...known].map(plain);
}

function plain(text: string): string {
  if (/^[a-z]*$/.test(text)) return text;
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_/]+/g, ' ')
    .trim();
}
