import type { Bench } from '../bench.ts';
import { modesFor, planOf, roundSeconds } from '../plan.ts';
import { startDriver } from '../processes/driver-process.ts';
import type { AckRound } from '../report/report.ts';
import type { AckScenario, Mode } from '../scenario.ts';
import { ackRound } from './ack-round.ts';

/**
 * All rounds of a scenario, interleaved: every mode once, then every mode again, so that what the machine does
 * meanwhile meets them all alike. Rounds that do not count are made up for at the end, once each, if there is time.
 */
export async function* ackRounds(bench: Bench, name: string, scenario: AckScenario): AsyncGenerator<AckRound> {
  const { rounds, seconds } = planOf(scenario, bench.options);
  const modes = modesFor(scenario, bench.options);
  await using driver = await startDriver(bench);
  const again: Mode[] = [];
  const one = (mode: Mode, turn: number) => ackRound({ bench, driver, name, scenario, mode, seconds, turn });
  for (let turn = 1; turn <= rounds; turn++) {
    for (const mode of modes) {
      const done = await one(mode, turn);
      bench.passed(roundSeconds(mode, seconds));
      bench.say(`${name}: round ${turn} of ${rounds}, ${describe(done)}`);
      if (done.invalid.length > 0) again.push(mode);
      yield done;
    }
  }
  for (const [at, mode] of again.entries()) {
    if (!bench.mayRepeat()) return;
    const done = await one(mode, rounds + at + 1);
    bench.say(`${name}: once more, ${describe(done)}`);
    yield done;
  }
}

function describe({ mode, ack, lost, sent, invalid }: AckRound): string {
  const losses = lost > 0 ? `, ${lost} of ${sent} lost` : '';
  const verdict = invalid.length > 0 ? ` - not valid: ${invalid.join('; ')}` : '';
  return `${mode}: p50 ${ack.p50.toFixed(1)} ms, p99 ${ack.p99.toFixed(1)} ms${losses}${verdict}`;
}
