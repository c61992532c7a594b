import { startSandbox } from '../../sandbox/server/sandbox.ts';
import type { Fact } from '../facts/fact.ts';
import { banMany, PEOPLE } from '../facts/massban.ts';
import { startTimerDatabase } from '../facts/timer-database.ts';
import { floorOf } from '../facts/timer-storm.ts';
import { defineScenario } from '../scenario.ts';

/** Of the rate that is allowed, so much at least. */
const SHARE = 0.9;
/** Two requests of 200 at once and the third five seconds later; five a second. Milliseconds. */
const ALLOWED_MS = { bulk: 5_000, fives: (PEOPLE / 5 - 1) * 1_000 } as const;
const FLOOR_MS = 10_000;

/** Five hundred strangers banned at Discord's rate limits, in bulk and five at a time. */
export default defineScenario({
  kind: 'facts',
  about: '500 people banned by one /massban at Discord’s rate limits, by the bulk route and five at a time',
  takesSeconds: 160,
  async *run(bench): AsyncGenerator<Fact> {
    await using database = await startTimerDatabase(bench);
    await using discord = await startSandbox({ port: 0, seed: 'demo', rateLimits: 'discord' });
    const floor = await floorOf(bench, discord, FLOOR_MS);
    const ackBar = Number(Math.max(2 * floor.p99, floor.p99 + 5).toFixed(1));
    yield { what: 'the empty bot, ack of /ping, p99', value: floor.p99, unit: 'ms' };
    for (const [way, tell] of [
      ['bulk', false],
      ['fives', true],
    ] as const) {
      const { banned, tookMs, ack } = await banMany(bench, database, discord, tell);
      yield { what: `${way}: banned of ${PEOPLE}`, value: banned, unit: 'in all' };
      yield {
        what: `${way}: until the last ban`,
        value: tookMs / 1_000,
        unit: 's',
        bar: Number((ALLOWED_MS[way] / SHARE / 1_000).toFixed(2)),
      };
      yield { what: `${way}: ack of /ping meanwhile, p50`, value: ack.p50, unit: 'ms' };
      yield { what: `${way}: ack of /ping meanwhile, p99`, value: ack.p99, unit: 'ms', bar: ackBar };
    }
  },
});
