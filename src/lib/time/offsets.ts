/** Also with the minus of typesetters, and with spaces around the sign. */
const OFFSET = /^(?:utc|gmt)? ?([+\u2212-]) ?(\d{1,2})(?::?(\d{2}))?$/i;
const FIXED = /^Etc\/GMT([+-])(\d{1,2})$/;
/** What stands for one that is not of whole hours: those have names. */
const UNNAMED = /^([+-])(\d\d):(15|30|45)$/;
const FARTHEST_WEST = -12 * 60;
const FARTHEST_EAST = 14 * 60;

/** 'UTC+1' for 60, 'UTC-3:30' for -210. */
export function sayOffset(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '-' : '+'}${hours}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`;
}

/** How people call a zone: 'UTC+2' for Etc/GMT-2, whose name counts the other way round; all others by their names. */
export function sayZone(zone: string): string {
  const [, sign, hours] = FIXED.exec(zone) ?? [];
  if (hours !== undefined) return sayOffset((sign === '-' ? 60 : -60) * Number(hours));
  return isOffsetZone(zone) ? sayOffset(minutesOf(zone)) : zone;
}

/** Whether a zone is kept as the offset that it is, such as '+05:30'. */
export function isOffsetZone(zone: string): boolean {
  if (!UNNAMED.test(zone)) return false;
  return minutesOf(zone) > FARTHEST_WEST && minutesOf(zone) < FARTHEST_EAST;
}

/** The zone that is always so many minutes east of UTC, in quarters of an hour. */
export function zoneOfOffset(minutes: number): string | undefined {
  if (minutes === 0) return 'UTC';
  if (minutes % 15 !== 0 || minutes < FARTHEST_WEST || minutes > FARTHEST_EAST) return undefined;
  const hours = Math.floor(Math.abs(minutes) / 60);
  if (minutes % 60 === 0) return `Etc/GMT${minutes > 0 ? '-' : '+'}${hours}`;
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${Math.abs(minutes) % 60}`;
}

/** The zone of 'UTC+2', 'gmt -5' and '+05:30'; undefined for whatever is written otherwise, or has no such zone. */
export function zoneOfOffsetText(typed: string): string | undefined {
  const [, sign, hours, minutes = 0] = OFFSET.exec(typed) ?? [];
  if (hours === undefined) return undefined;
  return zoneOfOffset((sign === '+' ? 1 : -1) * (Number(hours) * 60 + Number(minutes)));
}

function minutesOf(zone: string): number {
  const [, sign, hours, minutes] = UNNAMED.exec(zone) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
