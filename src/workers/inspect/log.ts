import { linesOf, safeText } from './safe-text.ts';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
type Level = (typeof LEVELS)[number];

export interface LogShape {
  readonly levels: Record<Level, number>;
  /** Lines without a level of their own, such as those of a stack trace. */
  readonly unlevelled: number;
  /** As they stand in the file. */
  readonly first?: string;
  readonly last?: string;
  /** The error lines seen most, numbers and times left out; safe to show. */
  readonly repeated: { line: string; count: number }[];
}

const SNIFFED_LINES = 200;
/** Level and time stand at the start; what a line says after that is never searched. */
const HEAD = 200;
const MAX_DIFFERENT = 10_000;
const SHOWN_REPEATED = 5;

const TIME =
  /\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?|\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2}(?: [+-]\d{4})?|\b[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2}\b|\b\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?\b/;
const LEVEL = /\b(?:trace|verbose|debug|info|notice|warn(?:ing)?|err(?:or)?|crit(?:ical)?|fatal|panic|emerg|alert)\b/i;
const SAME: Readonly<Record<string, Level>> = {
  verbose: 'trace',
  notice: 'info',
  warning: 'warn',
  err: 'error',
  crit: 'fatal',
  critical: 'fatal',
  panic: 'fatal',
  emerg: 'fatal',
  alert: 'fatal',
};
/** Numbers and hexadecimal ids differ from one line to the next of the same error. */
const VARYING = /\b(?:0x)?[0-9a-f]*\d[0-9a-f]*\b/gi;

/** Whether most lines at the start tell a time or a level. */
export function looksLikeLog(text: string): boolean {
  let seen = 0;
  let timed = 0;
  let levelled = 0;
  for (const line of linesOf(text)) {
    if (line.trim() === '') continue;
    const head = line.slice(0, HEAD);
    if (TIME.test(head.slice(0, 80))) timed++;
    if (LEVEL.test(head)) levelled++;
    if (++seen === SNIFFED_LINES) break;
  }
  return seen >= 2 && (timed >= seen * 0.5 || (levelled >= seen * 0.8 && timed >= 1) || levelled === seen);
}

/** Counts the lines of a log by level, and which errors come again and again. */
export function logShape(text: string): LogShape {
  const levels = { trace: 0, debug: 0, info: 0, warn: 0, error: 0, fatal: 0 };
  const errors = new Map<string, number>();
  let unlevelled = 0;
  let first: string | undefined;
  let last: string | undefined;
  for (const line of linesOf(text)) {
    const head = line.slice(0, HEAD);
    const time = TIME.exec(head)?.[0];
    first ??= time;
    last = time ?? last;
    const level = levelOf(head);
    if (level) levels[level]++;
    else if (head !== '') unlevelled++;
    if (level === 'error' || level === 'fatal') count(errors, head.replace(TIME, '').replace(VARYING, '#').trim());
  }
  return { levels, unlevelled, ...(first && { first }), ...(last && { last }), repeated: mostSeen(errors) };
}

function levelOf(head: string): Level | undefined {
  const word = LEVEL.exec(head)?.[0].toLowerCase();
  if (word === undefined) return undefined;
  return SAME[word] ?? LEVELS.find((level) => level === word);
}

/** A file in which every line is a different error keeps only the first so many. */
function count(errors: Map<string, number>, line: string): void {
  const known = errors.get(line);
  if (known !== undefined || errors.size < MAX_DIFFERENT) errors.set(line, (known ?? 0) + 1);
}

function mostSeen(errors: ReadonlyMap<string, number>): LogShape['repeated'] {
  return [...errors]
    .filter(([, times]) => times > 1)
    .sort((a, b) => b[1] - a[1])
    .slice(0, SHOWN_REPEATED)
    .map(([line, times]) => ({ line: safeText(line, 160), count: times }));
}
