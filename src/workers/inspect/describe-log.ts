import { type Budget, LimitError } from './budget.ts';
import { type Description, PREVIEW } from './describe.ts';
import { around } from './describe-data.ts';
import { type LogFacts, LogReader, levelCalled } from './log.ts';
import type { Fact, LimitHit } from './report.ts';
import { linesOf, safeLines, safeText } from './safe-text.ts';
import { type TraceFacts, TraceReader } from './traces.ts';
import { withoutColours } from './unseen-marks.ts';
import { versionsIn } from './versions.ts';

/** Versions stand where a program starts, and where it ends. */
const VERSIONS_HEAD = 100_000;
const VERSIONS_TAIL = 30_000;
const EXCERPT = { before: 3, after: 9 };
const LINES_A_TICK = 512;

interface Read {
  readonly log: LogFacts;
  readonly traces: TraceFacts;
  readonly limits: LimitHit[];
}

/** A log, or a stack trace alone: what went wrong first, what most often, when, and with which versions. */
export function describeLog(text: string, kind: 'log' | 'trace', budget: Budget): Description {
  const log = new LogReader();
  const traces = new TraceReader(text);
  const limits = reading(text, budget, (line, number) => {
    if (kind === 'log') log.line(line, number);
    traces.line(line, number);
  });
  return { type: kind, mime: 'text/plain', ...said(text, { log: log.facts(), traces: traces.facts(), limits }) };
}

/** The same of a log of which each line is JSON, as pino, bunyan, zap and others write it. Nothing when it is no log. */
export function describeLogRecords(
  text: string,
  keys: readonly string[],
  budget: Budget,
): Pick<Description, 'facts' | 'limits'> {
  const levelled = keys.some((key) => /^(?:level|lvl|severity|loglevel|log\.level)$/i.test(key));
  if (!levelled) return {};
  const log = new LogReader();
  const limits = reading(text, budget, (line, number) => {
    const record = line.length < 20_000 ? parsed(line) : undefined;
    if (record) log.entry({ ...entryOf(record), line: number });
  });
  return { facts: logFacts(log.facts()), limits };
}

function reading(text: string, budget: Budget, take: (line: string, number: number) => void): LimitHit[] {
  let number = 0;
  try {
    for (const line of linesOf(text)) {
      if (++number % LINES_A_TICK === 0) budget.checkTime();
      take(line, number);
    }
    return [];
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    return [error.hit];
  }
}

function parsed(line: string): ReadonlyMap<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const plain = typeof value === 'object' && value !== null && !Array.isArray(value);
    return plain ? new Map(Object.entries(value)) : undefined;
  } catch {
    return undefined; // counted among the broken records already
  }
}

function entryOf(record: ReadonlyMap<string, unknown>) {
  const pick = (...names: string[]) => names.map((name) => record.get(name)).find((value) => value !== undefined);
  const level = pick('level', 'lvl', 'severity', 'loglevel', 'log.level');
  const time = pick('time', 'timestamp', 'ts', '@timestamp', 'date');
  const text = pick('msg', 'message', 'event', 'error', 'err');
  const at = typeof time === 'number' ? (time < 1e11 ? time * 1_000 : time) : Date.parse(String(time));
  const known = Number.isFinite(at) && Math.abs(at) < 8e15;
  return {
    level: levelOf(level),
    time: known ? new Date(at).toISOString() : undefined,
    at: known ? at : Number.NaN,
    text: typeof text === 'string' ? withoutColours(text.slice(0, 400)).slice(0, 200) : '',
  };
}

function levelOf(level: unknown) {
  if (typeof level === 'number') return levelCalled(level);
  return typeof level === 'string' ? levelCalled(withoutColours(level)) : undefined;
}

function said(text: string, { log, traces, limits }: Read): Pick<Description, 'facts' | 'previews' | 'limits'> {
  const [firstTrace] = traces.groups.toSorted((a, b) => a.line - b.line);
  const line = Math.min(log.firstError?.line ?? Number.POSITIVE_INFINITY, firstTrace?.line ?? Number.POSITIVE_INFINITY);
  const versions = versionsIn(
    `${text.slice(0, VERSIONS_HEAD)}\n${text.slice(Math.max(VERSIONS_HEAD, text.length - VERSIONS_TAIL))}`,
  );
  const shown = versions.map((one) => safeText(one, 60)).join(', ');
  const facts: Fact[] = [
    ...causeFacts(log, traces),
    ...traceFacts(traces),
    ...logFacts(log),
    ...(versions.length > 0 ? [{ label: 'versions', code: 'plain', params: { value: shown } } as const] : []),
  ];
  const excerpt = Number.isFinite(line) ? around(text, line, EXCERPT) : safeLines(text, PREVIEW);
  return { facts, limits, previews: [{ kind: 'text', language: '', text: excerpt }] };
}

/** What came first is what to mend first: the deepest cause of the first trace, else the first line that is an error. */
function causeFacts({ firstError }: LogFacts, { groups }: TraceFacts): Fact[] {
  const [trace] = groups.toSorted((a, b) => a.line - b.line);
  if (trace && (!firstError || trace.line <= firstError.line + 2)) {
    const { what, cause = what, place, line } = trace;
    if (place === undefined) return [{ label: 'cause', code: 'causeLine', params: { text: cause, line } }];
    return [{ label: 'cause', code: 'causePlace', params: { text: cause, place, line } }];
  }
  if (!firstError) return [];
  return [{ label: 'cause', code: 'causeLine', params: { text: firstError.text, line: firstError.line } }];
}

function traceFacts({ groups }: TraceFacts): Fact[] {
  return groups.slice(0, 3).map(({ kind, what, count, line }) => ({
    label: 'trace',
    code: `trace-${kind}` as const,
    params: { what, times: count, line },
  }));
}

function logFacts({ levels, first, last, groups, different, timeline }: LogFacts): Fact[] {
  const { fatal, error, warn, info } = levels;
  const facts: Fact[] = [];
  const all = Object.values(levels).reduce((sum, count) => sum + count, 0);
  if (all > 0) facts.push({ label: 'levels', code: 'logLevels', params: { errors: fatal + error, warn, info, all } });
  if (first !== undefined && last !== undefined)
    facts.push({ label: 'period', code: 'period', params: { from: safeText(first, 40), to: safeText(last, 40) } });
  if (timeline)
    facts.push({
      label: 'timeline',
      code: 'timeline',
      params: { bars: timeline.bars, step: timeline.step, most: timeline.most },
    });
  for (const { text, count, line } of groups) {
    if (count > 1 || different <= 3)
      facts.push({ label: 'error', code: 'errorGroup', params: { text, times: count, line } });
  }
  return facts;
}
