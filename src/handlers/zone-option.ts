import type { Context } from '../context.ts';
import { suggestZones, timeIn, zoneMeant } from '../lib/time/zones.ts';
import { UserError } from '../services/answers/user-error.ts';
import { clip, t } from '../services/answers/words.ts';
import type { Choice, Typing } from './autocomplete.ts';

const LONGEST_SHOWN = 64;

/** The zones that fit what is typed. */
export function offerZones({ typed }: Pick<Typing, 'typed'>, { now }: Pick<Context, 'now'>): readonly Choice[] {
  return suggestZones(typed, now()).map(({ zone, label }) => ({ name: label, value: zone }));
}

/** The zone meant by a name, a city, a country or a letter code. UserError when none is. */
export function readZone(typed: string): string {
  const zone = zoneMeant(typed);
  if (zone === undefined) throw new UserError('time.notAZone', { zone: clip(typed.trim(), LONGEST_SHOWN) });
  return zone;
}

/** 'Tuesday 14:05 (UTC+1)'. */
export function clockIn(zone: string, at: Date) {
  const { time, weekday, offset } = timeIn(zone, at);
  return t('time.clock', { weekday: t(`time.weekdays.${asWeekday(weekday)}`), time, offset });
}

type Weekday = '1' | '2' | '3' | '4' | '5' | '6' | '7';

function asWeekday(day: number): Weekday {
  return String(day) as Weekday; // the calendar knows no others
}
