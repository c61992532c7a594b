import { pino } from 'pino';
import postgres from 'postgres';
import { inject } from 'vitest';
import { type ConnectOptions, connect, type Database } from '../src/db/connect.ts';

/** A database of this test's own, closed and removed at the end. */
export interface TestDatabase extends Database {
  /** For a second connection, as another process would have it (a server only). */
  readonly url: string;
  readonly dataDir: string;
}

export const silent = pino({ level: 'silent' });

/** Makes and drops the databases of one thread of the runner. */
let admin: postgres.Sql | undefined;

/** A migrated database on the suite's Postgres, dropped at the end whoever is still connected. */
export async function freshDatabase(options: Partial<ConnectOptions> = {}): Promise<TestDatabase> {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  // Copying the files takes the server half of what writing every page of them to its log does.
  await asAdmin(`create database ${name} template rockhopper_template strategy file_copy`);
  const url = `${inject('postgresUrl')}/${name}`;
  return await opened({ url, dataDir: '', log: silent, ...options }, () =>
    asAdmin(`drop database ${name} with (force)`),
  );
}

/** Connects, and takes `remove` along for the end. */
export async function opened(options: ConnectOptions, remove: () => Promise<void>): Promise<TestDatabase> {
  await using stack = new AsyncDisposableStack();
  stack.defer(remove);
  const database = stack.use(await connect({ graceMs: 1_000, ...options }));
  const owned = stack.move();
  return Object.defineProperties(database, {
    url: { value: options.url ?? '' },
    dataDir: { value: options.dataDir },
    [Symbol.asyncDispose]: { value: () => owned.disposeAsync() },
  }) as TestDatabase;
}

async function asAdmin(command: string): Promise<void> {
  admin ??= postgres(`${inject('postgresUrl')}/postgres`, { max: 1, onnotice: () => {} });
  await admin.unsafe(command);
}
