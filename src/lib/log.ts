import { type Logger, pino } from 'pino';
import { prettyFactory } from 'pino-pretty';
import { toWire } from './errors.ts';
import { hider } from './secrets.ts';

export type { Logger } from 'pino';

/** What a destination must be able to do; a line ends with a newline. */
export interface LineSink {
  write(line: string): unknown;
  flush?(done: (error?: Error) => void): void;
}

/** Lines waiting for a destination that does not read are dropped beyond this many bytes, rather than fill the memory. */
const MOST_WAITING_BYTES = 8 * 1024 * 1024;

/**
 * The log: one line an event, on standard output unless `destination` is given, and never a write that holds the main
 * thread up. Secrets are hidden wherever they stand; an error under `error` is logged with its whole cause chain.
 * `onLine` hears the level of each line written.
 */
export function createLog({
  level,
  format,
  secrets,
  destination = standardOutput(),
  onLine = () => {},
}: {
  readonly level: string;
  readonly format: 'pretty' | 'json';
  readonly secrets: readonly string[];
  readonly destination?: LineSink;
  readonly onLine?: (level: string) => void;
}): Logger {
  const hide = hider(secrets);
  const options: pino.LoggerOptions = {
    level,
    base: null,
    errorKey: 'error',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: toWire },
    hooks: {
      logMethod(args, method, number) {
        onLine(pino.levels.labels[number] ?? 'other');
        method.apply(this, args);
      },
      streamWrite: hide,
    },
  };
  return pino(options, format === 'pretty' ? prettyTo(destination) : destination);
}

/** Resolves when everything logged so far has left the process; call it before leaving. */
export function flushLog(log: Logger): Promise<void> {
  // A destination that cannot be synced (a pipe, a terminal) answers with an error after having written all.
  return new Promise((resolve) => log.flush(() => resolve()));
}

function standardOutput(): LineSink {
  // With minLength 0 `flush` would not wait; with 1 a line is still written at once.
  return pino.destination({ fd: 1, sync: false, minLength: 1, maxLength: MOST_WAITING_BYTES });
}

/** pino-pretty as a plain function: its worker thread would not be found inside the single binary. */
function prettyTo(destination: LineSink): LineSink {
  const pretty = prettyFactory({ colorize: process.stdout.isTTY, ignore: 'pid,hostname', errorLikeObjectKeys: [] });
  return {
    write: (line) => destination.write(pretty(line)),
    flush: (done) => (destination.flush ? destination.flush(done) : done()),
  };
}
