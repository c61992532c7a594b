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
  readonly max: number;
}

/** How late the bot's event loop ran since the last call of this: its metric begins anew at each reading. */
export async function takeLoopDelays(httpUrl: string): Promise<LoopDelays> {
  const text = await (await fetch(`${httpUrl}/metrics`, { signal: AbortSignal.timeout(ANSWER_MS) })).text();
  return readLoopDelays(text);
}

export function readLoopDelays(metrics: string): LoopDelays {
  const at = (quantile: string) => {
    const line = new RegExp(`^rockhopper_loop_delay_seconds\\{quantile="${quantile}"\\} (\\S+)$`, 'm').exec(metrics);
    if (!line) throw new BenchError('the bot does not tell its loop delay');
    return Number(line[1]) * 1_000;
  };
  return { p50: at('0\\.5'), p99: at('0\\.99'), max: at('1') };
}

/** What became of messages: how many were judged and passed over, and from their event to their verdict, by bucket. */
export interface MessageReadings {
  readonly analysed: number;
  readonly shed: number;
  /** How many took at most so long, in milliseconds; the last has no end. */
  readonly verdicts: readonly { readonly upTo: number; readonly count: number }[];
}

export async function messagesOf(httpUrl: string): Promise<MessageReadings> {
  const text = await (await fetch(`${httpUrl}/metrics`, { signal: AbortSignal.timeout(ANSWER_MS) })).text();
  return readMessages(text);
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
