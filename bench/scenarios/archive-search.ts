import { searchThroughBot } from '../facts/archive-search.ts';
import { startTimerDatabase } from '../facts/timer-database.ts';
import { Latencies } from '../measure/latencies.ts';
import { defineScenario } from '../scenario.ts';

const MESSAGES = 1_000_000;
const TIMES = 30;
const BAR_MS = 100;

/** A million archived messages on a real Postgres: how long `/search messages` takes, from the question to the page. */
export default defineScenario({
  kind: 'facts',
  about: '1,000,000 archived messages, searched through the bot by words, phrases, authors and with typing errors',
  takesSeconds: 150,
  async *run(bench) {
    await using database = await startTimerDatabase(bench);
    bench.say(`archive-search: adding ${MESSAGES} messages`);
    const asked = await searchThroughBot(bench, database, { count: MESSAGES, times: TIMES });
    const all = Latencies.merge(asked.map(({ took }) => took));
    yield { what: 'a page, all questions together, p50', value: all.at(50), unit: 'ms' };
    yield { what: 'a page, all questions together, p95', value: all.at(95), unit: 'ms', bar: BAR_MS };
    for (const { what, took, found } of asked) {
      yield { what: `${what} (${found} of ${TIMES} found something): p50`, value: took.at(50), unit: 'ms' };
      yield { what: `${what}: p95`, value: took.at(95), unit: 'ms' };
    }
  },
});
