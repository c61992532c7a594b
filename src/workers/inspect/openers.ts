import { openText } from './open-text.ts';
import type { Opener } from './opener.ts';
import type { Report } from './report.ts';

/** Who opens which kind of file, one line a kind; a kind that is not listed is named and not opened. */
export const OPENERS: Readonly<Partial<Record<Report['type'], Opener>>> = {
  text: openText,
};
