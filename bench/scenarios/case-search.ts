import { addCases, askLists, askNames, askSearches } from '../facts/case-search.ts';
import { startTimerDatabase } from '../facts/timer-database.ts';
import { Latencies } from '../measure/latencies.ts';
import { defineScenario } from '../scenario.ts';

const CASES = 200_000;
const TIMES = 100;
const BAR_MS = 50;

/** A server of 200,000 cases on a real Postgres: how long a page of them takes, listed and searched, and the choices of `/unban`. */
export default defineScenario({
  kind: 'facts',
  about: '200,000 cases of a server, listed and searched by pages, and who is banned by name',
  takesSeconds: 60,
  async *run(bench) {
    await using database = await startTimerDatabase(bench);
    bench.say(`case-search: adding ${CASES} cases`);
    await addCases(database.db, CASES);
    const groups = {
      list: await askLists(database.db, TIMES),
      search: await askSearches(database.db, TIMES),
      'who is banned': await askNames(database.db, TIMES),
    };
    for (const [group, asked] of Object.entries(groups)) {
      const all = Latencies.merge(asked.map(({ took }) => took));
      const answer = group === 'who is banned' ? 'choices' : 'a page';
      yield { what: `${group}: ${answer}, p50`, value: all.at(50), unit: 'ms' };
      yield { what: `${group}: ${answer}, p95`, value: all.at(95), unit: 'ms', bar: BAR_MS };
      for (const { what, took } of asked) {
        yield { what: `${group}: ${what}, p95`, value: took.at(95), unit: 'ms', bar: BAR_MS };
      }
    }
  },
});
