import type { LateTurn, LoopSample } from '../bots/watch-protocol.ts';
import type { LatencyPoint } from '../driver/probing.ts';
import type { Seen } from '../processes/bot-watch.ts';
import type { UsageSample } from './usage-over-time.ts';

/** A round as it went. Each has its zero where measuring began; times in milliseconds, memory in bytes. */
export interface Series {
  readonly latency: readonly LatencyPoint[];
  readonly usage: readonly UsageSample[];
  readonly loop: readonly LoopSample[];
  /** The times when the loop was over 5 ms late: the longest of them, in order. */
  readonly late: readonly LateTurn[];
}

/** Where a bot is late all the time, the rest says nothing new. */
const MOST_LATE = 500;

export function seriesOf(
  latency: readonly LatencyPoint[],
  usage: readonly UsageSample[],
  seen: Pick<Seen, 'samples' | 'late'> | undefined,
): Series {
  const rounded = (value: number) => Math.round(value * 100) / 100;
  const longest = (seen?.late ?? []).toSorted((a, b) => b.ms - a.ms).slice(0, MOST_LATE);
  return {
    latency,
    usage,
    loop: (seen?.samples ?? []).map(({ at, loopP99, loopMax, heap }) => ({
      at: Math.round(at),
      loopP99: rounded(loopP99),
      loopMax: rounded(loopMax),
      heap,
    })),
    late: longest.map(({ at, ms, ran }) => ({ at: Math.round(at), ms: rounded(ms), ran })).sort((a, b) => a.at - b.at),
  };
}
