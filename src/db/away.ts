import { DatabaseAwayError } from '../lib/errors.ts';

/** What postgres.js calls a connection that is gone. */
const CLIENT_CODES = new Set(['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT']);

/** What the server says when it is stopping, starting, or has no connection left: all pass by themselves. */
const SERVER_CODES = new Set(['57P01', '57P02', '57P03', '53300', '08000', '08001', '08003', '08004', '08006']);

/** What the network says. Other clients' errors look the same, so these count only on an error that carries a query. */
const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
]);

const MAX_CAUSES = 8;

/**
 * A DatabaseAwayError when `error`, or what caused it, says that the database cannot be reached at the moment, else
 * undefined. The one place that knows how postgres.js and Postgres say so.
 */
export function databaseError(error: unknown, depth = 0): DatabaseAwayError | undefined {
  if (error instanceof DatabaseAwayError) return error;
  if (!(error instanceof Error)) return undefined;
  if (saysAway(error)) return new DatabaseAwayError('the database cannot be reached', { cause: error });
  if (depth === MAX_CAUSES) return undefined;
  const parts: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  return [error.cause, ...parts].map((part) => databaseError(part, depth + 1)).find((found) => found !== undefined);
}

function saysAway(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (CLIENT_CODES.has(code)) return true;
  return 'query' in error && (SERVER_CODES.has(code) || NETWORK_CODES.has(code));
}
