import { type Random, randomOf } from '../../tests/files/random.ts';
import { Latencies } from '../measure/latencies.ts';
import { type Found, type Interval, meanOf, meanRatio, quantileRatio } from './bootstrap.ts';
import type { ComparedReport, ComparedRound, ComparedScenario } from './read-report.ts';

export type Verdict = 'better' | 'same' | 'worse' | 'not judged';

/** One measure of one scenario in two reports. */
export interface Compared {
  readonly scenario: string;
  readonly measure: string;
  readonly unit: string;
  readonly before: number;
  readonly after: number;
  /** Of after to before; absent where there was too little to draw from. */
  readonly interval?: Interval;
  readonly verdict: Verdict;
}

interface Measure {
  readonly name: string;
  readonly unit: string;
  /** The least change that is more than a whim, as a share, and in the unit. */
  readonly least: { readonly share: number; readonly amount: number };
  readonly more: 'worse' | 'better';
}

const LATENCY = { unit: 'ms', more: 'worse' } as const;
const P99 = { ...LATENCY, name: 'first answer, p99', at: 0.99, atLeast: 20, least: { share: 0.1, amount: 1 } };
const QUANTILES: readonly (Measure & { readonly at: number; readonly atLeast: number })[] = [
  { ...LATENCY, name: 'first answer, p50', at: 0.5, atLeast: 20, least: { share: 0.05, amount: 0.3 } },
  P99,
  { ...LATENCY, name: 'first answer, p99.9', at: 0.999, atLeast: 2_000, least: { share: 0.1, amount: 2 } },
];

const BYTES_PER_MB = 1_048_576;
const SHARES: readonly (Measure & { readonly of: (round: ComparedRound) => number | undefined })[] = [
  {
    ...{ name: 'main thread busy', unit: '%', more: 'worse', least: { share: 0.1, amount: 1 } },
    of: ({ cpu, seconds }) => cpu && cpu.mainMs / (seconds * 10),
  },
  {
    ...{ name: 'work done', unit: 'a second', more: 'better', least: { share: 0.05, amount: 0.5 } },
    of: ({ tasks, seconds }) => (tasks > 0 ? tasks / seconds : undefined),
  },
  {
    ...{ name: 'memory at its highest', unit: 'MB', more: 'worse', least: { share: 0.1, amount: 20 } },
    of: ({ memory }) => memory && memory.peak / BYTES_PER_MB,
  },
  {
    ...{ name: 'loop delay, p99.9', unit: 'ms', more: 'worse', least: { share: 0.2, amount: 3 } },
    of: ({ loop }) => loop?.p999,
  },
];
/** With fewer rounds nobody knows how much they differ by themselves. */
const LEAST_ROUNDS = 3;
/** Drawn the same way each time, so that two reports always compare alike. */
const SEED = 1;

/** What changed from one report to the other, scenario by scenario, as far as both have it. */
export function compare(before: ComparedReport, after: ComparedReport): readonly Compared[] {
  const earlier = new Map(before.scenarios.map((scenario) => [scenario.name, scenario]));
  const random = randomOf(SEED);
  return after.scenarios.flatMap((now) => {
    const was = earlier.get(now.name);
    if (was?.kind === 'ack' && now.kind === 'ack') return compareAcks(now.name, was.rounds, now.rounds, random);
    return was ? compareOnce(was, now) : [];
  });
}

/** Where the first answer of the empty bot changed as well: then it was the machine. */
export function floorChanges(before: ComparedReport, after: ComparedReport): readonly Compared[] {
  const floors = ({ scenarios }: ComparedReport) =>
    scenarios.flatMap((one) => (one.kind === 'ack' ? [[one.name, validOf(one.rounds, 'floor')] as const] : []));
  const earlier = new Map(floors(before));
  const random = randomOf(SEED);
  return floors(after)
    .flatMap(([name, rounds]) => {
      const was = earlier.get(name) ?? [];
      if (was.length === 0 || rounds.length === 0) return [];
      return compareQuantiles(name, was, rounds, random).filter(({ measure }) => measure === P99.name);
    })
    .filter(({ verdict }) => verdict !== 'same');
}

