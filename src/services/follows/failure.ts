import { BotError, BusyError, DeadlineError, StoppingError } from '../../lib/errors.ts';
import {
  HttpAddressError,
  HttpBusyError,
  HttpGoneError,
  HttpRefusedError,
  HttpTooLargeError,
} from '../../lib/http-errors.ts';

/** Why a source could not be read: the end of a key below `follows.failures`. */
export type Failure =
  | 'down'
  | 'slow'
  | 'missing'
  | 'gone'
  | 'refused'
  | 'tooLarge'
  | 'address'
  | 'notAFeed'
  | 'unreadable';

/** What was fetched is no feed. */
export class NotAFeedError extends BotError {}

export type Judged =
  /** `waitMs`: what it asked us to wait. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly waitMs: number }
  /** Nothing is known of the source: we had no hands free, or have asked its host too often. */
  | { readonly kind: 'not-asked'; readonly waitMs: number };

const GONE_FOR_GOOD = 410;
const TOO_OFTEN: readonly (number | undefined)[] = [403, 429];

/** What an error says of a source of this kind. */
export function judgeFailure(error: unknown, kind: string): Judged {
  if (error instanceof BusyError || error instanceof StoppingError) return { kind: 'not-asked', waitMs: 0 };
  if (!(error instanceof HttpBusyError)) return { kind: 'failed', failure: failureOf(error), waitMs: 0 };
  const { retryAfterMs: waitMs = 0, status } = error;
  // All repositories share one allowance, so it says nothing of this one.
  if (kind === 'github' && waitMs > 0 && TOO_OFTEN.includes(status)) return { kind: 'not-asked', waitMs };
  return { kind: 'failed', failure: 'down', waitMs };
}

function failureOf(error: unknown): Failure {
  if (error instanceof NotAFeedError) return 'notAFeed';
  if (error instanceof DeadlineError) return 'slow';
  if (error instanceof HttpGoneError) return error.status === GONE_FOR_GOOD ? 'gone' : 'missing';
  if (error instanceof HttpTooLargeError) return 'tooLarge';
  if (error instanceof HttpAddressError) return 'address';
  return error instanceof HttpRefusedError && error.status !== undefined ? 'refused' : 'unreadable';
}
