import { access, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { databaseError } from '../../src/db/away.ts';
import { connect, type Database } from '../../src/db/connect.ts';
import { lockData } from '../../src/db/data-lock.ts';
import { openPool } from '../../src/db/pool.ts';
import { ConfigError, DatabaseAwayError } from '../../src/lib/errors.ts';
import { embeddedDatabase } from '../embedded-database.ts';
import { Writer } from './writer.ts';

const log = pino({ level: 'silent' });
const isNumber = (line: string) => /^\d+$/.test(line);

/** A data folder that has a database and is not in use. */
async function closedFolder(): Promise<AsyncDisposable & { readonly dataDir: string }> {
  const database = await embeddedDatabase({ keepData: true });
  const { dataDir } = database;
  await database[Symbol.asyncDispose]();
  return { dataDir, [Symbol.asyncDispose]: () => rm(dataDir, { recursive: true, force: true }) };
}

test('what was stored is there when the folder is opened again, and closing leaves no lock or socket', async () => {
  await using folder = await closedFolder();
  for (const expected of [0, 1]) {
    await using database = await connect({ dataDir: folder.dataDir, log });
    expect(await database.db`select 1 from jobs`).toHaveLength(expected);
    await database.db`insert into jobs (name) values ('kept') on conflict do nothing`;
  }
  expect(await readdir(folder.dataDir)).toEqual(['postgres']);
});

test('a process that is killed while it writes loses no row that was acknowledged', async () => {
  await using folder = await closedFolder();
  for (let round = 1; round <= 3; round += 1) {
    await using writer = new Writer(folder.dataDir);
    await writer.said((line) => isNumber(line) && Number(line) % 50 === 0);
    await writer.kill();
    await using database = await connect({ dataDir: folder.dataDir, log });
    const rows = await database.db<{ n: number }[]>`select n from written order by n`;
    const stored = new Set(rows.map(({ n }) => n));
    expect(writer.acknowledged.length).toBeGreaterThan(0);
    expect(writer.acknowledged.filter((n) => !stored.has(n))).toEqual([]);
  }
});

test('a second process is refused and told who has the folder, and gets it once that is closed', async () => {
  await using folder = await closedFolder();
  await using first = new Writer(folder.dataDir);
  await first.said(isNumber);
  await using second = new Writer(folder.dataDir);
  const refusal = await second.said((line) => line.startsWith('refused'));
  expect(refusal).toContain(`process ${first.pid}`);
  expect(refusal).toContain(folder.dataDir);
  await first.close();
  await using third = new Writer(folder.dataDir);
  await third.said(isNumber);
  await third.close();
});

test('the same process is refused too, as a configuration error', async () => {
  await using database = await embeddedDatabase();
  await expect(connect({ dataDir: database.dataDir, log })).rejects.toThrow(ConfigError);
  expect(await database.ping()).toBeGreaterThan(0);
});

test('the lock of a dead process is taken over, by one of many who try', async () => {
  await using folder = await closedFolder();
  const file = join(folder.dataDir, 'rockhopper.lock');
  const since = new Date().toISOString();
  const locks = [
    { pid: 2 ** 22 + 1, started: 'before', host: hostname(), since },
    // The id lives again, but as another process: this one.
    { pid: process.pid, started: 'long ago', host: hostname(), since },
  ];
  for (const owner of locks) {
    await writeFile(file, JSON.stringify(owner));
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => lockData(folder.dataDir)));
    const won = tries.filter(({ status }) => status === 'fulfilled');
    expect(won).toHaveLength(process.platform === 'linux' || owner !== locks[1] ? 1 : 0);
    for (const one of tries) {
      if (one.status === 'fulfilled') await one.value[Symbol.asyncDispose]();
      else expect(one.reason).toBeInstanceOf(ConfigError);
    }
  }
  await writeFile(file, 'not a lock');
  await (await lockData(folder.dataDir))[Symbol.asyncDispose]();
  expect(await readdir(folder.dataDir)).toEqual(['postgres']);
});

test('a lock of another machine counts while it is fresh', async () => {
  await using folder = await closedFolder();
  const file = join(folder.dataDir, 'rockhopper.lock');
  await writeFile(
    file,
    JSON.stringify({ pid: 1, started: '', host: 'another-machine', since: new Date().toISOString() }),
  );
  await expect(lockData(folder.dataDir)).rejects.toThrow('on another-machine');
  const { utimes } = await import('node:fs/promises');
  await utimes(file, new Date(0), new Date(0));
  await using lock = await lockData(folder.dataDir);
  expect(JSON.parse(await readFile(lock.file, 'utf8'))).toMatchObject({ pid: process.pid });
});

