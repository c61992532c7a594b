import { LONGEST_LOCK_MS } from '../../src/scheduler/sweep.ts';
import { addExpired, sweepExpired, writeAlone } from '../facts/sweeping.ts';
import { startTimerDatabase } from '../facts/timer-database.ts';
import { defineScenario } from '../scenario.ts';

const EXPIRED = 1_000_000;
const ALONE_MS = 10_000;

/** A million rows that have expired, deleted as `cleanup` does on a real Postgres: how long it holds what somebody else wants. */
export default defineScenario({
  kind: 'facts',
  about: '1,000,000 expired rows deleted while somebody writes to those that are next to go',
  takesSeconds: 120,
  async *run(bench) {
    await using database = await startTimerDatabase(bench);
    bench.say(`cleanup-locks: adding ${EXPIRED} rows`);
    await addExpired(database.db, EXPIRED);
    const alone = (await writeAlone(database.db, ALONE_MS, bench.signal)).percentiles();
    const { deleted, tookMs, chunks, chunk, writer } = await sweepExpired(database, bench.signal);
    const [pieces, waited] = [chunk.percentiles(), writer.percentiles()];
    yield { what: 'rows deleted', value: deleted, unit: 'in all' };
    yield { what: 'in chunks', value: chunks, unit: 'in all' };
    yield { what: 'rows deleted', value: (deleted / tookMs) * 1_000, unit: 'a second' };
    yield { what: 'a chunk, p50', value: pieces.p50, unit: 'ms' };
    yield { what: 'a chunk, p99', value: pieces.p99, unit: 'ms' };
    yield { what: 'the longest chunk', value: pieces.max, unit: 'ms', bar: LONGEST_LOCK_MS };
    yield { what: 'a writer to the rows that are next to go, p99', value: waited.p99, unit: 'ms' };
    yield {
      what: 'a writer to the rows that are next to go, longest',
      value: waited.max,
      unit: 'ms',
      bar: LONGEST_LOCK_MS,
    };
    yield { what: 'the same writer while nothing is deleted, p99', value: alone.p99, unit: 'ms' };
    yield { what: 'the same writer while nothing is deleted, longest', value: alone.max, unit: 'ms' };
  },
});
