import { fromWire, TaskError, toWire, type WireError } from '../lib/errors.ts';
import {
  HttpAddressError,
  HttpBusyError,
  HttpGoneError,
  HttpRefusedError,
  HttpTooLargeError,
} from '../lib/http-errors.ts';

/** What an errand failed with, as data: which class of `http-errors.ts`, and what that class tells besides. */
export interface ErrandFailure {
  readonly kind: 'busy' | 'gone' | 'refused' | 'too-large' | 'address' | 'failed';
  readonly retryAfterMs?: number;
  readonly status?: number;
  readonly error: WireError;
}

export function failureOf(error: unknown): ErrandFailure {
  const { retryAfterMs, status } =
    error instanceof HttpBusyError ? error : { retryAfterMs: undefined, status: undefined };
  const told = error instanceof HttpRefusedError || error instanceof HttpGoneError ? error.status : status;
  return {
    kind: kindOf(error),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(told !== undefined && { status: told }),
    error: toWire(error),
  };
}

function kindOf(error: unknown): ErrandFailure['kind'] {
  if (error instanceof HttpBusyError) return 'busy';
  if (error instanceof HttpGoneError) return 'gone';
  if (error instanceof HttpRefusedError) return 'refused';
  if (error instanceof HttpTooLargeError) return 'too-large';
  return error instanceof HttpAddressError ? 'address' : 'failed';
}

/** The error that the errand threw, of its own class again. */
export function rebuiltFailure(name: string, failure: ErrandFailure): Error {
  const { kind, retryAfterMs, status, error } = failure;
  const { message } = error;
  const options = {
    ...(error.cause && { cause: fromWire(error.cause) }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(status !== undefined && { status }),
  };
  switch (kind) {
    case 'busy':
      return new HttpBusyError(message, options);
    case 'gone':
      return new HttpGoneError(message, options);
    case 'refused':
      return new HttpRefusedError(message, options);
    case 'too-large':
      return new HttpTooLargeError(message, options);
    case 'address':
      return new HttpAddressError(message, options);
    case 'failed':
      return new TaskError(`${name} failed`, { cause: fromWire(error) });
    default: {
      const never: never = kind;
      return never;
    }
  }
}
