/** A failure the bot raises on purpose. Match on the class, log the `cause` chain. */
export abstract class BotError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

/** The operator can fix it: raised before anything has been opened, or when Discord refuses the token. */
export class ConfigError extends BotError {}

/** Work was given up because its time ran out. */
export class DeadlineError extends BotError {}

/** Work was turned away at the door because its queue is full; trying again later is the remedy. */
export class BusyError extends BotError {}

/** A worker task failed; `cause` is what it threw, rebuilt on this thread. */
export class TaskError extends BotError {}

/** The database cannot be reached at the moment; the same call may succeed later. */
export class DatabaseAwayError extends BotError {}

/** The app is stopping: no new work is taken. */
export class StoppingError extends BotError {}

/** An error as plain data: what survives a thread boundary on every runtime. */
export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack?: string;
  readonly cause?: WireError;
  readonly errors?: readonly WireError[];
}

const MAX_CAUSES = 8;

/** Turns anything thrown into plain data, its causes included. Also the log format, so a log line carries the whole chain. */
export function toWire(error: unknown, depth = 0): WireError {
  if (!(error instanceof Error)) return { name: 'NonError', message: String(error) };
  const { name, message, stack, cause } = error;
  const code =
    'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? error.code : undefined;
  const deeper = depth < MAX_CAUSES;
  return {
    name,
    message,
    ...(code !== undefined && { code }),
    ...(stack && { stack }),
    ...(cause !== undefined && deeper && { cause: toWire(cause, depth + 1) }),
    ...(error instanceof AggregateError && deeper && { errors: error.errors.map((one) => toWire(one, depth + 1)) }),
  };
}

/** Rebuilds what `toWire` sent: name, message, code, stack, causes and parts are as they were thrown. */
export function fromWire({ name, message, code, stack, cause, errors }: WireError): Error {
  const options = cause && { cause: fromWire(cause) };
  const error = errors ? new AggregateError(errors.map(fromWire), message, options) : new Error(message, options);
  return Object.assign(error, { name }, code !== undefined && { code }, stack && { stack });
}
