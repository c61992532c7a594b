const DAY = 86_400_000;
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * DAY],
  ['month', 30 * DAY],
  ['day', DAY],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const FORMATS: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};
const LATEST = 8.64e15;

/** A Discord timestamp (`<t:...:R>`) as a person reads it. `at` in milliseconds. */
export function showTimestamp(at: number, style: string | undefined, now = Date.now()): string {
  if (!(Math.abs(at) <= LATEST)) return 'Invalid date';
  if (style === 'R') return relative(at - now);
  return new Intl.DateTimeFormat('en', FORMATS[style ?? 'f'] ?? FORMATS.f).format(at);
}

function relative(away: number): string {
  const [unit, size] = UNITS.find(([, length]) => Math.abs(away) >= length) ?? (['second', 1_000] as const);
  return RELATIVE.format(Math.trunc(away / size), unit);
}

/** When a message was written: `14:03` today, with the day before that. */
export function whenWritten(iso: string, now = new Date()): string {
  const at = new Date(iso);
  const time = clock(at);
  const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY);
  if (days === 0) return `Today at ${time}`;
  if (days === 1) return `Yesterday at ${time}`;
  return `${new Intl.DateTimeFormat('en', { dateStyle: 'short' }).format(at)} ${time}`;
}

export function clock(at: Date): string {
  return new Intl.DateTimeFormat('en', { timeStyle: 'short' }).format(at);
}

export function dayOf(iso: string): string {
  return new Intl.DateTimeFormat('en', { dateStyle: 'long' }).format(new Date(iso));
}

function startOfDay(at: Date): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** `12.3 KB`. */
export function showSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} KB` : `${(bytes / 1_000_000).toFixed(2)} MB`;
}
