import type { Cursor } from './cursor.ts';
import type { Unit } from './grammar/grammar.ts';
import { TimeTextError } from './problem.ts';
import { readOrdinal } from './read-month-day.ts';
import { readSpan, type Span, UNIT_MS } from './span.ts';

/** 'every' as it was written: so much elapsed time, so many of a unit, or whatever day is named beside it. */
export type RepeatText =
  | { readonly kind: 'elapsed'; readonly minutes: number }
  | { readonly kind: 'unit'; readonly every: number; readonly unit: 'day' | 'week' | 'month' | 'year' }
  | { readonly kind: 'named'; readonly every: number };

/** Reads 'every 90 minutes', 'every other week', 'daily', and the 'every' of 'every friday'; else undefined. */
export function readRepeat(cursor: Cursor): RepeatText | undefined {
  const frequency = cursor.take('frequency');
  if (frequency) return everyUnit(frequency.every, frequency.unit);
  if (!cursor.take('every')) return undefined;
  const number = everyNth(cursor);
  if (number) return number;
  const unit = cursor.take('unit');
  if (unit) return everyUnit(1, unit.unit);
  const units = cursor.take('units');
  if (units) return everyUnit(units.amount, units.unit);
  const place = cursor.place;
  const span = readSpan(cursor);
  if (span) return everySpan(span);
  const count = cursor.peek('weekdays', 1) && cursor.take('count');
  if (count) return { kind: 'named', every: whole(count.value) };
  cursor.undo(place);
  return { kind: 'named', every: 1 };
}

/** 'other week', 'second friday', '3rd day'; undefined for '3rd friday', which is one of the month. */
function everyNth(cursor: Cursor): RepeatText | undefined {
  const place = cursor.place;
  if (cursor.take('other')) {
    const unit = cursor.take('unit');
    if (unit && cursor.peek('unit')?.unit !== 'month') return everyUnit(2, unit.unit);
    if (!unit && cursor.peek('weekdays') && cursor.peek('unit', 1)?.unit !== 'month')
      return { kind: 'named', every: 2 };
    cursor.undo(place);
  }
  const nth = readOrdinal(cursor);
  if (nth !== undefined && cursor.peek('weekdays')) {
    cursor.undo(place);
    return { kind: 'named', every: 1 };
  }
  // 'Every 2nd of the month' is a day of each; 'every 2nd month' is not.
  const unit = nth === undefined || nth < 0 || cursor.token?.linked ? undefined : cursor.take('unit');
  if (nth !== undefined && unit && cursor.peek('unit')?.unit !== 'month' && !cursor.peek('month')) {
    return everyUnit(nth, unit.unit);
  }
  cursor.undo(place);
  return undefined;
}

function everySpan(span: Span): RepeatText {
  const [[unit, amount] = ['day', 1] as const] = span;
  return span.size === 1 ? everyUnit(amount, unit) : elapsed(span);
}

function everyUnit(amount: number, unit: Unit): RepeatText {
  if (unit === 'second' || unit === 'minute' || unit === 'hour') return elapsed(new Map([[unit, amount]]));
  return { kind: 'unit', every: whole(amount), unit };
}

function elapsed(span: Span): RepeatText {
  let minutes = 0;
  for (const [unit, amount] of span) {
    if (unit === 'month' || unit === 'year') throw new TimeTextError('notATime');
    minutes += (amount * UNIT_MS[unit]) / UNIT_MS.minute;
  }
  return { kind: 'elapsed', minutes };
}

function whole(every: number): number {
  if (every > 1_000) throw new TimeTextError('tooSeldom');
  if (!Number.isInteger(every) || every < 1) throw new TimeTextError('neverHappens');
  return every;
}
