import { barOf } from '../measure/bar.ts';
import { Latencies } from '../measure/latencies.ts';
import { addFlows } from '../measure/message-flow.ts';
import type { DatabaseTime, LateBy, LoopDelays } from '../processes/bot-status.ts';
import { MODES } from '../scenario.ts';
import type { AckRound, AckSummary, AckVerdict, LoadSummary } from './report.ts';

/** Each mode's rounds in one, in the order of the modes. */
export function summarise(rounds: readonly AckRound[]): readonly AckSummary[] {
  return MODES.flatMap((mode) => {
    const all = rounds.filter((round) => round.mode === mode);
    const valid = all.filter((round) => round.invalid.length === 0);
    const counted = valid.length > 0 ? valid : all;
    if (counted.length === 0) return [];
    const merged = (of: (round: AckRound) => string) =>
      Latencies.merge(counted.map((round) => Latencies.decode(of(round)))).percentiles();
    const loop = worst(counted.flatMap((round) => round.loop ?? []));
    const cpu = counted.every((round) => round.cpu !== undefined);
    const seconds = total(counted, (round) => round.seconds);
    const load = loadOf(counted, seconds);
    const memory = mostMemory(counted);
    const late = addLate(counted.flatMap((round) => round.late ?? []));
    const heaps = counted.flatMap((round) => round.heap ?? []);
    const database = databaseOf(
      counted.flatMap((round) => round.database ?? []),
      seconds,
    );
    const flow = addFlows(counted.flatMap(({ messages }) => messages ?? []));
    return {
      mode,
      rounds: all.length,
      validRounds: valid.length,
      seconds,
      ack: merged((round) => round.histograms.ack),
      answer: merged((round) => round.histograms.answer),
      lost: total(counted, (round) => round.lost),
      sent: total(counted, (round) => round.sent),
      ...(loop && { loop, late }),
      ...(database && { database }),
      ...(heaps.length > 0 && { heap: Math.max(...heaps) }),
      tasksPerSecond: total(counted, (round) => round.tasks) / seconds,
      ...(cpu && {
        mainCpuShare: total(counted, (round) => round.cpu?.mainMs ?? 0) / (seconds * 1_000),
        othersCpuShare: total(counted, (round) => round.cpu?.othersMs ?? 0) / (seconds * 1_000),
      }),
      ...(flow && { messages: flow }),
      ...(load && { load }),
      ...(memory && { memory }),
    };
  });
}

/** What the modes say of each other. Where a mode has no valid round, nothing is said of it. */
export function judge(modes: readonly AckSummary[], leastRatio?: number): AckVerdict {
  const p99 = (which: AckSummary['mode']) =>
    modes.find(({ mode, validRounds }) => mode === which && validRounds > 0)?.ack.p99;
  const [offload, inline, floor] = [p99('offload'), p99('inline'), p99('floor')];
  const wanted = leastRatio === undefined ? {} : { leastRatio };
  if (offload === undefined) return wanted;
  return {
    ...wanted,
    ...(inline !== undefined && { ratio: inline / offload }),
    ...(floor !== undefined && { bar: { p99: barOf(floor), met: offload <= barOf(floor) } }),
  };
}

const total = sum<AckRound>;

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((so, one) => so + of(one), 0);
}

/** What is charged to the same name together, the most first. */
function addLate(all: readonly LateBy[]): readonly LateBy[] {
  return [...Map.groupBy(all, ({ ran }) => ran)]
    .map(([ran, some]) => ({ ran, count: sum(some, ({ count }) => count), ms: sum(some, ({ ms }) => ms) }))
    .sort((a, b) => b.ms - a.ms);
}

function databaseOf(all: readonly DatabaseTime[], seconds: number): AckSummary['database'] {
  const queries = sum(all, (one) => one.queries);
  if (queries === 0) return undefined;
  return { perSecond: queries / seconds, ms: sum(all, ({ ms }) => ms) / queries };
}

function loadOf(rounds: readonly AckRound[], seconds: number): LoadSummary | undefined {
  const of = (count: 'sent' | 'done' | 'busy' | 'failed' | 'doneMeanwhile') => total(rounds, ({ load }) => load[count]);
  if (of('sent') === 0) return undefined;
  return {
    ...{ sent: of('sent'), done: of('done'), busy: of('busy'), failed: of('failed') },
    donePerSecond: of('doneMeanwhile') / seconds,
    took: Latencies.merge(rounds.map(({ histograms }) => Latencies.decode(histograms.took))).percentiles(),
  };
}

function mostMemory(rounds: readonly AckRound[]): AckSummary['memory'] {
  const [most] = rounds.flatMap(({ memory }) => memory ?? []).sort((a, b) => b.peak - a.peak);
  return most;
}

function worst(loops: readonly LoopDelays[]): LoopDelays | undefined {
  if (loops.length === 0) return undefined;
  const most = (of: (loop: LoopDelays) => number) => Math.max(...loops.map(of));
  return {
    p50: most(({ p50 }) => p50),
    p99: most(({ p99 }) => p99),
    p999: most(({ p999 }) => p999),
    max: most(({ max }) => max),
  };
}
