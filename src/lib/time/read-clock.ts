import type { Cursor } from './cursor.ts';
import { TimeTextError } from './problem.ts';
import type { Span } from './span.ts';

/** A time of day as it was written. `vague` where 'at 9' may mean the evening, `bare` where it is a mere number. */
export interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly vague: boolean;
  readonly bare: boolean;
}

/** Reads 'at 9', '9:30pm', '18:00', 'noon', '9 o'clock'; undefined, with nothing taken, when no time stands here. */
export function readClock(cursor: Cursor): Clock | undefined {
  const place = cursor.place;
  const at = cursor.take('at') !== undefined;
  const written = cursor.token?.text ?? '';
  const figures = wordTime(cursor) ?? clockTime(cursor) ?? countedTime(cursor);
  if (!figures) {
    cursor.undo(place);
    return undefined;
  }
  const marked = cursor.take('clock') !== undefined;
  const half = cursor.take('half-day')?.half;
  if (half && (figures.hour < 1 || figures.hour > 12))
    throw new TimeTextError('noSuchTime', { time: `${written}${half}` });
  const hour = half ? (figures.hour % 12) + (half === 'pm' ? 12 : 0) : figures.hour;
  const clock = { ...figures, hour, vague: !half && figures.vague, bare: figures.bare && !at && !half && !marked };
  return checked(clock, written);
}

/** '18h' and '18h30' are spans until something else in the text shows that they are times of day. */
export function clockOfSpan(span: Span): Clock | undefined {
  const hour = span.get('hour');
  const known = [...span.keys()].every((unit) => unit === 'hour' || unit === 'minute');
  if (hour === undefined || !known || !Number.isInteger(hour)) return undefined;
  return checked({ hour, minute: span.get('minute') ?? 0, second: 0, vague: false, bare: false }, `${hour}h`);
}

function wordTime(cursor: Cursor): Clock | undefined {
  const word = cursor.take('time');
  if (!word) return undefined;
  const [hour = 0, minute = 0] = word.time.split(':').map(Number);
  return { hour, minute, second: 0, vague: false, bare: false };
}

function clockTime(cursor: Cursor): Clock | undefined {
  const time = cursor.take('clock-time');
  if (!time) return undefined;
  const { hour, minute, second } = time;
  return { hour, minute, second, vague: true, bare: false };
}

/** '9', '9.30', '18h', '18h30'; not '9 days'. */
function countedTime(cursor: Cursor): Clock | undefined {
  const text = cursor.token?.text ?? '';
  const count = /^\d{1,9}(?:[.,]\d\d)?$/.test(text) ? cursor.take('count') : undefined;
  if (!count) return undefined;
  const [hour = 0, minute = 0] = text.split(/[.,]/).map(Number);
  if (cursor.peek('unit')?.unit !== 'hour') return { hour, minute, second: 0, vague: true, bare: minute === 0 };
  cursor.take('unit');
  const rest = cursor.token?.glued ? cursor.take('count') : undefined;
  return { hour, minute: rest?.value ?? 0, second: 0, vague: false, bare: false };
}

function checked(clock: Clock, time: string): Clock {
  if (clock.bare && clock.hour > 23) throw new TimeTextError('needsUnit', { number: clock.hour });
  if (clock.hour > 23 || clock.minute > 59 || clock.second > 59) throw new TimeTextError('noSuchTime', { time });
  return clock;
}
