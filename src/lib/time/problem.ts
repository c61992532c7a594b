import { BotError } from '../errors.ts';
import type { NamedDay } from './say-date.ts';

/** Each has its text under `time.problems` in the catalogue, which says what to write instead. */
export type ProblemCode =
  | 'empty'
  | 'textTooLong'
  | 'notADuration'
  | 'notATime'
  | 'notUnderstood'
  | 'needsUnit'
  | 'negative'
  | 'tooShort'
  | 'tooLong'
  | 'past'
  | 'tooFar'
  | 'noSuchDate'
  | 'noSuchTime'
  | 'noSuchHour'
  | 'noSuchZone'
  | 'wholeYear'
  | 'wrongWeekday'
  | 'ambiguous'
  | 'neverHappens'
  | 'tooOften'
  | 'tooSeldom';

/** What is wrong with what somebody wrote: a code, and the values that its text puts in, said in the words of whoever reads. */
export interface Problem {
  readonly code: ProblemCode;
  readonly params: Readonly<Record<string, string | number | { readonly span: number } | { readonly day: NamedDay }>>;
}

/** What was read, or what is wrong with it. */
export type Parsed<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly problem: Problem };

/** Thrown by whatever reads a part of the text, and caught where the reading began. */
export class TimeTextError extends BotError {
  readonly problem: Problem;

  constructor(code: ProblemCode, params: Problem['params'] = {}) {
    super(`cannot be read as a time: ${code}`);
    this.problem = { code, params };
  }
}

/** Runs `read` and gives back what is wrong as a value. Any other failure is thrown on. */
export function parsed<T>(read: () => T): Parsed<T> {
  try {
    return { ok: true, ...read() };
  } catch (error) {
    if (error instanceof TimeTextError) return { ok: false, problem: error.problem };
    throw error;
  }
}
