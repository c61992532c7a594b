import type { Parts } from './package.ts';

/** How a number is to be read: as days since 1900 (or 1904), or as a part of a day. */
export type DateKind = 'date' | 'time';

const MOST_FORMATS = 10_000;
/** Cells may look in so many ways in Excel. */
const MOST_STYLES = 65_536;
/** The day of 1970 in days since 1900, as Excel counts them. */
const DAY_OF_1970 = 25_569;
/** The first day of 1904, in the same days. */
const DAY_OF_1904 = 1_462;
/** 9999-12-31. */
const LAST_DAY = 2_958_465;
const DAY_SECONDS = 86_400;

/** What each style of cells says of numbers, by the number of the style. */
export function dateStyles(parts: Parts, path: string): readonly (DateKind | undefined)[] {
  const formats = new Map<number, DateKind | undefined>();
  const styles: (DateKind | undefined)[] = [];
  let inCells = false;
  parts.xml(path, {
    open: ({ name, get }) => {
      if (name === 'cellXfs') inCells = true;
      if (name === 'numFmt' && formats.size < MOST_FORMATS)
        formats.set(Number(get('numFmtId')), kindOfFormat(get('formatCode') ?? ''));
      if (name !== 'xf' || !inCells || styles.length >= MOST_STYLES) return;
      const id = Number(get('numFmtId') ?? 0);
      styles.push(formats.has(id) ? formats.get(id) : builtIn(id));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles;
}

/** Formats that every workbook has without saying so. */
function builtIn(id: number): DateKind | undefined {
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47) || id === 32 || id === 33) return 'time';
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? 'date' : undefined;
}

/** `dd/mm/yyyy`, `[h]:mm`: what stands in quotes or brackets is not part of it, but for hours that go on beyond a day. */
export function kindOfFormat(code: string): DateKind | undefined {
  const [first = ''] = code.slice(0, 255).split(';');
  const bare = first.replace(/"[^"]*"|[\\_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '').toLowerCase();
  if (/[yd]/.test(bare)) return 'date';
  if (/[hs]/.test(bare)) return 'time';
  return bare.includes('m') ? 'date' : undefined;
}

/** `2024-05-01`, with its time where there is one, or a time alone; undefined where the number is neither. */
export function dateText(serial: number, kind: DateKind, from1904: boolean): string | undefined {
  if (!(serial >= 0 && serial <= LAST_DAY)) return undefined;
  if (kind === 'time' || serial < 1) return timeText(Math.round(serial * DAY_SECONDS));
  // Excel believes that there was a 29 February 1900.
  const days = from1904 ? serial + DAY_OF_1904 : serial < 60 ? serial + 1 : serial;
  const at = new Date(Math.round((days - DAY_OF_1970) * DAY_SECONDS) * 1_000);
  return at
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ')
    .replace(/ 00:00:00$/, '');
}

function timeText(seconds: number): string {
  const parts = [seconds / 3_600, (seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
}
