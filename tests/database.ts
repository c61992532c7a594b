import { access, cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import postgres from 'postgres';
import { inject } from 'vitest';
import { type ConnectOptions, connect, type Database } from '../src/db/connect.ts';
import { migrate } from '../src/db/migrate.ts';

/** A database of this test's own, closed and removed at the end. */
export interface TestDatabase extends Database {
  /** For a second connection, as another process would have it (a server only). */
  readonly url: string;
  readonly dataDir: string;
}

const silent = pino({ level: 'silent' });

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

/** A migrated embedded database in a folder of its own, which is removed at the end unless it is to be kept. */
export async function embeddedDatabase({
  keepData = false,
  ...options
}: Partial<ConnectOptions> & { readonly keepData?: boolean } = {}): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'rockhopper-data-'));
  await cp(await embeddedTemplate(), folder, { recursive: true });
  return await opened({ dataDir: folder, log: silent, ...options }, async () => {
    if (!keepData) await rm(folder, { recursive: true });
  });
}

/** Making an embedded database takes seconds, copying one does not; whichever test needs it first makes it. */
async function embeddedTemplate(): Promise<string> {
  const ready = join(inject('scratch'), 'embedded');
  if (
    await access(ready).then(
      () => true,
      () => false,
    )
  )
    return ready;
  const draft = await mkdtemp(`${ready}-`);
  {
    await using database = await connect({ dataDir: draft, log: silent });
    await migrate(database.db);
  }
  // Another test process may have been faster; its template is as good.
  await rename(draft, ready).catch(() => {});
  return ready;
}

async function opened(options: ConnectOptions, remove: () => Promise<void>): Promise<TestDatabase> {
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
