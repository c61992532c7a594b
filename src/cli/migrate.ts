import { type Config, secretsOf } from '../config.ts';
import { connect } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { createLog, flushLog } from '../lib/log.ts';

/** Brings the database up to date and says what was done. */
export async function runMigrate(config: Config): Promise<void> {
  const log = createLog({ level: config.LOG_LEVEL, format: config.LOG_FORMAT ?? 'pretty', secrets: secretsOf(config) });
  const signal = AbortSignal.timeout(60_000);
  await using database = await connect({ url: config.DATABASE_URL, dataDir: config.DATA_DIR, log, signal });
  const ran = await migrate(database.db);
  await flushLog(log);
  process.stdout.write(ran.length === 0 ? 'The database is up to date.\n' : `Done: ${ran.join(', ')}\n`);
}
