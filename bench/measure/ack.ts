import type { Bench, Options, Plan } from '../bench.ts';
import { startDriver } from '../processes/driver-process.ts';
import type { AckRound } from '../report/report.ts';
import type { AckScenario, Mode, Runtime } from '../scenario.ts';
import { ackRound } from './ack-round.ts';

const ROUNDS = 3;

type PlanOptions = Pick<Options, 'rounds' | 'seconds' | 'short'>;

/** The modes of a scenario that exist on a runtime: the binary has no way in to run tasks inline, to burn, or for rules. */
export function modesFor(scenario: AckScenario, runtime: Runtime, wanted: readonly Mode[]): readonly Mode[] {
  const binary: readonly Mode[] = scenario.rules ? ['floor'] : ['offload', 'floor'];
  const possible = runtime === 'binary' ? binary : scenario.modes;
  return scenario.modes.filter((mode) => wanted.includes(mode) && possible.includes(mode));
}

/** How often and how long each mode is measured: as asked for, or else as the scenario says, or else as is usual. */
export function planOf(scenario: AckScenario, { rounds, seconds, short }: PlanOptions): Plan {
  const usual = short ? (scenario.short ?? short) : { rounds: scenario.rounds ?? ROUNDS, seconds: scenario.seconds };
  return { rounds: rounds ?? usual.rounds, seconds: seconds ?? usual.seconds };
}

/**
 * All rounds of a scenario, interleaved: every mode once, then every mode again, so that what the machine does
 * meanwhile meets them all alike. Rounds that do not count are made up for at the end, once each, if there is time.
 */
export async function* ackRounds(bench: Bench, name: string, scenario: AckScenario): AsyncGenerator<AckRound> {
  const { runtime } = bench.options;
  const { rounds, seconds } = planOf(scenario, bench.options);
  const modes = modesFor(scenario, runtime, bench.options.modes);
  await using driver = await startDriver(bench);
  const again: Mode[] = [];
  for (let round = 1; round <= rounds; round++) {
    for (const mode of modes) {
      const done = await ackRound({ bench, driver, name, scenario, mode, seconds });
      bench.say(`${name}: round ${round} of ${rounds}, ${describe(done)}`);
      if (done.invalid.length > 0 && bench.options.again) again.push(mode);
      yield done;
    }
  }
  for (const mode of again) {
    const done = await ackRound({ bench, driver, name, scenario, mode, seconds });
    bench.say(`${name}: once more, ${describe(done)}`);
    yield done;
  }
}

function describe({ mode, ack, lost, sent, invalid }: AckRound): string {
  const losses = lost > 0 ? `, ${lost} of ${sent} lost` : '';
  const verdict = invalid.length > 0 ? ` - not valid: ${invalid.join('; ')}` : '';
  return `${mode}: p50 ${ack.p50.toFixed(1)} ms, p99 ${ack.p99.toFixed(1)} ms${losses}${verdict}`;
}
