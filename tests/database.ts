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

/** A migrated database on the suite's Postgres, dropped at the end whoever is still connected. */
export async function freshDatabase(options: Partial<ConnectOptions> = {}): Promise<TestDatabase> {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  const server = inject('postgresUrl');
  await asAdmin(server, `create database ${name} template rockhopper_template`);
  const url = `${server}/${name}`;
  return await opened({ url, dataDir: '', log: silent, ...options }, () =>
    asAdmin(server, `drop database ${name} with (force)`),
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

async function asAdmin(server: string, command: string): Promise<void> {
  const admin = postgres(`${server}/postgres`, { max: 1, onnotice: () => {} });
  try {
    await admin.unsafe(command);
  } finally {
    await admin.end({ timeout: 1 });
  }
}
