import type { Cursor } from './cursor.ts';

/** 1 is Monday. `repeats` where the words say that they come again. */
export interface Days {
  readonly days: readonly number[];
  readonly repeats?: true;
}

/** 'mon-fri', 'friday to monday': those days of every week. Undefined, with nothing taken, when none stand here. */
export function weekdayRange(cursor: Cursor): Days | undefined {
  const place = cursor.place;
  const first = single(cursor);
  const last = first === undefined || !cursor.take('to') ? undefined : single(cursor);
  if (first !== undefined && last !== undefined) return { days: daysFrom(first, last), repeats: true };
  cursor.undo(place);
  return undefined;
}

function single(cursor: Cursor): number | undefined {
  const [day, ...more] = cursor.peek('weekdays')?.days ?? [];
  return more.length === 0 && cursor.take('weekdays') ? day : undefined;
}

function daysFrom(first: number, last: number): number[] {
  const count = ((last - first + 7) % 7) + 1;
  return Array.from({ length: count }, (_, index) => ((first - 1 + index) % 7) + 1);
}
