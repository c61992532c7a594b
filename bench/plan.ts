import type { Options, Plan } from './bench.ts';
import type { AckScenario, Mode, Runtime, Scenario } from './scenario.ts';

const USUAL: Plan = { rounds: 3, seconds: 10 };
const QUICK: Plan = { rounds: 1, seconds: 2.5 };
/** What starting, warming up and stopping takes, beyond what is measured. Seconds. */
const BESIDES_S: Readonly<Record<Mode, number>> = { offload: 5, inline: 5, floor: 3, 'busy-floor': 3, limit: 3 };

type Asked = Pick<Options, 'pace' | 'filter'>;

/** Why a scenario is left out of a run, in words; undefined when it is part of it. */
export function whyLeftOut(name: string, scenario: Scenario, { pace, filter }: Asked): string | undefined {
  const alone = `--filter ${name} runs it`;
  if (scenario.kind !== 'ack') {
    if (pace === 'quick' || pace === 'ci') return `it takes ${scenario.takesSeconds} s (${alone} without --${pace})`;
    const asked = pace === 'full' || filter !== '' || (scenario.kind === 'facts' && scenario.usual);
    return asked ? undefined : `it takes ${scenario.takesSeconds} s (${alone}, --full everything)`;
  }
  if (filter === name) return undefined;
  if (scenario.onlyAlone) return `it is run only by itself (${alone})`;
  if (pace === 'ci' && !scenario.ci) return 'it is not part of --ci';
  if (pace === 'quick' && !scenario.quick && filter === '') return `it is not part of --quick (${alone})`;
  if (pace === 'usual' && scenario.long && filter === '') return `${alone}, --full everything`;
  return undefined;
}

/** The modes of a scenario that exist on a runtime: the binary has no way in to run tasks inline, to burn, or for rules. */
export function modesFor(
  scenario: AckScenario,
  { runtime, modes: wanted, pace, filter }: Asked & Pick<Options, 'runtime' | 'modes'>,
): readonly Mode[] {
  const possible = onRuntime(scenario, runtime);
  // What the machine takes from any bot explains a figure; it is not one of the bot's.
  const explains = pace === 'full' || (pace === 'usual' && filter !== '') || scenario.modes.length === 1;
  return scenario.modes.filter(
    (mode) => wanted.includes(mode) && possible.includes(mode) && (explains || mode !== 'busy-floor'),
  );
}

function onRuntime(scenario: AckScenario, runtime: Runtime): readonly Mode[] {
  if (runtime !== 'binary') return scenario.modes;
  return scenario.rules || scenario.read ? ['floor'] : ['offload', 'floor'];
}

/** How often and how long each mode is measured: as asked for, or else as is usual at that pace. */
export function planOf(
  scenario: AckScenario,
  { rounds, seconds, pace, filter }: Asked & Pick<Options, 'rounds' | 'seconds'>,
): Plan {
  const own = { ...USUAL, ...scenario.own };
  const usual = {
    quick: scenario.quick ?? QUICK,
    ci: scenario.ci ?? QUICK,
    full: own,
    usual: filter === '' ? USUAL : own,
  }[pace];
  return { rounds: rounds ?? usual.rounds, seconds: seconds ?? usual.seconds };
}

/** How long a scenario will take, in seconds: a guess, for the progress bar. */
export function secondsOf(scenario: Scenario, options: Options): number {
  if (scenario.kind !== 'ack') return scenario.takesSeconds;
  const { rounds, seconds } = planOf(scenario, options);
  return modesFor(scenario, options).reduce((sum, mode) => sum + rounds * roundSeconds(mode, seconds), 0);
}

export function roundSeconds(mode: Mode, seconds: number): number {
  return seconds + BESIDES_S[mode];
}
