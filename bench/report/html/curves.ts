import { Latencies } from '../../measure/latencies.ts';
import { LABELS } from '../labels.ts';
import type { AckResult, AckRound, AckSummary } from '../report.ts';
import { type Axis, type Chart, type Line, logAxis } from './chart.ts';

const STEPS_A_POWER = 40;
const NAMES = ['0 %', '90 %', '99 %', '99.9 %', '99.99 %', '99.999 %'];

/** How long the fastest so many percent waited. To the right each step has a tenth of the people of the step before. */
export function latencyCurves({ modes, rounds, verdict }: AckResult): Chart {
  const all = modes.map((summary) => ({ summary, latencies: merged(summary, rounds) }));
  const powers = Math.max(1, ...all.map(({ latencies }) => Math.log10(Math.max(10, latencies.percentiles().count))));
  const lines = all.map(({ summary, latencies }) => lineOf(summary, latencies));
  const { bar } = verdict;
  return {
    title: 'First answer: what so many percent of people waited at most',
    x: percentileAxis(Math.min(NAMES.length - 1, powers)),
    y: logAxis(
      lines.flatMap(({ points }) => points.map(([, ms]) => ms)),
      (ms) => (ms >= 1_000 ? `${ms / 1_000} s` : `${ms} ms`),
    ),
    lines,
    ...(bar && { across: { y: bar.p99, label: `bar for offload's 99 %: ${bar.p99.toFixed(1)} ms` } }),
  };
}

/** Valid rounds where there are some, as in the table. */
function merged({ mode }: AckSummary, rounds: readonly AckRound[]): Latencies {
  const all = rounds.filter((round) => round.mode === mode);
  const valid = all.filter(({ invalid }) => invalid.length === 0);
  return Latencies.merge((valid.length > 0 ? valid : all).map(({ histograms }) => Latencies.decode(histograms.ack)));
}

function lineOf({ mode, ack }: AckSummary, latencies: Latencies): Line {
  const most = Math.log10(Math.max(1, ack.count));
  const steps = Math.ceil(most * STEPS_A_POWER);
  const points = Array.from({ length: steps + 1 }, (_, step) => {
    const power = Math.min(most, step / STEPS_A_POWER);
    return [power, Math.max(0.01, latencies.at(100 * (1 - 10 ** -power)))] as const;
  });
  const title = `${LABELS[mode]}: 50 % ${ack.p50.toFixed(1)} ms, 99 % ${ack.p99.toFixed(1)} ms, ${ack.count} answers`;
  return { mode, points, title };
}

function percentileAxis(powers: number): Axis {
  const ticks = NAMES.slice(0, Math.floor(powers) + 1).map((label, value) => ({ value, label }));
  return { at: (power) => power / powers, ticks };
}
