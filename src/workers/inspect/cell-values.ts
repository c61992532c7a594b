/**
 * The number that stands from `start` to `end`, else NaN. Not a number is what has leading zeros or over 15 digits: those
 * are names made of digits (identifiers, postcodes), and there is nothing to reckon with them.
 */
export function numberOf(source: string, start: number, end: number, decimalComma: boolean): number {
  let at = start;
  const sign = source.charCodeAt(at);
  if (sign === 45 || sign === 43) at++;
  const firstDigit = at;
  let [digits, decimals, value] = [0, -1, 0];
  for (; at < end; at++) {
    const code = source.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      if (++digits > 15 && decimals < 0) return Number.NaN;
      value = value * 10 + code - 48;
      if (decimals >= 0) decimals++;
    } else if (decimals < 0 && (code === 46 || (decimalComma && code === 44))) decimals = 0;
    else if ((code === 69 || code === 101) && digits > 0 && end - start <= 40 && !decimalComma)
      return exponent(source.slice(start, end));
    else return Number.NaN;
  }
  if (digits === 0) return Number.NaN;
  const wholeDigits = decimals < 0 ? digits : digits - decimals;
  if (source.charCodeAt(firstDigit) === 48 && wholeDigits > 1) return Number.NaN;
  const number = decimals > 0 ? (digits > 15 ? long(source.slice(start, end)) : value / 10 ** decimals) : value;
  if (digits > 15) return number;
  return sign === 45 ? -number : number;
}

/** More digits than are reckoned with exactly: the runtime knows best. */
function long(text: string): number {
  return text.length <= 40 ? Number(text.replace(',', '.')) : Number.NaN;
}

function exponent(text: string): number {
  const number = /^[-+]?\d+(?:\.\d*)?[eE][-+]?\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : Number.NaN;
}

/** Milliseconds since 1970 of an ISO date, with or without a time; UTC where it names no zone. Else NaN. */
export function dateOf(text: string): number {
  const found =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?) ?(Z|UTC|[+-]\d{2}:?\d{2})?)?$/.exec(
      text.slice(0, 41),
    );
  if (!found) return Number.NaN;
  const [, day = '', time = '00:00', zone = 'Z'] = found;
  const offset = zone === 'UTC' ? 'Z' : zone.replace(/(\d{2})(\d{2})$/, '$1:$2');
  return Date.parse(`${day}T${time.replace(',', '.')}${offset}`);
}

const BOOLEANS = new Set(['true', 'false', 'yes', 'no']);

/** Whether it is yes or no, in one of the usual words. */
export function isBoolean(source: string, start: number, end: number): boolean {
  const code = source.charCodeAt(start) | 32;
  const may = code === 116 || code === 102 || code === 121 || code === 110;
  return may && BOOLEANS.has(source.slice(start, end).toLowerCase());
}

/** `2024-05-01`, or with the time where there is one. */
export function isoDate(at: number): string {
  return new Date(at)
    .toISOString()
    .replace(/T00:00:00\.000Z$/, '')
    .replace(/\.000Z$/, 'Z');
}
