import { durationOf, millisecondsOf, TIME, Timeline } from './log-times.ts';
import { linesOf, safeText } from './safe-text.ts';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LogLevel = (typeof LEVELS)[number];

/** Lines that tell of the same error, numbers and ids left out. */
export interface ErrorGroup {
  /** Safe to show. */
  readonly text: string;
  readonly count: number;
  /** Where it stands first, from 1. */
  readonly line: number;
}

export interface LogFacts {
  readonly levels: Readonly<Record<LogLevel, number>>;
  /** Lines without a level of their own, such as those of a stack trace. */
  readonly unlevelled: number;
  /** As they stand in the file. */
  readonly first?: string;
  readonly last?: string;
  /** The first error in the file. */
  readonly firstError?: ErrorGroup;
  /** The errors seen most. */
  readonly groups: readonly ErrorGroup[];
  /** How many different errors there are; more than were kept are not counted. */
  readonly different: number;
  /** A bar for each interval, and how long that is. */
  readonly timeline?: { readonly bars: string; readonly step: string; readonly most: number };
}

const SNIFFED_LINES = 200;
/** Level and time stand at the start; what a line says after that is never searched. */
const HEAD = 200;
const MAX_DIFFERENT = 10_000;
const SHOWN_GROUPS = 5;

const LEVEL =
  /\b(?:trace|verbose|debug|info|notice|warn(?:ing)?|err(?:or)?|crit(?:ical)?|fatal|panic|emerg|alert|severe)\b/i;
const SAME: Readonly<Record<string, LogLevel>> = {
  verbose: 'trace',
  notice: 'info',
  warning: 'warn',
  err: 'error',
  severe: 'error',
  crit: 'fatal',
  critical: 'fatal',
  panic: 'fatal',
  emerg: 'fatal',
  alert: 'fatal',
};
/** What goes wrong without a level: the kernel and systemd say so in words. */
const WRONG =
  /segfault at|Out of memory|oom-kill|general protection|Call Trace|Main process exited, code=(?!exited, status=0)|Failed (?:to start|with result)/;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** Whether most lines at the start tell a time or a level. */
export function looksLikeLog(text: string): boolean {
  let [seen, timed, levelled] = [0, 0, 0];
  for (const line of linesOf(text)) {
    if (line.trim() === '') continue;
    const head = line.slice(0, HEAD);
    if (TIME.test(head.slice(0, 80))) timed++;
    if (LEVEL.test(head)) levelled++;
    if (++seen === SNIFFED_LINES) break;
  }
  return seen >= 2 && (timed >= seen * 0.5 || (levelled >= seen * 0.8 && timed >= 1) || levelled === seen);
}

/** A line, or a record, of a log. */
interface Entry {
  readonly level: LogLevel | undefined;
  /** As it stands in the file. */
  readonly time: string | undefined;
  readonly at: number;
  readonly text: string;
  readonly line: number;
}

/** Reads a log line by line: counts by level, errors that come again and again, and when they came. */
export class LogReader {
  readonly #levels: Record<LogLevel, number> = { trace: 0, debug: 0, info: 0, warn: 0, error: 0, fatal: 0 };
  readonly #groups = new Map<string, { count: number; readonly line: number }>();
  readonly #timeline = new Timeline();
  #unlevelled = 0;
  #first: string | undefined;
  #last: string | undefined;
  #firstError: { readonly text: string; readonly line: number } | undefined;

  line(line: string, number: number): void {
    const head = line.length > HEAD ? line.slice(0, HEAD) : line;
    const time = TIME.exec(head)?.[0];
    const level = levelOf(head);
    this.entry({ level, time, at: time === undefined ? Number.NaN : millisecondsOf(time), text: head, line: number });
  }

  entry({ level, time, at, text, line }: Entry): void {
    this.#first ??= time;
    this.#last = time ?? this.#last;
    this.#timeline.seen(at);
    if (level) this.#levels[level]++;
    else if (text !== '') this.#unlevelled++;
    if (level !== 'error' && level !== 'fatal') return;
    this.#timeline.error(at);
    const shown = (time === undefined ? text : text.replace(time, ''))
      .replace(/^\s*(?:\[\s?\]|\(\s?\))?[\s|:-]*/, '')
      .trim();
    this.#firstError ??= { text: shown, line };
    this.#count(sameOf(shown), line);
  }

  facts(): LogFacts {
    const sorted = [...this.#groups].sort((a, b) => b[1].count - a[1].count);
    const timeline = this.#timeline.facts();
    const first = this.#firstError;
    return {
      levels: this.#levels,
      unlevelled: this.#unlevelled,
      ...(this.#first !== undefined && { first: this.#first }),
      ...(this.#last !== undefined && { last: this.#last }),
      ...(first && { firstError: { text: safeText(first.text, 160), line: first.line, count: 1 } }),
      groups: sorted
        .slice(0, SHOWN_GROUPS)
        .map(([text, { count, line }]) => ({ text: safeText(text, 120), count, line })),
      different: this.#groups.size,
      ...(timeline && { timeline: { bars: timeline.bars, step: durationOf(timeline.stepMs), most: timeline.most } }),
    };
  }

  /** A file in which every line is a different error keeps only the first so many. */
  #count(text: string, line: number): void {
    const known = this.#groups.get(text);
    if (known) known.count++;
    else if (this.#groups.size < MAX_DIFFERENT) this.#groups.set(text, { count: 1, line });
  }
}

function levelOf(head: string): LogLevel | undefined {
  const word = LEVEL.exec(head)?.[0].toLowerCase();
  if (word === undefined) return WRONG.test(head) ? 'error' : undefined;
  return levelCalled(word);
}

/** The level of this name, whichever logger wrote it; numbers are those of bunyan and pino. */
export function levelCalled(word: string | number): LogLevel | undefined {
  if (typeof word === 'number') return LEVELS[Math.max(0, Math.min(5, Math.floor(word / 10) - 1))];
  const name = word.toLowerCase();
  return SAME[name] ?? LEVELS.find((level) => level === name);
}

/** The text without what differs from one time to the next of the same error: words with numbers in them become `#`. */
export function sameOf(text: string): string {
  let same = '';
  let at = 0;
  const plain = text.includes('-') ? text.replace(UUID, '#') : text;
  while (at < plain.length) {
    const start = at;
    let digits = 0;
    let hex = true;
    for (let code = plain.charCodeAt(at); isWord(code); code = plain.charCodeAt(++at)) {
      if (code >= 48 && code <= 57) digits++;
      else if (hex && !((code | 32) >= 97 && (code | 32) <= 102) && (code | 32) !== 120) hex = false;
    }
    const word = plain.slice(start, at);
    if (digits === 0) same += word;
    else same += hex ? '#' : word.replace(/\d+/g, '#');
    if (at < plain.length) same += plain[at++];
  }
  return same;
}

function isWord(code: number): boolean {
  const letter = code | 32;
  return (letter >= 97 && letter <= 122) || (code >= 48 && code <= 57) || code === 95;
}
