import { dateOf, numberOf } from './cell-values.ts';

/** What a value may mean: a number whose thousands commas or points part, a date with the day or the month first. */
export const READINGS = ['plain', 'commas', 'dots', 'dayFirst', 'monthFirst'] as const;
export type Reading = (typeof READINGS)[number];
/** NaN where it cannot be read so; dates in milliseconds since 1970. */
export type Readings = Readonly<Record<Reading, number>>;

const NONE: Readings = {
  plain: Number.NaN,
  commas: Number.NaN,
  dots: Number.NaN,
  dayFirst: Number.NaN,
  monthFirst: Number.NaN,
};
const LONGEST = 40;
const MOST_DIGITS = 15;
const COMMA = 44;
const DASH = 45;
const POINT = 46;
/** A sign and three digits. */
const THOUSANDS = 4;
/** `,` `.` `/` `'`, spaces, and what typesetters put between thousands. */
const SIGNS = new Set([44, 46, 47, 39, 32, 0xa0, 0x202f, 0x2019]);
const GROUPED = /^[-+]?[1-9]\d{0,2}([,.' \u00a0\u202f\u2019])\d{3}(?:\1\d{3})*(?:([.,])\d+)?$/;
const FOUR_BYTES = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const DAY_AND_MONTH =
  /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:,?[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?: ?([AaPp])[Mm])?)?$/;

/** What the value from `start` to `end` may mean, if that depends on the others of its column; else nothing. */
export function readingsOf(source: string, start: number, end: number, decimalComma: boolean): Readings | undefined {
  if (end - start > LONGEST || !dependsOnOthers(source, start, end, decimalComma)) return undefined;
  const text = source.slice(start, end);
  return datesOf(text) ?? numbersOf(text, decimalComma);
}

/** Whether it can be read as a number or a date in any way. */
export function isReadable(readings: Readings): boolean {
  return READINGS.some((reading) => !Number.isNaN(readings[reading]));
}

/** Whether it is a number or a date, as a heading is not. */
export function isValue(field: string, decimalComma: boolean): boolean {
  const text = field.trim();
  if (!Number.isNaN(numberOf(text, 0, text.length, decimalComma)) || !Number.isNaN(dateOf(text))) return true;
  const readings = readingsOf(text, 0, text.length, decimalComma);
  return readings !== undefined && isReadable(readings);
}

/** Nearly all numbers are whole, or have one sign that parts no thousands: they are told at a glance. */
function dependsOnOthers(source: string, start: number, end: number, decimalComma: boolean): boolean {
  let sign = -1;
  for (let at = start; at < end; at++) {
    const code = source.charCodeAt(at);
    if (!SIGNS.has(code)) continue;
    if (sign >= 0 || !(code === POINT || (decimalComma && code === COMMA))) return true;
    sign = at;
  }
  if (sign >= 0) return end - sign === THOUSANDS;
  return source.charCodeAt(start + 1) === DASH || source.charCodeAt(start + 2) === DASH;
}

function numbersOf(text: string, decimalComma: boolean): Readings {
  const plain = numberOf(text, 0, text.length, decimalComma);
  const [, sign, decimal] = GROUPED.exec(text) ?? [];
  const grouped = sign !== undefined && sign !== decimal ? withoutGroups(text, decimal) : Number.NaN;
  if (sign !== undefined && sign !== ',' && sign !== '.')
    return { ...NONE, plain: grouped, commas: grouped, dots: grouped };
  const withPoint = numberOf(text, 0, text.length, false);
  const withComma = text.includes('.') ? Number.NaN : numberOf(text, 0, text.length, true);
  return {
    ...NONE,
    plain,
    commas: sign === ',' ? grouped : withPoint,
    dots: sign === '.' ? grouped : withComma,
  };
}

/** Addresses of the internet, which are parted in the same way, are no numbers, nor is what has too many digits. */
function withoutGroups(text: string, decimal: string | undefined): number {
  if (FOUR_BYTES.test(text) && text.split('.').every((byte) => Number(byte) < 256)) return Number.NaN;
  const [whole = '', rest = ''] = decimal === undefined ? [text] : text.split(decimal);
  const digits = whole.replace(/[^-\d]/g, '');
  return digits.length + rest.length > MOST_DIGITS ? Number.NaN : Number(`${digits}.${rest}`);
}

function datesOf(text: string): Readings | undefined {
  const [, first = '', sign, second = '', year = '', ...time] = DAY_AND_MONTH.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const at = timeOf(time);
  const dayFirst = dateAt(Number(year), Number(second), Number(first)) + at;
  // Whoever writes points between them writes the day first.
  const monthFirst = sign === '.' ? Number.NaN : dateAt(Number(year), Number(first), Number(second)) + at;
  return { ...NONE, dayFirst, monthFirst };
}

/** NaN for days that no month has. */
function dateAt(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : Number.NaN;
}

/** Milliseconds since midnight. */
function timeOf([hours = '0', minutes = '0', seconds = '0', half]: readonly (string | undefined)[]): number {
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0);
  const valid = hour < 24 && Number(minutes) < 60 && Number(seconds) < 60;
  return valid ? ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000 : Number.NaN;
}
