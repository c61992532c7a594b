import { WORKS } from '../load/throughput-work.ts';
import { measureThroughput } from '../measure/throughput.ts';
import { defineScenario } from '../scenario.ts';

const LEAST_PERCENT = 85;

/** What the way to the threads and back leaves of what they could do: the same work in a bare loop is the limit. */
export default defineScenario({
  kind: 'facts',
  about: 'Messages judged and files inspected by the pool, against the same tasks in a bare loop on as many threads',
  takesSeconds: 30,
  usual: true,
  async *run(bench) {
    for (const work of WORKS) {
      const { threads, poolPerSecond, barePerSecond } = await measureThroughput(bench, work);
      yield { what: `${work}: in a bare loop on ${threads} threads`, value: barePerSecond, unit: 'a second' };
      yield { what: `${work}: by the pool's ${threads} threads`, value: poolPerSecond, unit: 'a second' };
      const value = (100 * poolPerSecond) / barePerSecond;
      yield { what: `${work}: share of the limit`, value, unit: '%', least: LEAST_PERCENT };
    }
  },
});
