import type { Mode } from '../../scenario.ts';
import { LABELS } from '../labels.ts';
import type { AckResult, AckRound } from '../report.ts';
import { type Axis, type Chart, type Line, linearAxis, logAxis } from './chart.ts';

const MS_PER_S = 1_000;
const BYTES_PER_MB = 1_048_576;

type Points = Line['points'];
type Told = (
  round: AckRound,
) => readonly { readonly what: string; readonly points: Points; readonly dashed?: boolean }[];

/** How a round went, second by second: of each mode the one with the slowest answers. */
export function timelines(result: AckResult): readonly Chart[] {
  const rounds = slowest(result);
  const ms = (value: number) => (value >= MS_PER_S ? `${value / MS_PER_S} s` : `${value} ms`);
  return [
    chart('First answer, the slowest of each moment', rounds, latency, (all) => logAxis(all, ms)),
    chart('Event loop, how late at the most', rounds, loop, (all) => logAxis(all, ms)),
    chart('CPU of the main thread; dashed, of all other threads', rounds, cpu, (all) =>
      linearAxis(all, (value) => `${value.toFixed(0)} %`),
    ),
    chart('Resident memory; dashed, heap of the main thread', rounds, memory, (all) =>
      linearAxis(all, (value) => `${value.toFixed(0)} MB`),
    ),
  ].filter(({ lines }) => lines.length > 0);
}

function slowest({ modes, rounds }: AckResult): readonly AckRound[] {
  return modes.flatMap(({ mode }) => rounds.filter((round) => round.mode === mode).sort(slowerFirst)[0] ?? []);
}

/** What is not valid says more of the machine. */
function slowerFirst(a: AckRound, b: AckRound): number {
  const valid = (round: AckRound) => Math.min(1, round.invalid.length);
  return valid(a) - valid(b) || b.ack.p99 - a.ack.p99;
}

function chart(
  title: string,
  rounds: readonly AckRound[],
  told: Told,
  axis: (values: readonly number[]) => Axis,
): Chart {
  const lines = rounds.flatMap((round) => told(round).flatMap((one) => lineOf(round.mode, one)));
  const seconds = lines.flatMap(({ points }) => points.map(([at]) => at));
  return {
    title,
    x: linearAxis(seconds, (value) => `${Number(value.toFixed(2))} s`),
    y: axis(lines.flatMap(({ points }) => points.map(([, value]) => value))),
    lines,
  };
}

function lineOf(mode: Mode, { what, points, dashed = false }: ReturnType<Told>[number]): Line[] {
  return points.length < 2 ? [] : [{ mode, points, dashed, title: `${LABELS[mode]}: ${what}` }];
}

const latency: Told = ({ series }) => [
  { what: 'the slowest answer', points: series.latency.map(({ at, max }) => [at / MS_PER_S, Math.max(0.1, max)]) },
];

const loop: Told = ({ series }) => [
  {
    what: 'the loop at its latest',
    points: series.loop.map(({ at, loopMax }) => [at / MS_PER_S, Math.max(0.1, loopMax)]),
  },
];

const cpu: Told = ({ series: { usage } }) => [
  { what: 'main thread', points: shares(usage.map(({ at, mainMs }) => [at, mainMs])) },
  { what: 'all other threads', points: shares(usage.map(({ at, othersMs }) => [at, othersMs])), dashed: true },
];

const memory: Told = ({ series: { usage, loop: own } }) => [
  { what: 'resident', points: usage.map(({ at, resident }) => [at / MS_PER_S, resident / BYTES_PER_MB]) },
  { what: 'heap', points: own.map(({ at, heap }) => [at / MS_PER_S, heap / BYTES_PER_MB]), dashed: true },
];

/** Percent of a core between one sample and the next. */
function shares(sums: Points): Points {
  return sums.slice(1).map(([at, sum], index) => {
    const [from = 0, before = 0] = sums[index] ?? [];
    return [at / MS_PER_S, at > from ? (100 * (sum - before)) / (at - from) : 0];
  });
}
