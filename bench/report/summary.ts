import { barOf } from '../measure/bar.ts';
import { Latencies } from '../measure/latencies.ts';
import type { LoopDelays } from '../processes/bot-status.ts';
import { MODES } from '../scenario.ts';
import type { AckRound, AckSummary, AckVerdict } from './report.ts';

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
    return {
      mode,
      rounds: all.length,
      validRounds: valid.length,
      ack: merged((round) => round.histograms.ack),
      answer: merged((round) => round.histograms.answer),
      lost: total(counted, (round) => round.lost),
      sent: total(counted, (round) => round.sent),
      ...(loop && { loop }),
      tasksPerSecond: total(counted, (round) => round.tasks) / seconds,
      ...(cpu && { mainCpuShare: total(counted, (round) => round.cpu?.mainMs ?? 0) / (seconds * 1_000) }),
    };
  });
}

/** What the modes say of each other. Where a mode has no valid round, nothing is said of it. */
export function judge(modes: readonly AckSummary[]): AckVerdict {
  const p99 = (wanted: AckSummary['mode']) =>
    modes.find(({ mode, validRounds }) => mode === wanted && validRounds > 0)?.ack.p99;
  const [offload, inline, floor] = [p99('offload'), p99('inline'), p99('floor')];
  if (offload === undefined) return {};
  return {
    ...(inline !== undefined && { ratio: inline / offload }),
    ...(floor !== undefined && { bar: { p99: barOf(floor), met: offload <= barOf(floor) } }),
  };
}

function total(rounds: readonly AckRound[], of: (round: AckRound) => number): number {
  return rounds.reduce((sum, round) => sum + of(round), 0);
}

function worst(loops: readonly LoopDelays[]): LoopDelays | undefined {
  if (loops.length === 0) return undefined;
  const most = (of: (loop: LoopDelays) => number) => Math.max(...loops.map(of));
  return { p50: most(({ p50 }) => p50), p99: most(({ p99 }) => p99), max: most(({ max }) => max) };
}
