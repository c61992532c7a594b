import type { MessageReadings } from '../processes/bot-status.ts';

/** What became of messages while it was measured. */
export interface MessageFlow {
  readonly analysed: number;
  /** Passed over, since more came than threads could judge. */
  readonly shed: number;
  /** From the event being received to its verdict, in milliseconds, out of the bot's own buckets. Infinite beyond the last of them. */
  readonly verdict: { readonly p50: number; readonly p99: number };
}

type Buckets = MessageReadings['verdicts'];

/** What two looks say of the time between them. */
export function flowOf(before: MessageReadings, after: MessageReadings): MessageFlow {
  const buckets = after.verdicts.map(({ upTo, count }, at) => ({
    upTo,
    count: count - (before.verdicts[at]?.count ?? 0),
  }));
  return {
    analysed: after.analysed - before.analysed,
    shed: after.shed - before.shed,
    verdict: { p50: quantile(buckets, 0.5), p99: quantile(buckets, 0.99) },
  };
}

/** Several rounds in one. */
export function addFlows(flows: readonly MessageFlow[]): MessageFlow | undefined {
  if (flows.length === 0) return undefined;
  const sum = (of: (flow: MessageFlow) => number) => flows.reduce((total, flow) => total + of(flow), 0);
  const worst = (of: (flow: MessageFlow) => number) => Math.max(...flows.map(of));
  return {
    analysed: sum(({ analysed }) => analysed),
    shed: sum(({ shed }) => shed),
    verdict: { p50: worst(({ verdict }) => verdict.p50), p99: worst(({ verdict }) => verdict.p99) },
  };
}

/** As Prometheus does: within a bucket all are taken to be spread evenly. Each bucket counts those below it as well. */
export function quantile(buckets: Buckets, share: number): number {
  const rank = (buckets.at(-1)?.count ?? 0) * share;
  let [from, below] = [0, 0];
  for (const { upTo, count } of buckets) {
    if (count >= rank && count > below) {
      return Number.isFinite(upTo) ? from + ((upTo - from) * (rank - below)) / (count - below) : upTo;
    }
    from = upTo;
    below = count;
  }
  return 0;
}
