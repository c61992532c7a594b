import { type Logger, pino } from 'pino';
import { withDeadline } from './deadline.ts';
import { toWire } from './errors.ts';
import { type LineSink, LineWriter } from './line-writer.ts';
import { prettyTo } from './pretty-lines.ts';
import { hider } from './secrets.ts';

/** What pino begins every line with. */
const HEAD = /^\{"level":"\w+","time":"[^"]+"/;
const FLUSH_MS = 1_000;

export type { Logger } from 'pino';

/** A longer line is cut: hiding secrets takes time by length, and nobody reads that much. */
const LONGEST_LINE = 32_000;

/**
 * The log: one line an event, on standard output unless `destination` is given, and never a write that holds the main
 * thread up. Secrets are hidden wherever they stand; an error under `error` is logged with its whole cause chain.
 * `onLine` hears the level of each line, and "dropped" for each that could not be kept.
 */
export function createLog({
  level,
  format,
  secrets,
  destination,
  onLine = () => {},
}: {
  readonly level: string;
  readonly format: 'pretty' | 'json';
  readonly secrets: readonly string[];
  readonly destination?: LineSink;
  readonly onLine?: (level: string) => void;
}): Logger {
  const hide = hider(secrets, LONGEST_LINE);
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
      streamWrite: (line) => within(line, hide(line)),
    },
  };
  const sink = destination ?? standardOutput(() => onLine('dropped'));
  return pino(options, format === 'pretty' ? prettyTo(sink) : sink);
}

/**
 * Resolves when everything logged so far has left the process, or nobody has read it for a second. To be awaited before
 * `process.exit`, which would cut a line off that is being written.
 */
export async function flushLog(log: Logger): Promise<void> {
  const flushed = () => new Promise<void>((resolve) => log.flush(() => resolve()));
  await withDeadline('writing the log out', flushed, { deadlineMs: FLUSH_MS }).catch(() => {});
}

function standardOutput(onDrop: () => void): LineSink {
  const output = new LineWriter({ onDrop });
  process.on('exit', () => output.writeRest());
  return output;
}

/** `hidden` when that is all of the line, else a line that says how much was cut and holds the beginning as its text. */
function within(line: string, hidden: string): string {
  if (hidden.endsWith('\n')) return hidden;
  const head = HEAD.exec(hidden)?.[0] ?? '{"level":"error"';
  return `${head},"cutFrom":${line.length},"msg":${JSON.stringify(hidden)}}\n`;
}
