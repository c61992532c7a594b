import type { Context } from '../../context.ts';
import { BusyError, DeadlineError } from '../../lib/errors.ts';
import {
  HttpAddressError,
  HttpBusyError,
  HttpGoneError,
  HttpRefusedError,
  HttpTooLargeError,
} from '../../lib/http-errors.ts';
import type { Key } from '../../lib/i18n.ts';
import { UserError } from '../answers/user-error.ts';
import { type Said, timestamp, type Words } from '../answers/words.ts';

interface Asking {
  /** Who was asked, as people know it. */
  readonly service: string;
  /** What to say when there is no such thing. */
  readonly missing: Said;
  readonly signal: AbortSignal;
}

/** What another service answered; when it did not, a UserError that says which one, why, and what to do. */
export async function inWords<T>(
  work: Promise<T>,
  { service, missing, signal }: Asking,
  { now }: Pick<Context, 'now'>,
): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    // The command's own time is up, or the bot stops: that is not the service's doing.
    if (signal.aborted || cause instanceof BusyError) throw cause;
    if (cause instanceof HttpGoneError) throw new UserError(missing.key, missing.params);
    const [key, params] = reasonOf(cause, now());
    if (!key) throw cause;
    throw new UserError(key, { service, ...params }, { cause });
  }
}

type Reason = readonly [key?: Key, params?: Readonly<Record<string, Words | number>>];

function reasonOf(error: unknown, now: Date): Reason {
  if (error instanceof DeadlineError) return ['outside.slow'];
  if (error instanceof HttpBusyError) {
    const { retryAfterMs, status } = error;
    if (retryAfterMs === undefined) return ['outside.down'];
    const when = timestamp(new Date(now.getTime() + retryAfterMs + 999));
    return [status === 403 || status === 429 ? 'outside.tooOften' : 'outside.downUntil', { when }];
  }
  if (error instanceof HttpTooLargeError) return ['outside.tooLarge'];
  if (error instanceof HttpAddressError) return ['outside.address'];
  if (error instanceof HttpRefusedError) {
    if (error.status === 401) return ['outside.notLetIn'];
    return [error.status === undefined ? 'outside.nonsense' : 'outside.refused'];
  }
  return [];
}
