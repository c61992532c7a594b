import { BotError } from './errors.ts';

interface BusyFacts {
  readonly retryAfterMs?: number;
  readonly status?: number;
}

/** The service cannot answer now: 429, 5xx, a lost connection, no answer in time. Trying later may help. */
export class HttpBusyError extends BotError {
  /** What the service asked us to wait, in milliseconds, when it said so. */
  readonly retryAfterMs: number | undefined;
  /** What it answered, when it did. */
  readonly status: number | undefined;

  constructor(message: string, { retryAfterMs, status, ...options }: ErrorOptions & BusyFacts = {}) {
    super(message, options);
    this.retryAfterMs = retryAfterMs;
    this.status = status;
  }
}

/** What was asked for is not there (404), or will never be again (410). */
export class HttpGoneError extends BotError {
  readonly status: number | undefined;

  constructor(message: string, { status, ...options }: ErrorOptions & { readonly status?: number } = {}) {
    super(message, options);
    this.status = status;
  }
}

/** The service understood and will not, or its answer cannot be used (wrong type, not as described). Trying again is no use. */
export class HttpRefusedError extends BotError {
  readonly status: number | undefined;

  constructor(message: string, { status, ...options }: ErrorOptions & { readonly status?: number } = {}) {
    super(message, options);
    this.status = status;
  }
}

/** The answer is larger than the caller takes. */
export class HttpTooLargeError extends BotError {}

/** The address may not be asked at all: private, not https, or no address. */
export class HttpAddressError extends BotError {}
