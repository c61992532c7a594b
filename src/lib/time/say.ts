import { daysIn } from './calendar.ts';
import { EN } from './grammar/en.ts';
import type { Grammar, Unit } from './grammar/grammar.ts';
import { sayOffset, sayZone } from './offsets.ts';
import type { When } from './parse.ts';
import type { DateRule, MonthDay, Recurrence, Rule } from './rule.ts';
import { filled, sayDate, sayDay } from './say-date.ts';
import { UNIT_MS } from './span.ts';
import { wallOf } from './wall.ts';

const DOWN_FROM_DAYS = ['day', 'hour', 'minute', 'second'] as const;
const WORKDAYS = '1,2,3,4,5';
const DAY_END = '23:59:59';
const MONTHS = 12;
/** Every day that any year has exists in it. */
const LEAP_YEAR = 2_000;

/** A span in words, to the second: '1 hour 30 minutes'. `parseDuration` reads it back. */
export function sayDuration(ms: number, words: Grammar = EN): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const whole = (['year', 'week'] as const).find((unit) => seconds > 0 && (seconds * 1_000) % UNIT_MS[unit] === 0);
  if (whole) return sayUnits((seconds * 1_000) / UNIT_MS[whole], whole, words);
  const parts: string[] = [];
  let rest = seconds * 1_000;
  for (const unit of DOWN_FROM_DAYS) {
    const amount = Math.floor(rest / UNIT_MS[unit]);
    rest -= amount * UNIT_MS[unit];
    if (amount > 0) parts.push(sayUnits(amount, unit, words));
  }
  return parts.length > 0 ? parts.join(' ') : sayUnits(0, 'second', words);
}

/** '1 day', '2 days'. */
function sayUnits(amount: number, unit: Unit, { say }: Grammar): string {
  const forms = say.units[unit];
  return `${amount} ${forms[new Intl.PluralRules(say.locale).select(amount)] ?? forms.other}`;
}

/** A moment or a repetition in words, its zone included; `parseWhen` reads the same in them again, to the second. */
export function sayWhen(when: When, words: Grammar = EN): string {
  return when.kind === 'once' ? sayOnce(when, words) : sayRepeat(when.recurrence, when.first, words);
}

function sayOnce({ at, zone }: Extract<When, { kind: 'once' }>, words: Grammar): string {
  const wall = wallOf(at, zone);
  const twice = wall.toZonedDateTime(zone).epochMilliseconds !== at.getTime();
  const offset = Math.round((wall.toZonedDateTime('UTC').epochMilliseconds - at.getTime()) / 60_000);
  const parts = [sayMoment(wall, words), twice ? sayOffset(offset) : '', filled(words.say.zone, { '': sayZone(zone) })];
  return parts.filter(Boolean).join(' ');
}

function sayRepeat(recurrence: Recurrence, first: Date, words: Grammar): string {
  const { say } = words;
  const { rule, zone, until } = recurrence;
  const wall = wallOf(first, zone);
  const from = rule.kind === 'interval' ? sayMoment(wall, words) : sayDate(wall.toPlainDate(), words);
  const parts = [
    sayRule(rule, wall.month, words),
    rule.kind === 'interval' ? '' : filled(say.at, { '': rule.at }),
    countsFrom(recurrence, wall) ? filled(say.from, { '': from }) : '',
    until === undefined ? '' : filled(say.until, { '': sayUntil(wallOf(new Date(until), zone), words) }),
    filled(say.zone, { '': sayZone(zone) }),
  ];
  return parts.filter(Boolean).join(' ');
}

/** Whether it matters when it begins: 'every 2 weeks' does not say which, and a start that was named is the first time. */
function countsFrom({ rule, start }: Recurrence, first: Temporal.PlainDateTime): boolean {
  if (rule.kind === 'interval' || (rule.kind !== 'yearly' && rule.every > 1)) return true;
  return start === `${first.toPlainDate()}T${rule.at}`;
}

/** `month` is that of its first time: a rule of twelve months and their multiples has no other. */
function sayRule(rule: Rule, month: number, words: Grammar): string {
  const { say } = words;
  switch (rule.kind) {
    case 'interval':
      return rule.minutes % 60 === 0
        ? sayEvery(rule.minutes / 60, 'hour', words)
        : sayEvery(rule.minutes, 'minute', words);
    case 'daily':
      return sayEvery(rule.every, 'day', words);
    case 'weekly':
      return sayWeekly(rule, words);
    case 'monthly':
      if (isOfYears(rule, month)) return sayYears(rule, month, words);
      return `${sayEvery(rule.every, 'month', words)} ${filled(say.onThe, { '': sayMonthDay(rule.day, words) })}`;
    case 'yearly':
      return filled(say.everyYear, { '': sayDay({ day: rule.day, month: rule.month }, words) });
  }
}

type Monthly = Extract<DateRule, { kind: 'monthly' }>;

/** Whether it is read again from words that count in years. Every 12 months on a date would be read as a yearly rule. */
function isOfYears({ every, day }: Monthly, month: number): boolean {
  if (every % MONTHS !== 0) return false;
  return day.kind !== 'day' || (every > MONTHS && day.day <= daysIn(LEAP_YEAR, month));
}

/** 'Every 2 years on 24 December', 'every year on the last Friday of June'. */
function sayYears({ every, day }: Monthly, month: number, words: Grammar): string {
  const { say } = words;
  const named = { day: sayMonthDay(day, words), month: say.months[month - 1] ?? '' };
  const on =
    day.kind === 'day'
      ? filled(say.on, { '': sayDay({ day: day.day, month }, words) })
      : filled(say.onThe, { '': filled(say.dayOf, named) });
  return `${sayEvery(every / MONTHS, 'year', words)} ${on}`;
}

function sayEvery(every: number, unit: Exclude<Unit, 'second'>, words: Grammar): string {
  const { say } = words;
  return say.every(every === 1 ? (say.units[unit].one ?? say.units[unit].other) : sayUnits(every, unit, words));
}

function sayWeekly({ every, on }: Extract<DateRule, { kind: 'weekly' }>, words: Grammar): string {
  const { say } = words;
  const sorted = on.toSorted();
  const names = sorted.map((day) => say.weekdays[day - 1] ?? '');
  const last = names.length > 1 ? ` ${say.and} ${names.at(-1)}` : '';
  const list = (names.length > 1 ? names.slice(0, -1) : names).join(', ') + last;
  const days = sorted.join() === WORKDAYS ? say.workday : list;
  if (every === 1) return say.every(days);
  return `${sayEvery(every, 'week', words)} ${filled(say.on, { '': days })}`;
}

function sayMonthDay(day: MonthDay, { say }: Grammar): string {
  switch (day.kind) {
    case 'day':
      return (say.numbered ?? say.ordinal)(day.day);
    case 'last':
      return say.lastDay;
    case 'nth': {
      const weekday = typeof day.weekday === 'number' ? (say.weekdays[day.weekday - 1] ?? '') : say.workday;
      return `${say.ordinal(day.nth)} ${weekday}`;
    }
  }
}

function sayUntil(wall: Temporal.PlainDateTime, words: Grammar): string {
  return wall.toPlainTime().toString({ smallestUnit: 'second' }) === DAY_END
    ? sayDate(wall.toPlainDate(), words)
    : sayMoment(wall, words);
}

function sayMoment(wall: Temporal.PlainDateTime, words: Grammar): string {
  const time = wall.toPlainTime().toString({ smallestUnit: wall.second === 0 ? 'minute' : 'second' });
  return `${sayDate(wall.toPlainDate(), words)} ${filled(words.say.at, { '': time })}`;
}
