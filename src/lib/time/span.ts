import type { Cursor } from './cursor.ts';
import type { Unit } from './grammar/grammar.ts';

/** So many of each unit, as somebody wrote them. */
export type Span = ReadonlyMap<Unit, number>;

/** A month counts as 30 days and a year as 365 where there is no calendar to count by. */
export const UNIT_MS: Readonly<Record<Unit, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  month: 2_592_000_000,
  year: 31_536_000_000,
};

/** What a number without a unit counts that is glued to a greater one: '1h30'. */
const BELOW: Partial<Record<Unit, Unit>> = { hour: 'minute', minute: 'second' };

/** Reads '1h30m', '2 hours and 30 minutes', 'half an hour'; undefined, with nothing taken, when none stands here. */
export function readSpan(cursor: Cursor): Span | undefined {
  const span = new Map<Unit, number>();
  const add = (unit: Unit, amount: number) => span.set(unit, (span.get(unit) ?? 0) + amount);
  for (let place = cursor.place; ; place = cursor.place) {
    if (span.size > 0) cursor.take('and');
    const amount = readAmount(cursor) ?? (span.size === 0 ? oneAndAHalf(cursor) : undefined);
    const unit = amount === undefined ? undefined : (cursor.take('unit') ?? cursor.take('units'));
    if (amount === undefined || !unit) {
      cursor.undo(place);
      return span.size > 0 ? span : undefined;
    }
    const each = unit.is === 'units' ? unit.amount : 1;
    add(unit.unit, amount * each);
    const below = BELOW[unit.unit];
    const rest = below && cursor.token?.glued && !cursor.peek('unit', 1) ? cursor.take('count') : undefined;
    if (below && rest) add(below, rest.value);
    if (readAndAHalf(cursor)) add(unit.unit, 0.5 * each);
  }
}

/** '3', 'an', 'half', 'half an', 'one and a half', 'a couple'. */
function readAmount(cursor: Cursor): number | undefined {
  if (cursor.take('half')) {
    cursor.take('count');
    return 0.5;
  }
  const count = cursor.take('count');
  if (!count) return undefined;
  if (cursor.take('half')) return count.value * 0.5;
  return count.value + (readAndAHalf(cursor) ? 0.5 : 0);
}

/** 'And a half', or the 'y media' of 'dos horas y media': not where that is half of something else. */
function readAndAHalf(cursor: Cursor): boolean {
  if (endsInAHalf(cursor, 0)) return Boolean(cursor.take('and') && cursor.take('half'));
  const fits = cursor.peek('and') && cursor.peek('count', 1)?.value === 1 && cursor.peek('half', 2);
  return Boolean(fits && cursor.take('and') && cursor.take('count') && cursor.take('half'));
}

/** 'Hora y media': one is meant where none is said. */
function oneAndAHalf(cursor: Cursor): number | undefined {
  return cursor.peek('unit') && endsInAHalf(cursor, 1) ? 1 : undefined;
}

function endsInAHalf(cursor: Cursor, at: number): boolean {
  const half = cursor.peek('and', at) && cursor.peek('half', at + 1);
  return Boolean(
    half && !cursor.peek('count', at + 2) && !cursor.peek('unit', at + 2) && !cursor.peek('units', at + 2),
  );
}

/** The span in milliseconds, by the average lengths of `UNIT_MS`. */
export function spanMs(span: Span): number {
  return [...span].reduce((sum, [unit, amount]) => sum + amount * UNIT_MS[unit], 0);
}
