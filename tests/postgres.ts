import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { migrate } from '../src/db/migrate.ts';
import { openPool } from '../src/db/pool.ts';
import { startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The suite's real Postgres, as its superuser; `tests/database.ts` gives each test a database of its own there. */
    readonly postgresUrl: string;
  }
}

const MEMORY = '/dev/shm';
const ROOM = 4e9;

/** Starts one real Postgres for the whole suite, with a migrated template database, and removes it all at the end. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  await using started = new AsyncDisposableStack();
  const scratch = await mkdtemp(join(await fastFolder(), 'rockhopper-tests-'));
  started.defer(() => rm(scratch, { recursive: true, force: true }));
  // Postgres runs as somebody else when the suite runs as root, and has to get at its files.
  await chmod(scratch, 0o755);
  const { url } = started.use(await startPostgres(scratch));
  await makeTemplate(url);
  provide('postgresUrl', url);
  const running = started.move();
  return () => running.disposeAsync();
}

/**
 * Where Linux keeps files in memory, as long as there is room for all that the suite writes: every test makes and drops a
 * database of some hundred files, which takes a disk's file system more time than all the rest of a bot's start.
 */
async function fastFolder(): Promise<string> {
  try {
    const { bavail, bsize } = await statfs(MEMORY);
    return bavail * bsize > ROOM ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}

async function makeTemplate(url: string): Promise<void> {
  const admin = postgres(`${url}/postgres`, { max: 1 });
  await admin`create database rockhopper_template`;
  await admin.end();
  const template = openPool({ kind: 'server', url: `${url}/rockhopper_template` }, { connections: 1 });
  await migrate(template);
  await template.end();
}
