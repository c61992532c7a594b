import postgres from 'postgres';
import { inject } from 'vitest';
import type { Db } from '../src/db/connect.ts';

export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
  readonly db: Db;
}

/** A migrated database of this test's own on the suite's Postgres, dropped at the end whoever is still connected. */
export async function freshDatabase(): Promise<TestDatabase> {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  const server = inject('postgresUrl');
  await asAdmin(server, `create database ${name} template rockhopper_template`);
  const url = `${server}/${name}`;
  const db = Object.assign(postgres(url, { max: 4, onnotice: () => {} }), { kind: 'server' } as const);
  return {
    url,
    db,
    async [Symbol.asyncDispose]() {
      await db.end({ timeout: 1 });
      await asAdmin(server, `drop database ${name} with (force)`);
    },
  };
}

async function asAdmin(server: string, command: string): Promise<void> {
  const admin = postgres(`${server}/postgres`, { max: 1, onnotice: () => {} });
  try {
    await admin.unsafe(command);
  } finally {
    await admin.end({ timeout: 1 });
  }
}
