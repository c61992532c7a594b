import { addEvents, askStats } from '../facts/stats-chart.ts';
import { startTimerDatabase } from '../facts/timer-database.ts';
import { defineScenario } from '../scenario.ts';

const EVENTS = 1_000_000;
const TIMES = 10;
const BAR_MS = 3_000;

/** The statistics of a server in which a million things were counted within a year, on a real Postgres: found, and drawn. */
export default defineScenario({
  kind: 'facts',
  about: 'the statistics of a server from 1,000,000 events, with a chart',
  takesSeconds: 60,
  async *run(bench) {
    await using database = await startTimerDatabase(bench);
    bench.say(`stats-chart: adding ${EVENTS} events`);
    await addEvents(database.db, EVENTS);
    const { found, whole } = await askStats(database.db, TIMES);
    yield { what: 'what statistics say of a year, found, p50', value: found.at(50), unit: 'ms' };
    yield { what: 'the same with a chart drawn, p50', value: whole.at(50), unit: 'ms' };
    yield { what: 'the same with a chart drawn, longest', value: whole.at(100), unit: 'ms', bar: BAR_MS };
  },
});
