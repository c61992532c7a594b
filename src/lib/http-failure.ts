import { HTTPError } from 'ky';
import { BotError, DeadlineError } from './errors.ts';
import { HttpBusyError, HttpGoneError, HttpRefusedError } from './http-errors.ts';

/** How a request ended, for counting. */
export type HttpOutcome = 'ok' | 'busy' | 'gone' | 'refused' | 'deadline' | 'aborted';

/** Statuses after which trying again may help. */
export const BUSY = [408, 425, 429, 500, 502, 503, 504];
/** What is answered to who has asked too often: GitHub says 403 as well, and tells which one is meant in its headers. */
const TOO_OFTEN = [403, 429];

/** What a failed request means to whoever asked, by class. */
export function classified(what: string, cause: unknown): unknown {
  if (cause instanceof BotError) return cause;
  if (!(cause instanceof HTTPError)) return new HttpBusyError(`${what} got no answer`, { cause });
  const { status } = cause.response;
  const message = `${what} was answered ${status}`;
  if (status === 404 || status === 410) return new HttpGoneError(message, { cause, status });
  const retryAfterMs = waitAskedBy(cause);
  const asksToWait = TOO_OFTEN.includes(status) && retryAfterMs > 0;
  if (!asksToWait && !BUSY.includes(status) && status < 500) {
    return new HttpRefusedError(message, { cause, status });
  }
  return new HttpBusyError(message, { cause, status, ...(retryAfterMs > 0 && { retryAfterMs }) });
}

export function outcomeOf(error: unknown): Exclude<HttpOutcome, 'ok'> {
  if (error instanceof HttpBusyError) return 'busy';
  if (error instanceof HttpGoneError) return 'gone';
  if (error instanceof DeadlineError) return 'deadline';
  return error instanceof BotError ? 'refused' : 'aborted';
}

/**
 * Milliseconds that an answer asks us to wait: by `Retry-After` (seconds or a date), or by GitHub's `X-RateLimit-Reset`
 * (seconds of the epoch) when nothing remains; 0 when it does not.
 */
export function waitAskedBy(error: unknown): number {
  if (!(error instanceof HTTPError)) return 0;
  const { headers } = error.response;
  const after = headers.get('retry-after');
  if (after) {
    const seconds = Number(after);
    return upTo(Number.isNaN(seconds) ? Date.parse(after) - Date.now() : seconds * 1000);
  }
  if (headers.get('x-ratelimit-remaining') !== '0') return 0;
  return upTo(Number(headers.get('x-ratelimit-reset') ?? 0) * 1000 - Date.now());
}

/** A service that says "never" is asked again tomorrow. */
function upTo(ms: number): number {
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(0, ms), 86_400_000);
}