function compareAcks(
  scenario: string,
  before: readonly ComparedRound[],
  after: readonly ComparedRound[],
  random: Random,
): readonly Compared[] {
  const [was, is] = [validOf(before, 'offload'), validOf(after, 'offload')];
  if (was.length === 0 || is.length === 0) return [];
  return [
    ...compareQuantiles(scenario, was, is, random),
    ...compareLosses(scenario, was, is),
    ...SHARES.flatMap((measure) => {
      const [a, b] = [was.flatMap((round) => measure.of(round) ?? []), is.flatMap((round) => measure.of(round) ?? [])];
      if (a.length === 0 || b.length === 0) return [];
      const means = { before: meanOf(a), after: meanOf(b) };
      const told = { scenario, measure: measure.name, unit: measure.unit, ...means };
      if (Math.min(a.length, b.length) < LEAST_ROUNDS) return { ...told, verdict: 'not judged' as const };
      const interval = meanRatio(a, b, random);
      return { ...told, interval, verdict: verdictOf(measure, interval, means) };
    }),
  ];
}

function compareQuantiles(
  scenario: string,
  before: readonly ComparedRound[],
  after: readonly ComparedRound[],
  random: Random,
): readonly Compared[] {
  const of = (rounds: readonly ComparedRound[]) => rounds.map(({ histograms }) => Latencies.decode(histograms.ack));
  const [was, is] = [of(before), of(after)];
  const found = (rounds: readonly Latencies[]): readonly Found[] => rounds.map((one) => one.counted());
  const [allWas, allIs] = [Latencies.merge(was), Latencies.merge(is)];
  return QUANTILES.filter(({ atLeast }) => [allWas, allIs].every((all) => all.percentiles().count >= atLeast)).map(
    (measure) => {
      const interval = quantileRatio(found(was), found(is), measure.at, random);
      const values = { before: allWas.at(measure.at * 100), after: allIs.at(measure.at * 100) };
      const verdict = verdictOf(measure, interval, values);
      return { scenario, measure: measure.name, unit: measure.unit, ...values, interval, verdict };
    },
  );
}

/** An answer that is lost is one too many, whatever the interval says. */
function compareLosses(
  scenario: string,
  before: readonly ComparedRound[],
  after: readonly ComparedRound[],
): readonly Compared[] {
  const lost = (rounds: readonly ComparedRound[]) => rounds.reduce((sum, round) => sum + round.lost, 0);
  const sent = (rounds: readonly ComparedRound[]) => rounds.reduce((sum, round) => sum + round.sent, 0);
  const [was, is] = [lost(before), lost(after)];
  if (was === 0 && is === 0) return [];
  const shares = { before: (100 * was) / sent(before), after: (100 * is) / sent(after) };
  const verdict = is > 0 && was === 0 ? 'worse' : is === 0 ? 'better' : 'not judged';
  return [{ scenario, measure: 'lost', unit: '%', ...shares, verdict }];
}

/** What is taken once has no rounds to draw from. */
function compareOnce(was: ComparedScenario, now: ComparedScenario): readonly Compared[] {
  const earlier = new Map(onceOf(was));
  return onceOf(now).flatMap(([measure, after]) => {
    const before = earlier.get(measure);
    return before === undefined ? [] : { scenario: now.name, measure, unit: '', before, after, verdict: 'not judged' };
  });
}

function onceOf(scenario: ComparedScenario): (readonly [string, number])[] {
  switch (scenario.kind) {
    case 'ack':
      return [];
    case 'facts':
      return scenario.facts.flatMap(({ what, value }) => (value === undefined ? [] : [[what, value] as const]));
    case 'micro':
      return scenario.rows.map(({ input, size, p50 }) => [`${input}, ${size}, p50`, p50] as const);
    default: {
      const never: never = scenario;
      return never;
    }
  }
}

function validOf(rounds: readonly ComparedRound[], wanted: string): readonly ComparedRound[] {
  return rounds.filter(({ mode, invalid }) => mode === wanted && invalid.length === 0);
}

/** A change counts when chance does not explain it, and when it is large enough to matter. */
function verdictOf(
  { least, more }: Measure,
  { ratio, low, high }: Interval,
  { before, after }: { readonly before: number; readonly after: number },
): Verdict {
  const matters = Math.abs(after - before) >= least.amount && Math.abs(ratio - 1) >= least.share;
  if (!matters || (low <= 1 && high >= 1)) return 'same';
  const up = ratio > 1;
  return up === (more === 'worse') ? 'worse' : 'better';
}
