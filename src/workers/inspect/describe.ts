import type { Report } from './report.ts';

/** What one kind of text adds to its report. */
export interface Description extends Partial<Pick<Report, 'facts' | 'findings' | 'previews' | 'limits' | 'secrets'>> {
  readonly type: Report['type'];
  readonly mime: string;
}

/** As many lines of a text as a card shows, and as wide. */
export const PREVIEW = { lines: 14, width: 100 };

/** Six digits say enough; large whole numbers are shown whole. */
export function shortNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  return String(Number(value.toPrecision(6)));
}
