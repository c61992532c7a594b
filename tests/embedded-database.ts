import { createHash } from 'node:crypto';
import { access, cp, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll } from 'vitest';
import { type ConnectOptions, connect } from '../src/db/connect.ts';
import { lockData } from '../src/db/data-lock.ts';
import { MIGRATIONS, migrate } from '../src/db/migrate.ts';
import { delay } from '../src/lib/deadline.ts';
import { ConfigError } from '../src/lib/errors.ts';
import { opened, silent, type TestDatabase } from './database.ts';

const CACHE = fileURLToPath(new URL('../node_modules/.cache/rockhopper', import.meta.url));
/** Making a database takes seconds, many more on a busy machine; no test has to wait for that. */
const MAKING_MS = 240_000;

beforeAll(async () => void (await template()), MAKING_MS);

/** A migrated embedded database in a folder of its own, which is removed at the end unless it is to be kept. */
export async function embeddedDatabase({
  keepData = false,
  ...options
}: Partial<ConnectOptions> & { readonly keepData?: boolean } = {}): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'rockhopper-data-'));
  await cp(await template(), folder, { recursive: true });
  return await opened({ dataDir: folder, log: silent, ...options }, async () => {
    if (!keepData) await rm(folder, { recursive: true });
  });
}

/** A migrated database to copy. It is made once for all tests and all runs, until PGlite or the migrations change. */
async function template(): Promise<string> {
  const ready = join(CACHE, `embedded-${await fingerprint()}`);
  while (!(await exists(ready))) {
    try {
      // One of the test processes makes it, the others wait.
      await using _turn = await lockData(CACHE);
      if (!(await exists(ready))) await make(ready);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      await delay(100);
    }
  }
  return ready;
}

async function make(ready: string): Promise<void> {
  const draft = `${ready}.draft`;
  await rm(draft, { recursive: true, force: true });
  {
    await using database = await connect({ dataDir: draft, log: silent });
    await migrate(database.db);
  }
  await rename(draft, ready);
}

async function fingerprint(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const { version } = JSON.parse(await readFile(join(dirname(entry), '..', 'package.json'), 'utf8'));
  const hash = createHash('sha256').update(version);
  for (const { name, sql } of MIGRATIONS) hash.update(name).update(sql);
  return hash.digest('hex').slice(0, 16);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
