import type { Context } from '../../context.ts';
import type { Attached } from '../answers/answer.ts';
import type { Words } from '../answers/words.ts';

/** What a report is about: a server and a day, in UTC, that is over. */
export interface Covered {
  readonly guild: string;
  /** `2026-11-22`. */
  readonly day: string;
  /** The server's language. */
  readonly locale: string;
}

/** What a section says. */
export interface Gathered {
  readonly lines: readonly Words[];
  readonly picture?: Attached;
}

/** A section of the daily report. One file, one line in `sections.ts`, one title in the catalogue. */
export interface Section {
  /** Whether it is worth a report when no other section has anything to say. */
  readonly alone: boolean;
  /** Nothing when there is nothing to say. Must say the same however often it is asked, as far as it can. */
  readonly gather: (covered: Covered, context: Context, signal: AbortSignal) => Promise<Gathered | undefined>;
}

/** The day that is `days` later, or earlier; days are written `2026-11-22`. */
export function dayPlus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
