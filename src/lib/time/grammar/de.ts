import type { Grammar, Meaning } from './grammar.ts';

/** Gives several words one meaning. */
function mean(words: string, meaning: Meaning): Record<string, Meaning> {
  return Object.fromEntries(words.split('|').map((word) => [word, meaning]));
}

const MONTHS = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ');
const WEEKDAYS = 'Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag'.split(' ');
const WEEKDAY_WORDS = ['mo', 'di', 'mi', 'do', 'fr', 'sa|sonnabend', 'so'];
const NUMBERS = 'eine|ein|einen|einem|einer zwei drei vier fünf sechs sieben acht neun zehn elf zwölf'.split(' ');
/** Those that do not take 'jeden'. */
const ARTICLES: Readonly<Record<string, string>> = {
  Sekunde: 'jede',
  Minute: 'jede',
  Stunde: 'jede',
  Woche: 'jede',
  Jahr: 'jedes',
};

const units = {
  ...mean('sek|sekunde|sekunden', { is: 'unit', unit: 'second' }),
  ...mean('minute|minuten', { is: 'unit', unit: 'minute' }),
  ...mean('std|stunde|stunden', { is: 'unit', unit: 'hour' }),
  ...mean('tag|tage|tagen|tags', { is: 'unit', unit: 'day' }),
  ...mean('woche|wochen', { is: 'unit', unit: 'week' }),
  ...mean('monat|monate|monaten|monats', { is: 'unit', unit: 'month' }),
  ...mean('jahr|jahre|jahren|jahres', { is: 'unit', unit: 'year' }),
};

const numbers = {
  ...Object.assign({}, ...NUMBERS.map((words, index) => mean(words, { is: 'count', value: index + 1 }))),
  ...mean('halbe|halben', { is: 'half' }),
  ...mean('erste|ersten|erster', { is: 'ordinal', nth: 1 }),
  ...mean('zweite|zweiten|zweiter', { is: 'ordinal', nth: 2 }),
  ...mean('dritte|dritten|dritter', { is: 'ordinal', nth: 3 }),
  ...mean('vierte|vierten|vierter', { is: 'ordinal', nth: 4 }),
  ...mean('letzte|letzten|letzter', { is: 'ordinal', nth: -1 }),
} as Record<string, Meaning>;

const days: Record<string, Meaning> = Object.assign(
  {
    ...mean('werktag|werktage', { is: 'weekdays', days: [1, 2, 3, 4, 5] }),
    ...mean('werktags', { is: 'weekdays', days: [1, 2, 3, 4, 5], repeats: true }),
    ...mean('wochenende', { is: 'weekdays', days: [6, 7] }),
    ...mean('gestern', { is: 'day', ahead: -1 }),
    ...mean('heute', { is: 'day', ahead: 0 }),
    ...mean('morgen', { is: 'day', ahead: 1 }),
    ...mean('übermorgen', { is: 'day', ahead: 2 }),
  },
  ...WEEKDAY_WORDS.map((short, index) => ({
    ...mean(`${short}|${WEEKDAYS[index]?.toLowerCase()}`, { is: 'weekdays', days: [index + 1] }),
    ...mean(`${WEEKDAYS[index]?.toLowerCase()}s`, { is: 'weekdays', days: [index + 1], repeats: true }),
  })),
);

const months: Record<string, Meaning> = Object.assign(
  {},
  ...MONTHS.map((name, index) =>
    mean(`${name.toLowerCase()}|${name.slice(0, 3).toLowerCase()}`, { is: 'month', month: index + 1 }),
  ),
);

const times = {
  ...mean('mittag|mittags', { is: 'time', time: '12:00' }),
  ...mean('mitternacht', { is: 'time', time: '00:00' }),
  ...mean('früh|vormittag|vormittags', { is: 'part', time: '09:00' }),
  ...mean('nachmittag|nachmittags', { is: 'part', time: '15:00', pmFrom: 1 }),
  ...mean('abend|abends', { is: 'part', time: '18:00', pmFrom: 1 }),
  ...mean('uhr', { is: 'clock' }),
};

const links = {
  ...mean('jeden|jede|jedes|alle', { is: 'every' }),
  ...mean('stündlich', { is: 'frequency', every: 1, unit: 'hour' }),
  ...mean('täglich', { is: 'frequency', every: 1, unit: 'day' }),
  ...mean('wöchentlich', { is: 'frequency', every: 1, unit: 'week' }),
  ...mean('monatlich', { is: 'frequency', every: 1, unit: 'month' }),
  ...mean('jährlich', { is: 'frequency', every: 1, unit: 'year' }),
  ...mean('in|für|nach', { is: 'in' }),
  ...mean('um', { is: 'at' }),
  ...mean('nächste|nächsten|nächster|nächstes|kommenden', { is: 'next' }),
  ...mean('diese|diesen|dieser|dieses', { is: 'this' }),
  ...mean('ende', { is: 'end' }),
  ...mean('ab|von|seit', { is: 'from' }),
  ...mean('bis', { is: 'until' }),
  ...mean('und', { is: 'and' }),
  ...mean('am|im|der|des|den|dem', { is: 'filler' }),
};

/** German. */
export const DE: Grammar = {
  words: { ...units, ...numbers, ...days, ...months, ...times, ...links },
  twoWays: [],
  say: {
    locale: 'de',
    units: {
      second: { one: 'Sekunde', other: 'Sekunden' },
      minute: { one: 'Minute', other: 'Minuten' },
      hour: { one: 'Stunde', other: 'Stunden' },
      day: { one: 'Tag', other: 'Tage' },
      week: { one: 'Woche', other: 'Wochen' },
      month: { one: 'Monat', other: 'Monate' },
      year: { one: 'Jahr', other: 'Jahre' },
    },
    months: MONTHS,
    weekdays: WEEKDAYS,
    workday: 'Werktag',
    ordinal: (nth) => (nth < 0 ? 'letzten' : `${nth}.`),
    and: 'und',
    date: '{weekday}, {day}. {month} {year}',
    dayAndMonth: '{day}. {month}',
    every: (what) => `${/^\d/.test(what) ? 'alle' : (ARTICLES[what] ?? 'jeden')} ${what}`,
    everyYear: 'jedes Jahr am {}',
    on: 'am {}',
    onThe: 'am {}',
    lastDay: 'letzten Tag',
    dayOf: '{day} im {month}',
    at: 'um {}',
    from: 'ab {}',
    until: 'bis {}',
    zone: '({})',
  },
};
