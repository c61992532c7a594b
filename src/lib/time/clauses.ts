import type { Cursor } from './cursor.ts';
import type { Meaning } from './grammar/grammar.ts';
import { TimeTextError } from './problem.ts';
import { type Clock, clockOfSpan, readClock } from './read-clock.ts';
import { type DateText, readDate } from './read-date.ts';
import { type RepeatText, readRepeat } from './read-repeat.ts';
import { readSpan, type Span } from './span.ts';
import { suggestZones, zoneMeant } from './zones.ts';

type Part = Extract<Meaning, { is: 'part' }>;

/** The end of a repetition, as it was written. */
export interface UntilText {
  readonly stamp?: number;
  readonly date?: DateText;
  readonly clock?: Clock;
}

const EXAMPLE_ZONE = 'Europe/Berlin';

/** What a text says, by kind; each at most once and in any order: 'at 9 every monday', 'every monday at 9'. */
export interface Clauses {
  stamp?: number;
  /** `plain` when nothing but its place says that it is a span: '18h'. */
  span?: { readonly units: Span; readonly plain: boolean };
  repeat?: RepeatText;
  date?: DateText;
  clock?: Clock;
  part?: Part;
  from?: DateText;
  until?: UntilText;
  zone?: string;
  /** Minutes east of UTC. */
  offset?: number;
}

/** Each takes what it knows, if that stands here and was not said before. Those first that would else be taken for others. */
const READERS: readonly ((cursor: Cursor, found: Clauses, now: Date) => boolean)[] = [
  (cursor, found) => set(found, 'stamp', () => cursor.take('stamp')?.seconds),
  (cursor, found) => set(found, 'repeat', () => readRepeat(cursor)),
  (cursor, found) => set(found, 'from', () => readFrom(cursor)),
  (cursor, found) => set(found, 'clock', () => readStartingClock(cursor)),
  (cursor, found) => set(found, 'until', () => readUntil(cursor, found)),
  (cursor, found) => set(found, 'part', () => readPart(cursor)),
  (cursor, found) => set(found, 'date', () => readDate(cursor)),
  (cursor, found) => set(found, 'span', () => readAhead(cursor)),
  (cursor, found) => set(found, 'clock', () => readClock(cursor)),
  (cursor, found) => set(found, 'offset', () => cursor.take('offset')?.minutes),
  (cursor, found, now) => set(found, 'zone', () => readZone(cursor, now)),
];

/** Reads the whole text. Throws `TimeTextError` at the first word that fits nowhere. */
export function readClauses(cursor: Cursor, now: Date): Clauses {
  const found: Clauses = {};
  while (!cursor.done) {
    const place = cursor.place;
    cursor.take('and');
    if (cursor.done || !READERS.some((reader) => reader(cursor, found, now))) {
      cursor.undo(place);
      cursor.stuck();
    }
  }
  return untangled(found);
}

function set<K extends keyof Clauses>(found: Clauses, kind: K, read: () => Clauses[K]): boolean {
  if (found[kind] !== undefined) return false;
  const value = read();
  if (value === undefined) return false;
  found[kind] = value;
  return true;
}

/** '18h' beside a day is a time of day; days that are said to come again repeat; a mere number is nothing by itself. */
function untangled(found: Clauses): Clauses {
  const { span, clock, part, ...rest } = found;
  const repeats = found.date && 'repeats' in found.date && found.date.repeats;
  const repeat = found.repeat ?? (repeats ? ({ kind: 'named', every: 1 } as const) : undefined);
  const anchored = found.date !== undefined || repeat !== undefined;
  const spanned = span?.plain && !clock && anchored ? clockOfSpan(span.units) : undefined;
  const time = clock ?? spanned;
  if (time?.bare && !anchored && !part && !span) throw new TimeTextError('needsUnit', { number: time.hour });
  return {
    ...rest,
    ...(span && !spanned && { span }),
    ...(repeat && { repeat }),
    ...(part && { part }),
    ...(time && { clock: within(part, time) }),
  };
}

/** 'At 9' in the evening is 21:00; at night 'at 2' stays where it is. */
function within(part: Part | undefined, clock: Clock): Clock {
  const late = part?.pmFrom !== undefined && clock.vague && clock.hour >= part.pmFrom && clock.hour < 12;
  return late ? { ...clock, hour: clock.hour + 12 } : clock;
}

function readFrom(cursor: Cursor): DateText | undefined {
  const place = cursor.place;
  const date = cursor.take('from') && readDate(cursor, { ranges: false });
  if (!date) cursor.undo(place);
  return date;
}

/** 'Every 3 hours, starting at 9'. */
function readStartingClock(cursor: Cursor): Clock | undefined {
  const place = cursor.place;
  const clock = cursor.take('from') && readClock(cursor);
  if (!clock) cursor.undo(place);
  return clock;
}

/** A time of day after the end's day belongs to the end only when the repetition has its own. */
function readUntil(cursor: Cursor, { clock, part, from }: Clauses): UntilText | undefined {
  const place = cursor.place;
  if (!cursor.take('until') && !(from && cursor.take('to'))) return undefined;
  const stamp = cursor.take('stamp')?.seconds;
  if (stamp !== undefined) return { stamp };
  const date = readDate(cursor, { ranges: false });
  if (!date) {
    cursor.undo(place);
    return undefined;
  }
  const end = clock || part ? readClock(cursor) : undefined;
  return { date, ...(end && { clock: end }) };
}

/** 'in the morning', 'this evening', 'tonight'. */
function readPart(cursor: Cursor): Part | undefined {
  const place = cursor.place;
  const today = cursor.take('this') !== undefined;
  if (!today) cursor.take('in');
  if (!cursor.peek('part')) cursor.take('at');
  const part = cursor.take('part');
  if (!part) cursor.undo(place);
  return part && today ? { ...part, today: true } : part;
}

/** 'in 3 days', '90 min', '2 hours from now'. */
function readAhead(cursor: Cursor): Clauses['span'] {
  const place = cursor.place;
  const after = cursor.take('in') !== undefined;
  const minus = cursor.take('minus') !== undefined;
  const span = readSpan(cursor);
  if (!span) {
    const bare = cursor.place > place ? cursor.take('count') : undefined;
    if (bare && cursor.done) throw new TimeTextError('needsUnit', { number: bare.value });
    cursor.undo(place);
    return undefined;
  }
  if (minus || cursor.take('ago')) throw new TimeTextError('negative');
  const counted = cursor.take('from-now') !== undefined;
  return { units: span, plain: !after && !counted };
}

/** A zone's name, letter code, city or country, also after 'in'. What has the form of a name and is none is said to be. */
function readZone(cursor: Cursor, now: Date): string | undefined {
  const place = cursor.place;
  cursor.take('in');
  const { text } = cursor.token ?? {};
  const zone = text !== undefined && cursor.peek('unknown') ? zoneMeant(text) : undefined;
  if (zone !== undefined && cursor.take('unknown')) return zone;
  if (text?.includes('/')) {
    const city = text.slice(text.lastIndexOf('/') + 1);
    const like = suggestZones(city, now).find(({ zone }) => zone.toLowerCase().includes(city));
    throw new TimeTextError('noSuchZone', { zone: text, like: like?.zone ?? EXAMPLE_ZONE });
  }
  cursor.undo(place);
  return undefined;
}
