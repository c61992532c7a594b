import type { Grammar, Meaning } from './grammar.ts';

/** Gives several words one meaning. */
function mean(words: string, meaning: Meaning): Record<string, Meaning> {
  return Object.fromEntries(words.split('|').map((word) => [word, meaning]));
}

const MONTHS = 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' ');
const WEEKDAYS = 'lunes martes miércoles jueves viernes sábado domingo'.split(' ');
/** Up to ten: `once` is a word of English, too. */
const NUMBERS = 'un|una|uno dos tres cuatro cinco seis siete ocho nueve diez'.split(' ');
/** As they are also written: short, without the accent, of several. */
const WEEKDAY_WORDS = ['lun', '', 'mié|mie|miercoles', 'jue', 'vie', 'sáb|sab|sabado|sábados|sabados', 'dom|domingos'];
const WORKDAYS = [1, 2, 3, 4, 5];

const units = {
  ...mean('seg|segundos', { is: 'unit', unit: 'second' }),
  ...mean('minuto|minutos', { is: 'unit', unit: 'minute' }),
  ...mean('hora|horas', { is: 'unit', unit: 'hour' }),
  ...mean('día|días|dia|dias', { is: 'unit', unit: 'day' }),
  ...mean('semana|semanas', { is: 'unit', unit: 'week' }),
  ...mean('mes|meses', { is: 'unit', unit: 'month' }),
  ...mean('año|años', { is: 'unit', unit: 'year' }),
};

const numbers = {
  ...Object.assign({}, ...NUMBERS.map((words, index) => mean(words, { is: 'count', value: index + 1 }))),
  ...mean('media|medio', { is: 'half' }),
  ...mean('primer|primero|primera', { is: 'ordinal', nth: 1 }),
  ...mean('segunda', { is: 'ordinal', nth: 2 }),
  ...mean('tercer|tercero|tercera', { is: 'ordinal', nth: 3 }),
  ...mean('cuarto|cuarta', { is: 'ordinal', nth: 4 }),
  ...mean('último|última|ultimo|ultima', { is: 'ordinal', nth: -1 }),
  // What is left of 2.º once its letter is an ordinary one.
  ...mean('o', { is: 'ordinal-ending' }),
} as Record<string, Meaning>;

const days: Record<string, Meaning> = Object.assign(
  {
    ...mean('día laborable|dia laborable|día hábil|dia habil', { is: 'weekdays', days: WORKDAYS }),
    ...mean('días laborables|dias laborables|días hábiles', { is: 'weekdays', days: WORKDAYS }),
    ...mean('lunes a viernes', { is: 'weekdays', days: WORKDAYS, repeats: true }),
    ...mean('fin de semana', { is: 'weekdays', days: [6, 7] }),
    ...mean('ayer', { is: 'day', ahead: -1 }),
    ...mean('hoy', { is: 'day', ahead: 0 }),
    ...mean('mañana|manana', { is: 'day', ahead: 1 }),
    ...mean('pasado mañana|pasado manana', { is: 'day', ahead: 2 }),
  },
  ...WEEKDAYS.map((name, index) => {
    const words = [name, ...(WEEKDAY_WORDS[index] ?? '').split('|').filter(Boolean)].join('|');
    const several = words.replaceAll(/[^|]+/g, (word) => `los ${word}`);
    return {
      ...mean(words, { is: 'weekdays', days: [index + 1] }),
      ...mean(several, { is: 'weekdays', days: [index + 1], repeats: true }),
    };
  }),
);

const months: Record<string, Meaning> = Object.assign(
  mean('sept|setiembre', { is: 'month', month: 9 }),
  ...MONTHS.map((name, index) => mean(`${name}|${name.slice(0, 3)}`, { is: 'month', month: index + 1 })),
);

const times = {
  ...mean('mediodía|mediodia', { is: 'time', time: '12:00' }),
  ...mean('medianoche', { is: 'time', time: '00:00' }),
  ...mean('de la mañana|de la manana', { is: 'half-day', half: 'am' }),
  ...mean('de la tarde|de la noche', { is: 'half-day', half: 'pm' }),
  ...mean('por la mañana|por la manana', { is: 'part', time: '09:00' }),
  ...mean('por la tarde', { is: 'part', time: '15:00', pmFrom: 1 }),
  ...mean('por la noche', { is: 'part', time: '20:00', pmFrom: 1 }),
  ...mean('esta tarde', { is: 'part', time: '15:00', pmFrom: 1, today: true }),
  ...mean('esta noche', { is: 'part', time: '20:00', pmFrom: 1, today: true }),
} as Record<string, Meaning>;

const links = {
  ...mean('cada|todos los|todas las|todo el', { is: 'every' }),
  ...mean('diario|diariamente', { is: 'frequency', every: 1, unit: 'day' }),
  ...mean('semanal|semanalmente', { is: 'frequency', every: 1, unit: 'week' }),
  ...mean('mensual|mensualmente', { is: 'frequency', every: 1, unit: 'month' }),
  ...mean('anual|anualmente', { is: 'frequency', every: 1, unit: 'year' }),
  ...mean('en|dentro de|durante', { is: 'in' }),
  ...mean('a las|a la|sobre las', { is: 'at' }),
  ...mean('próximo|próxima|proximo|proxima|siguiente', { is: 'next' }),
  ...mean('que viene|que vienen', { is: 'coming' }),
  ...mean('este|esta', { is: 'this' }),
  ...mean('fin|final|finales', { is: 'end' }),
  ...mean('desde|a partir de|a partir del', { is: 'from' }),
  ...mean('hasta', { is: 'until' }),
  ...mean('y', { is: 'and' }),
  ...mean('hace', { is: 'ago' }),
  ...mean('el|la|los|las|de|del|al', { is: 'filler' }),
} as Record<string, Meaning>;

/** Spanish. */
export const ES: Grammar = {
  words: {
    ...{ ...units, ...numbers, ...days, ...months, ...times, ...links },
    segundo: [
      { is: 'unit', unit: 'second' },
      { is: 'ordinal', nth: 2 },
    ],
  },
  twoWays: [],
  say: {
    locale: 'es',
    units: {
      second: { one: 'segundo', other: 'segundos' },
      minute: { one: 'minuto', other: 'minutos' },
      hour: { one: 'hora', other: 'horas' },
      day: { one: 'día', other: 'días' },
      week: { one: 'semana', other: 'semanas' },
      month: { one: 'mes', other: 'meses' },
      year: { one: 'año', other: 'años' },
    },
    months: MONTHS,
    weekdays: WEEKDAYS,
    workday: 'día laborable',
    ordinal: (nth) => (nth < 0 ? 'último' : `${nth}.º`),
    numbered: (day) => `día ${day}`,
    and: 'y',
    date: '{weekday}, {day} de {month} de {year}',
    dayAndMonth: '{day} de {month}',
    every: (what) => `cada ${what}`,
    everyYear: 'cada año el {}',
    on: 'el {}',
    onThe: 'el {}',
    lastDay: 'último día',
    dayOf: '{day} de {month}',
    at: 'a las {}',
    from: 'desde el {}',
    until: 'hasta el {}',
    zone: '({})',
  },
};
