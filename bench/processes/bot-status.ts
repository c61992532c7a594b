import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { BenchError } from '../bench-error.ts';

const ANSWER_MS = 15_000;

const Lane = Type.Object({ threads: Type.Integer(), done: Type.Integer(), failed: Type.Integer() });
const Status = Type.Object({ lanes: Type.Object({ quick: Lane, bulk: Lane }) });
export type Lanes = Static<typeof Status>['lanes'];

/** The bot's own view of its event loop since the last look, in milliseconds. */
export interface LoopDelays {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** Times the bot's event loop was over 5 ms late, by what ran, and how late all together. */
export interface LateBy {
  readonly ran: string;
  readonly count: number;
  readonly ms: number;
}

/** Queries of the main thread to the database, and how long they took all together, in milliseconds. */
export interface DatabaseTime {
  readonly queries: number;
  readonly ms: number;
}

/** What a bot tells of itself at one moment; all but the loop's delays since it started. */
export interface Readings {
  /** Since the last reading: the metric begins anew at each. */
  readonly loop: LoopDelays;
  readonly late: readonly LateBy[];
  readonly messages: MessageReadings;
  readonly database: DatabaseTime;
  /** Bytes of the main thread's heap that are in use. */
  readonly heap: number;
}

/** Reading the loop begins it anew. */
export async function readingsOf(httpUrl: string): Promise<Readings> {
  return readReadings(await metricsOf(httpUrl));
}

export function readReadings(metrics: string): Readings {
  return {
    loop: readLoopDelays(metrics),
    late: readLate(metrics),
    messages: readMessages(metrics),
    database: {
      queries: figureOf(metrics, 'rockhopper_database_query_seconds_count'),
      ms: figureOf(metrics, 'rockhopper_database_query_seconds_sum') * 1_000,
    },
    heap: figureOf(metrics, 'rockhopper_memory_bytes\\{kind="heap"\\}'),
  };
}

/** What two readings say of the time between them. */
export function lateBetween(before: readonly LateBy[], after: readonly LateBy[]): readonly LateBy[] {
  const was = new Map(before.map((one) => [one.ran, one]));
  return after
    .map(({ ran, count, ms }) => ({ ran, count: count - (was.get(ran)?.count ?? 0), ms: ms - (was.get(ran)?.ms ?? 0) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.ms - a.ms);
}

function readLate(metrics: string): readonly LateBy[] {
  const of = (name: string) =>
    [...metrics.matchAll(new RegExp(`^${name}\\{ran="((?:[^"\\\\]|\\\\.)*)"\\} (\\S+)$`, 'gm'))].map(
      ([, ran = '', value]) => [ran, Number(value)] as const,
    );
  const seconds = new Map(of('rockhopper_loop_late_seconds_total'));
  return of('rockhopper_loop_late_total').map(([ran, count]) => ({ ran, count, ms: (seconds.get(ran) ?? 0) * 1_000 }));
}

/** Zero where the bot says nothing of it. */
function figureOf(metrics: string, pattern: string): number {
  return Number(new RegExp(`^${pattern} (\\S+)$`, 'm').exec(metrics)?.[1] ?? 0);
}

async function metricsOf(httpUrl: string): Promise<string> {
  return await (await fetch(`${httpUrl}/metrics`, { signal: AbortSignal.timeout(ANSWER_MS) })).text();
}

/** How late the bot's event loop ran since the last call of this: its metric begins anew at each reading. */
export async function takeLoopDelays(httpUrl: string): Promise<LoopDelays> {
  return readLoopDelays(await metricsOf(httpUrl));
}

export function readLoopDelays(metrics: string): LoopDelays {
  const at = (quantile: string) => {
    const line = new RegExp(`^rockhopper_loop_delay_seconds\\{quantile="${quantile}"\\} (\\S+)$`, 'm').exec(metrics);
    if (!line) throw new BenchError('the bot does not tell its loop delay');
    return Number(line[1]) * 1_000;
  };
  return { p50: at('0\\.5'), p99: at('0\\.99'), p999: at('0\\.999'), max: at('1') };
}

/** What became of messages: how many were judged and passed over, and from their event to their verdict, by bucket. */
export interface MessageReadings {
  readonly analysed: number;
  readonly shed: number;
  /** How many took at most so long, in milliseconds; the last has no end. */
  readonly verdicts: readonly { readonly upTo: number; readonly count: number }[];
}

export function readMessages(metrics: string): MessageReadings {
  const sumOf = (name: string) =>
    [...metrics.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))].reduce(
      (sum, [, value]) => sum + Number(value),
      0,
    );
  const buckets = metrics.matchAll(/^rockhopper_message_verdict_seconds_bucket\{le="([^"]+)"\} (\S+)$/gm);
  return {
    analysed: sumOf('rockhopper_messages_analysed_total'),
    shed: sumOf('rockhopper_messages_shed_total'),
    verdicts: [...buckets].map(([, upTo, count]) => ({
      upTo: upTo === '+Inf' ? Number.POSITIVE_INFINITY : Number(upTo) * 1_000,
      count: Number(count),
    })),
  };
}

/** What the bot's threads have done since it started. */
export async function lanesOf(httpUrl: string): Promise<Lanes> {
  const answer = await fetch(`${httpUrl}/status.json`, { signal: AbortSignal.timeout(ANSWER_MS) });
  const status: unknown = await answer.json();
  if (!Value.Check(Status, status)) throw new BenchError('the bot does not tell what its threads do');
  return status.lanes;
}
