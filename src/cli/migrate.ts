import { type Config, secretsOf } from '../config.ts';
import { connect } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { createLog, flushLog } from '../lib/log.ts';

/** How long a server that is not there is waited for. Milliseconds. */
const WAIT_MS = 10_000;

/** Brings the database up to date and says what was done. */
export async function runMigrate(config: Config): Promise<void> {
  const log = createLog({ level: config.LOG_LEVEL, format: config.LOG_FORMAT ?? 'pretty', secrets: secretsOf(config) });
  const signal = AbortSignal.timeout(60_000);
  const { DATABASE_URL: url, DATA_DIR: dataDir } = config;
  await using database = await connect({ url, dataDir, log, signal, waitMs: WAIT_MS });
  const ran = await migrate(database.db);
  await flushLog(log);
  process.stdout.write(ran.length === 0 ? 'The database is up to date.\n' : `Done: ${ran.join(', ')}\n`);
}
