import type { Bench } from '../bench.ts';
import type { Fact } from '../facts/fact.ts';
import { addWaiting, startTimerDatabase, type TimerDatabase } from '../facts/timer-database.ts';
import { floorOf, STORM, startStormDiscord, stormOn } from '../facts/timer-storm.ts';
import { idleMinute } from '../facts/waiting-timers.ts';
import { defineScenario } from '../scenario.ts';

const WAITING = 1_000_000;

/** A thousand timers that fall due in the same second, on a real Postgres and at Discord's rate limits; and a million that wait. */
export default defineScenario({
  kind: 'facts',
  about: '1,000 timers over 200 channels due in one second, and the idle cost of a million waiting ones',
  takesSeconds: 260,
  async *run(bench) {
    await using database = await startTimerDatabase(bench);
    const storm = await startStormDiscord();
    await using discord = storm.discord;
    yield* stormFacts(bench, database, storm);
    yield* waitingFacts(bench, database, discord);
  },
});

async function* stormFacts(
  bench: Bench,
  database: TimerDatabase,
  storm: Awaited<ReturnType<typeof startStormDiscord>>,
): AsyncGenerator<Fact> {
  const { delivered, tookMs, late, ack, loop } = await stormOn(bench, database, storm);
  yield { what: `timers delivered of ${STORM.timers}`, value: delivered, unit: 'in all' };
  yield { what: 'delivered (Discord takes 50)', value: (delivered / tookMs) * 1_000, unit: 'a second' };
  yield { what: 'lateness, p50', value: late.p50 / 1_000, unit: 's' };
  yield { what: 'lateness, p99', value: late.p99 / 1_000, unit: 's' };
  const floor = await floorOf(bench, storm.discord, tookMs);
  const bar = Math.max(2 * floor.p99, floor.p99 + 5);
  yield { what: 'ack of /ping meanwhile, p50', value: ack.p50, unit: 'ms' };
  yield { what: 'ack of /ping meanwhile, p99', value: ack.p99, unit: 'ms', bar: Number(bar.toFixed(1)) };
  if (loop) yield { what: "the bot's event loop meanwhile, p99", value: loop.p99, unit: 'ms' };
  yield { what: 'the empty bot, p50', value: floor.p50, unit: 'ms' };
  yield { what: 'the empty bot, p99', value: floor.p99, unit: 'ms' };
}

async function* waitingFacts(
  bench: Bench,
  database: TimerDatabase,
  discord: Parameters<typeof idleMinute>[2],
): AsyncGenerator<Fact> {
  const without = await idleMinute(bench, database, discord);
  bench.say(`timer-storm: adding ${WAITING} timers`);
  await addWaiting(database.db, WAITING);
  const waiting = await idleMinute(bench, database, discord);
  for (const [what, cost] of [
    ['no timer waits', without],
    ['a million wait', waiting],
  ] as const) {
    yield { what: `idle while ${what}: queries of all kinds`, value: cost.queries, unit: 'a minute' };
    yield { what: `idle while ${what}: index look-ups in timers`, value: cost.lookUps, unit: 'a minute' };
    yield { what: `idle while ${what}: CPU time of the bot`, value: cost.cpuMs, unit: 'ms' };
  }
}
