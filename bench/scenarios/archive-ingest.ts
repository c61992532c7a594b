import { floorOfIngest, INGEST, ingest } from '../facts/archive-ingest.ts';
import type { Fact } from '../facts/fact.ts';
import { startTimerDatabase } from '../facts/timer-database.ts';
import { defineScenario } from '../scenario.ts';

/** What an answer may take beside the empty bot's: twice as long, or so many milliseconds more. */
const SPARE_MS = 5;

/** Five thousand messages a second, all of them kept in a real Postgres; and what a person waits for `/ping` meanwhile. */
export default defineScenario({
  kind: 'facts',
  about: `${INGEST.perSecond} messages a second for ${INGEST.seconds} s, all of them archived in a real Postgres`,
  takesSeconds: 110,
  async *run(bench): AsyncGenerator<Fact> {
    const floor = await floorOfIngest(bench);
    await using database = await startTimerDatabase(bench);
    const { sent, sentMs, stored, behindMs, ack, loop } = await ingest(bench, database);
    yield {
      what: 'messages written',
      value: sent / (sentMs / 1_000),
      unit: 'a second',
      least: 0.98 * INGEST.perSecond,
    };
    yield { what: `messages archived of ${sent}`, value: stored, unit: 'in all', least: sent };
    yield { what: 'from the last message to its row', value: behindMs / 1_000, unit: 's' };
    yield { what: 'ack of /ping of an empty bot, p99', value: floor.p99, unit: 'ms' };
    yield { what: 'ack of /ping, p99', value: ack.p99, unit: 'ms', bar: Math.max(2 * floor.p99, floor.p99 + SPARE_MS) };
    if (loop) yield { what: "the bot's event loop, p99", value: loop.p99, unit: 'ms' };
  },
});