test('a folder whose making was interrupted is made anew', async () => {
  await using folder = await closedFolder();
  const { dataDir } = folder;
  const { rename } = await import('node:fs/promises');
  await rename(join(dataDir, 'postgres'), join(dataDir, 'postgres.making'));
  await using database = await connect({ dataDir, log });
  expect(await database.db`select to_regclass('jobs') as jobs`).toMatchObject([{ jobs: null }]);
  await expect(access(join(dataDir, 'postgres.making'))).rejects.toThrow();
});

test('several connections share it: mistakes, transactions and large results of one do not touch the others', async () => {
  await using database = await embeddedDatabase();
  const others = Array.from({ length: 3 }, () => openPool(database.address));
  await using pools = new AsyncDisposableStack();
  for (const pool of others) pools.defer(() => pool.end({ timeout: 1 }));
  const all = [database.db, ...others];
  const work = all.map(async (db, at) => {
    for (let n = 0; n < 40; n += 1) {
      await expect(db`select ${n}::int / 0 as x, nowhere`).rejects.toThrow('nowhere');
      expect(await db`select ${at * 1_000 + n}::int as n`).toMatchObject([{ n: at * 1_000 + n }]);
      const both = await db.begin(async (tx) => {
        await tx`select set_config('my.name', ${`${at}`}, true)`;
        await tx`select 1`;
        return tx`select current_setting('my.name') as name`;
      });
      expect(both).toMatchObject([{ name: `${at}` }]);
    }
    expect(await db`select repeat('x', 1000) as x from generate_series(1, 2000)`).toHaveLength(2_000);
  });
  await Promise.all(work);
});

test('a connection that ends in the middle of a transaction leaves nothing behind', async () => {
  await using database = await embeddedDatabase();
  const other = openPool(database.address);
  const inside = Promise.withResolvers<void>();
  const lost = other
    .begin(async (tx) => {
      await tx`insert into jobs (name) values ('half')`;
      inside.resolve();
      await new Promise(() => {});
    })
    .catch((error: unknown) => error);
  await inside.promise;
  const waiting = database.db`select 1 from jobs`.execute();
  await other.end({ timeout: 0 });
  expect(databaseError(await lost)).toBeInstanceOf(DatabaseAwayError);
  expect(await waiting).toHaveLength(0);
});

test('a thread that breaks down is started again with what was stored; meanwhile the database is away', async () => {
  const embeddedThread = new URL('./crashing-thread.ts', import.meta.url);
  await using database = await embeddedDatabase({ embeddedThread });
  await database.db`insert into jobs (name) values ('kept')`;
  const gone = changeOf(database);
  const hole = new BroadcastChannel('break the database');
  hole.postMessage('now');
  expect(await gone).toBe(true);
  const error = await database.db`select 1`.catch((reason: unknown) => reason);
  expect(databaseError(error)).toBeInstanceOf(DatabaseAwayError);
  expect(await changeOf(database)).toBe(false);
  expect(await database.db`select name from jobs`).toMatchObject([{ name: 'kept' }]);
  hole.close();
});

test('a folder whose path is too long for a socket works all the same', async () => {
  await using folder = await closedFolder();
  const long = join(folder.dataDir, '..', `rockhopper-${'long-'.repeat(20)}${crypto.randomUUID()}`);
  await symlink(folder.dataDir, long);
  try {
    await using database = await connect({ dataDir: long, log });
    expect(await database.ping()).toBeGreaterThan(0);
  } finally {
    await rm(long);
  }
});

test('what is said in a transaction is heard after it, in the same process', async () => {
  await using database = await embeddedDatabase();
  const heard: string[] = [];
  using _listening = await database.listen('test', { heard: (payload) => heard.push(payload), missed: () => {} });
  await database
    .begin(async (_tx, notify) => {
      await notify('test', 'undone');
      throw new Error('undo');
    })
    .catch(() => {});
  await database.begin(async (_tx, notify) => {
    await notify('test', 'done');
    expect(heard).toEqual([]);
  });
  expect(heard).toEqual(['done']);
});

function changeOf(database: Database): Promise<boolean> {
  return new Promise((resolve) => {
    const watching = database.onAway((away) => {
      watching[Symbol.dispose]();
      resolve(away);
    });
  });
}
