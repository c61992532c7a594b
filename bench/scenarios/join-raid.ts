import type { Fact } from '../facts/fact.ts';
import { JOIN_RAID, raid } from '../facts/join-raid.ts';
import { startTimerDatabase } from '../facts/timer-database.ts';
import { barOf } from '../measure/bar.ts';
import { defineScenario } from '../scenario.ts';

const { people, seconds } = JOIN_RAID;

/** A raid of a server that welcomes who joins, gives them a role, logs them and looks for raids. */
export default defineScenario({
  kind: 'facts',
  about: `${people} accounts join within ${seconds} s: welcomed with a card, given a role, logged, and seen as a raid`,
  takesSeconds: 85,
  async *run(bench): AsyncGenerator<Fact> {
    await using database = await startTimerDatabase(bench);
    const { welcomed, given, logged, alertAfterMs, mainMs, ack, floor, loop } = await raid(bench, database);
    yield { what: `welcomed of ${people}`, value: welcomed, unit: 'in all', least: people };
    yield { what: 'given their role', value: given, unit: 'in all', least: people };
    yield { what: 'told of in the log', value: logged, unit: 'in all', least: people };
    const what = 'from the join that makes it a raid to the alert';
    if (alertAfterMs === undefined) yield { what, skipped: 'no alert came' };
    else yield { what, value: alertAfterMs, unit: 'ms', bar: 1_000 };
    yield { what: 'the empty bot, ack of /ping, p99', value: floor.p99, unit: 'ms' };
    yield { what: 'ack of /ping meanwhile, p99', value: ack.p99, unit: 'ms', bar: Number(barOf(floor.p99).toFixed(1)) };
    if (loop) yield { what: "the bot's event loop meanwhile, p99", value: loop.p99, unit: 'ms', bar: 20 };
    if (mainMs !== undefined) yield { what: 'main thread per join', value: mainMs / people, unit: 'ms' };
  },
});
