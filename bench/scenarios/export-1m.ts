import { join } from 'node:path';
import { pino } from 'pino';
import { connect } from '../../src/db/connect.ts';
import { migrate } from '../../src/db/migrate.ts';
import type { Address, Db } from '../../src/db/pool.ts';
import type { Bench } from '../bench.ts';
import { exportAll, exportBare, fillArchive } from '../facts/export-million.ts';
import type { Fact } from '../facts/fact.ts';
import { startTimerDatabase } from '../facts/timer-database.ts';
import { defineScenario } from '../scenario.ts';

const MESSAGES = 1_000_000;
const QUICK_MESSAGES = 50_000;
const GROWN_BAR_MB = 64;
const LOOP_BAR_MS = 10;
const LEAST_OF_BARE = 70;

/** A million kept messages become files of gzip: how quickly, beside a bare script, and what others notice of it. */
export default defineScenario({
  kind: 'facts',
  about: 'a million kept messages exported to gzip JSONL, on a server and on the embedded database',
  takesSeconds: 240,
  async *run(bench) {
    const count = bench.options.pace === 'quick' ? QUICK_MESSAGES : MESSAGES;
    {
      await using server = await startTimerDatabase(bench);
      yield* measured('server', { db: server.db, address: { kind: 'server', url: server.url } }, count, bench);
    }
    const dataDir = join(bench.scratch, 'embedded-export');
    await using embedded = await connect({ dataDir, log: pino({ level: 'silent' }) });
    await migrate(embedded.db);
    yield* measured('embedded', embedded, count, bench);
  },
});

interface Database {
  readonly db: Db;
  readonly address: Address;
}

async function* measured(kind: string, { db, address }: Database, count: number, bench: Bench): AsyncGenerator<Fact> {
  bench.say(`export-1m: writing ${count} messages into the archive, ${kind}`);
  await fillArchive(db, count);
  const { scratch } = bench;
  // The embedded database lets nobody else ask while a cursor is open: there a bare script has nothing to be compared with.
  const bare = address.kind === 'server' ? await exportBare(address, scratch) : undefined;
  bench.say(`export-1m: exporting them, ${kind}`);
  const { rows, perSecond, grown, loopP99, queryP99 } = await exportAll(address, join(scratch, kind), count);
  yield { what: `${kind}: messages in the files`, value: rows, unit: 'in all', least: count };
  yield { what: `${kind}: messages`, value: perSecond, unit: 'a second' };
  if (bare !== undefined) {
    yield { what: `${kind}: messages by a bare script`, value: bare, unit: 'a second' };
    yield { what: `${kind}: of a bare script`, value: (100 * perSecond) / bare, unit: '%', least: LEAST_OF_BARE };
  }
  yield { what: `${kind}: memory gained after the first tenth`, value: grown, unit: 'MB', bar: GROWN_BAR_MB };
  yield { what: `${kind}: delay of the loop, p99`, value: loopP99, unit: 'ms', bar: LOOP_BAR_MS };
  yield { what: `${kind}: another query meanwhile, p99`, value: queryP99, unit: 'ms' };
}
