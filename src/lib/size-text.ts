const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** `1.2 MB`, with the decimal sign of the language; bytes up to a thousand. */
export function sizeText(bytes: number, language = 'en'): string {
  let [value, unit] = [bytes, 0];
  for (; value >= 1_000 && unit < UNITS.length - 1; unit++) value /= 1_000;
  return `${unit === 0 ? value : tenths(value, language)} ${UNITS[unit]}`;
}

function tenths(value: number, language: string): string {
  return value.toLocaleString(language, { minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: false });
}
