import type { Grammar, Meaning } from './grammar.ts';

/** Gives several words one meaning. */
function mean(words: string, meaning: Meaning): Record<string, Meaning> {
  return Object.fromEntries(words.split('|').map((word) => [word, meaning]));
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const WEEKDAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');
const WEEKDAY_WORDS = ['mon', 'tue|tues', 'wed|weds', 'thu|thur|thurs', 'fri', 'sat', 'sun'];
const NUMBERS = [
  ...'one two three four five six seven eight nine ten eleven twelve'.split(' '),
  ...'thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' '),
];
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ORDINALS = 'first second third fourth fifth'.split(' ');

/** 'Twenty', 'twenty one' to 'twenty nine'. */
function countsFrom(ten: string, index: number): [string, Meaning][] {
  const words = [ten, ...NUMBERS.slice(0, 9).map((one) => `${ten} ${one}`)];
  return words.map((word, one) => [word, { is: 'count', value: (index + 2) * 10 + one }]);
}

const units = {
  ...mean('s|sec|secs|second|seconds', { is: 'unit', unit: 'second' }),
  ...mean('m|min|mins|minute|minutes', { is: 'unit', unit: 'minute' }),
  ...mean('h|hr|hrs|hour|hours', { is: 'unit', unit: 'hour' }),
  ...mean('d|day|days', { is: 'unit', unit: 'day' }),
  ...mean('w|wk|wks|week|weeks', { is: 'unit', unit: 'week' }),
  ...mean('mo|mos|mth|mths|month|months', { is: 'unit', unit: 'month' }),
  ...mean('y|yr|yrs|year|years', { is: 'unit', unit: 'year' }),
  ...mean('fortnight|fortnights', { is: 'units', amount: 2, unit: 'week' }),
};

const numbers = {
  ...Object.fromEntries(NUMBERS.map((word, index): [string, Meaning] => [word, { is: 'count', value: index + 1 }])),
  ...Object.fromEntries(TENS.flatMap(countsFrom)),
  ...mean('hundred|a hundred|one hundred', { is: 'count', value: 100 }),
  ...mean('a|an', { is: 'count', value: 1 }),
  ...mean('a couple|couple', { is: 'count', value: 2 }),
  ...mean('half', { is: 'half' }),
  ...Object.fromEntries(ORDINALS.map((word, index): [string, Meaning] => [word, { is: 'ordinal', nth: index + 1 }])),
  ...mean('last', { is: 'ordinal', nth: -1 }),
  ...mean('st|nd|rd|th', { is: 'ordinal-ending' }),
};

const days = Object.assign(
  {
    ...mean('weekday|workday', { is: 'weekdays', days: [1, 2, 3, 4, 5] }),
    ...mean('weekdays|workdays', { is: 'weekdays', days: [1, 2, 3, 4, 5], repeats: true }),
    ...mean('weekend', { is: 'weekdays', days: [6, 7] }),
    ...mean('weekends', { is: 'weekdays', days: [6, 7], repeats: true }),
    ...mean('yesterday', { is: 'day', ahead: -1 }),
    ...mean('today|tod', { is: 'day', ahead: 0 }),
    ...mean('tomorrow|tmrw|tmr|tomorow|tommorow|tommorrow', { is: 'day', ahead: 1 }),
    ...mean('day after tomorrow|overmorrow', { is: 'day', ahead: 2 }),
  },
  ...WEEKDAY_WORDS.map((short, index) => ({
    ...mean(`${short}|${WEEKDAYS[index]?.toLowerCase()}`, { is: 'weekdays', days: [index + 1] }),
    ...mean(`${WEEKDAYS[index]?.toLowerCase()}s`, { is: 'weekdays', days: [index + 1], repeats: true }),
  })),
);

const months = Object.assign(
  mean('sept', { is: 'month', month: 9 }),
  ...MONTHS.map((name, index) =>
    mean(`${name.toLowerCase()}|${name.slice(0, 3).toLowerCase()}`, { is: 'month', month: index + 1 }),
  ),
);

const times = {
  ...mean('noon|midday', { is: 'time', time: '12:00' }),
  ...mean('midnight', { is: 'time', time: '00:00' }),
  ...mean('morning', { is: 'part', time: '09:00' }),
  ...mean('afternoon', { is: 'part', time: '15:00', pmFrom: 1 }),
  ...mean('evening', { is: 'part', time: '18:00', pmFrom: 1 }),
  ...mean('night', { is: 'part', time: '20:00', pmFrom: 6 }),
  ...mean('tonight|tonite', { is: 'part', time: '20:00', pmFrom: 6, today: true }),
  ...mean('am', { is: 'half-day', half: 'am' }),
  ...mean('pm', { is: 'half-day', half: 'pm' }),
  ...mean("o'clock|oclock|o’clock", { is: 'clock' }),
};

const links = {
  ...mean('every|each', { is: 'every' }),
  ...mean('other|alternate', { is: 'other' }),
  ...mean('hourly', { is: 'frequency', every: 1, unit: 'hour' }),
  ...mean('daily|nightly', { is: 'frequency', every: 1, unit: 'day' }),
  ...mean('weekly', { is: 'frequency', every: 1, unit: 'week' }),
  ...mean('fortnightly|biweekly|bi weekly', { is: 'frequency', every: 2, unit: 'week' }),
  ...mean('monthly', { is: 'frequency', every: 1, unit: 'month' }),
  ...mean('quarterly', { is: 'frequency', every: 3, unit: 'month' }),
  ...mean('yearly|annually', { is: 'frequency', every: 1, unit: 'year' }),
  ...mean('in|for|after|within', { is: 'in' }),
  ...mean('at', { is: 'at' }),
  ...mean('next|coming', { is: 'next' }),
  ...mean('this', { is: 'this' }),
  ...mean('end', { is: 'end' }),
  ...mean('from|starting|starting from|starting on|beginning|since', { is: 'from' }),
  ...mean('until|till|til|ending', { is: 'until' }),
  ...mean('to', { is: 'to' }),
  ...mean('and', { is: 'and' }),
  ...mean('ago', { is: 'ago' }),
  ...mean('from now|later', { is: 'from-now' }),
  ...mean('the|of|on', { is: 'filler' }),
};

/** English. */
export const EN: Grammar = {
  words: {
    ...units,
    ...numbers,
    ...days,
    ...months,
    ...times,
    ...links,
    through: [{ is: 'until' }, { is: 'to' }],
    second: [{ is: 'unit', unit: 'second' }, { is: 'ordinal', nth: 2 }, { is: 'other' }],
  },
  /** `5.12`, a time here and a day elsewhere, unless `at` says which; `1800 hours`, a span here and a time elsewhere. */
  twoWays: [
    /(?<![\d.:]|\bat\s*)(?:0?[1-9]|1\d|2[0-3])\.(?:0[1-9]|1[0-2])(?![\d.:])/i,
    /(?<!\d)(?:[01]\d|2[0-3])[0-5]\d\s*h/i,
  ],
  say: {
    locale: 'en',
    units: {
      second: { one: 'second', other: 'seconds' },
      minute: { one: 'minute', other: 'minutes' },
      hour: { one: 'hour', other: 'hours' },
      day: { one: 'day', other: 'days' },
      week: { one: 'week', other: 'weeks' },
      month: { one: 'month', other: 'months' },
      year: { one: 'year', other: 'years' },
    },
    months: MONTHS,
    weekdays: WEEKDAYS,
    workday: 'weekday',
    ordinal: (nth) =>
      nth < 0 ? 'last' : `${nth}${nth > 10 && nth < 20 ? 'th' : (['th', 'st', 'nd', 'rd'][nth % 10] ?? 'th')}`,
    and: 'and',
    date: '{weekday} {day} {month} {year}',
    dayAndMonth: '{day} {month}',
    every: (what) => `every ${what}`,
    everyYear: 'every year on {}',
    on: 'on {}',
    onThe: 'on the {}',
    lastDay: 'last day',
    dayOf: '{day} of {month}',
    at: 'at {}',
    from: 'from {}',
    until: 'until {}',
    zone: '({})',
  },
};
