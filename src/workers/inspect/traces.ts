import { sameOf } from './log.ts';
import { safeText } from './safe-text.ts';
import { Beginnings, causeOf, errorIn, type Frame, frameOf, type TraceKind } from './trace-lines.ts';

/** Traces of the same error. All texts are safe to show. */
export interface TraceGroup {
  readonly kind: TraceKind;
  /** What was raised. */
  readonly what: string;
  /** What made it happen, where the trace tells: the first cause of a chain. */
  readonly cause?: string;
  /** Where it happened, in code that is nobody's library if there is any. */
  readonly place?: string;
  readonly count: number;
  /** Where the first of them begins, from 1. */
  readonly line: number;
}

export interface TraceFacts {
  readonly traces: number;
  /** Those seen most. */
  readonly groups: readonly TraceGroup[];
  /** Lines that belong to traces. */
  readonly lines: number;
}

const LINE = 300;
const MOST_GROUPS = 1_000;
const SHOWN_GROUPS = 5;
/** A trace that says nothing any more for so many lines is over. */
const PATIENCE = 3;

interface Open {
  kind: TraceKind | undefined;
  what: string;
  cause: string | undefined;
  frame: Frame | undefined;
  line: number;
  /** The error is told of in a later line. */
  later: boolean;
  frames: number;
  quiet: number;
  /** Python says that the error before has led to this one. */
  readonly chained: boolean;
}

/** Finds stack traces line by line, in a log or alone: which errors, how often, what made them happen, and where. */
export class TraceReader {
  readonly #beginnings: Beginnings;
  readonly #groups = new Map<string, { -readonly [K in keyof TraceGroup]: TraceGroup[K] }>();
  #open: Open | undefined;
  #before = '';
  #beforeLine = 0;
  #traces = 0;
  #lines = 0;
  /** Of a chain in Python, which tells of the cause first. */
  #pythonCause: string | undefined;

  constructor(text: string) {
    this.#beginnings = new Beginnings(text);
  }

  line(whole: string, number: number): void {
    const line = whole.length > LINE ? whole.slice(0, LINE) : whole;
    const frame = frameOf(line);
    if (frame) this.#frame(frame, number);
    else if (!this.#continues(line)) this.#begin(line, number);
    if (this.#open) this.#lines++;
    if (line === '' || frame) return;
    this.#before = line;
    this.#beforeLine = number;
  }

  facts(): TraceFacts {
    this.#close();
    const groups = [...this.#groups.values()].sort((a, b) => b.count - a.count).slice(0, SHOWN_GROUPS);
    return { traces: this.#traces, groups, lines: this.#lines };
  }

  #begin(line: string, number: number): void {
    const heading = this.#beginnings.of(line);
    if (!heading) return;
    this.#close();
    const { kind, what, later } = heading;
    const chained = /above exception/.test(this.#before);
    this.#open = { kind, what, cause: undefined, frame: undefined, line: number, later, frames: 0, quiet: 0, chained };
    if (kind === 'rust' && what !== '') this.#open.frame = { kind, place: what.replace(/[:,]$/, ''), own: true };
    if (kind === 'rust') this.#open.what = 'panic';
  }

  #frame(frame: Frame, number: number): void {
    // Lines that are indented and begin with "at" stand in prose as well: without an error before, they are no trace.
    const what = this.#open ? undefined : errorIn(this.#before);
    if (!this.#open && what === undefined) return;
    this.#open ??= {
      kind: frame.kind,
      what: what ?? '',
      cause: undefined,
      frame: undefined,
      line: number - this.#beforeLine <= 2 ? this.#beforeLine : number,
      later: false,
      frames: 0,
      quiet: 0,
      chained: false,
    };
    const open = this.#open;
    open.kind ??= frame.kind;
    open.frames++;
    open.quiet = 0;
    // Python names the place that matters last, all others first.
    const better = open.kind === 'python' ? frame.own || !open.frame?.own : frame.own && !open.frame?.own;
    if (!open.frame || better) open.frame = frame;
  }

  /** Whether a line without a place still belongs to the trace that is open. */
  #continues(line: string): boolean {
    const open = this.#open;
    if (!open) return false;
    const cause = causeOf(line);
    if (cause !== undefined) {
      open.cause = cause;
      // A cause has a stack of its own, but for .NET, which tells of it first: the first place in it that is nobody's
      // library is where to look. The JVM leaves out places that both have: where no others are left, those before stand.
      if ((open.kind === 'javascript' || open.kind === 'jvm') && open.frame) open.frame = { ...open.frame, own: false };
      open.quiet = 0;
      return true;
    }
    if (open.later) return this.#later(open, line);
    const indented = line.startsWith(' ') || line.startsWith('\t');
    const filler =
      indented ||
      /^(?:goroutine \d|\[signal |\.\.\. \d|Call Trace|RIP: |created by |stack backtrace|[\w./]{1,100}\(.{0,200}\)$)/.test(
        line,
      );
    if (filler && ++open.quiet <= PATIENCE * 10) return true;
    if (line === '' && ++open.quiet <= PATIENCE) return true;
    this.#close();
    return false;
  }

  #later(open: Open, line: string): boolean {
    const indented = line.startsWith(' ') || line.startsWith('\t');
    if (line === '' || (open.kind === 'python' && indented)) return ++open.quiet <= PATIENCE * 10;
    open.later = false;
    open.what = line.trim();
    if (open.kind === 'python') this.#closePython(open);
    return true;
  }

  /** "During handling of the above exception" and the like: the error before is the cause of the next. */
  #closePython(open: Open): void {
    open.cause = open.chained ? this.#pythonCause : undefined;
    this.#pythonCause = open.cause ?? open.what;
    this.#lines++;
    this.#close();
  }

  #close(): void {
    const open = this.#open;
    this.#open = undefined;
    if (!open || (open.later && open.frames === 0)) return;
    this.#traces++;
    const kind = open.kind ?? 'javascript';
    const what = safeText(open.what || '?', 160);
    const key = `${kind} ${sameOf(what)}`;
    const known = this.#groups.get(key);
    if (known) known.count++;
    else if (this.#groups.size < MOST_GROUPS) {
      const cause = open.cause === undefined ? {} : { cause: safeText(open.cause, 160) };
      const place = open.frame ? { place: safeText(open.frame.place, 120) } : {};
      this.#groups.set(key, { kind, what, ...cause, ...place, count: 1, line: open.line });
    }
  }
}
