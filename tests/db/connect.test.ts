import { pino } from 'pino';
import { expect, inject, test } from 'vitest';
import { databaseError } from '../../src/db/away.ts';
import { type ConnectOptions, connect, type Database } from '../../src/db/connect.ts';
import { openPool } from '../../src/db/pool.ts';
import { ConfigError, DatabaseAwayError } from '../../src/lib/errors.ts';
import { freshDatabase } from '../database.ts';
import { Bridge } from './bridge.ts';

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly error?: unknown;
}

/** A log whose lines a test can read and wait for. */
function memoryLog() {
  const lines: Line[] = [];
  const waiting = new Set<() => void>();
  const write = (text: string) => {
    lines.push(JSON.parse(text));
    for (const look of waiting) look();
  };
  return {
    lines,
    log: pino({ level: 'debug', errorKey: 'error' }, { write }),
    said: (part: string) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!lines.some(({ msg }) => msg.includes(part))) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

function changeOf(database: Database): Promise<boolean> {
  return new Promise((resolve) => {
    const watching = database.onAway((away) => {
      watching[Symbol.dispose]();
      resolve(away);
    });
  });
}

async function through(bridge: Bridge, options: Partial<ConnectOptions> = {}): Promise<Database> {
  return await connect({ url: bridge.url, dataDir: '', log: pino({ level: 'silent' }), graceMs: 500, ...options });
}

test('how long each query took is told, those that fail and those of transactions with them', async () => {
  await using test = await freshDatabase();
  const took: number[] = [];
  const onQuery = (ms: number) => took.push(ms);
  await using database = await connect({ url: test.url, dataDir: '', log: pino({ level: 'silent' }), onQuery });
  await database.db`select 1`; // and with the first, whatever a new connection asks for itself
  const before = took.length;
  await database.db`select pg_sleep(0.05)`;
  await database.db`select 1/0`.catch(() => undefined);
  await database.db.begin(async (tx) => await tx`select 1`);
  expect(took.length - before).toBe(5);
  expect(took[before]).toBeGreaterThan(49);
});

test('a server that is down at the start is waited for, and each try has a clear line without the password', async () => {
  await using test = await freshDatabase();
  await using bridge = await Bridge.open(test.url, { up: false });
  const { log, lines, said } = memoryLog();
  const connecting = through(bridge, { log });
  await said('does not answer yet; trying again in 0.5 s');
  await bridge.up();
  await using database = await connecting;
  expect(await database.db`select 1 as one`).toMatchObject([{ one: 1 }]);
  expect(JSON.stringify(lines)).not.toContain(new URL(test.url).password);
});

test('a server behind something that accepts and hangs up is waited for too', async () => {
  await using test = await freshDatabase();
  await using bridge = await Bridge.open('postgres://127.0.0.1:1/none');
  const { log, said } = memoryLog();
  const stop = new AbortController();
  const connecting = through(bridge, { log, signal: stop.signal });
  await said('trying again in 0.5 s');
  stop.abort(new Error('asked to stop'));
  await expect(connecting).rejects.toThrow('asked to stop');
  expect(test.away).toBe(false);
});

test('the waiting has an end when it is given one', async () => {
  await using bridge = await Bridge.open('postgres://127.0.0.1:1/none', { up: false });
  await expect(through(bridge, { waitMs: 100 })).rejects.toThrow(DatabaseAwayError);
});

test('a wrong password, a missing database and an unreadable address are configuration errors at once', async () => {
  const url = new URL(inject('postgresUrl'));
  const open = (address: string) => connect({ url: address, dataDir: '', log: pino({ level: 'silent' }) });
  await expect(open(`${url.href}/nowhere`)).rejects.toThrow(/has no database of this name/);
  url.password = 'wrong-secret';
  const refused = await open(`${url.href}/postgres`).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ConfigError);
  expect(String(refused)).toMatch(/refuses this user or password/);
  expect(`${refused} ${JSON.stringify(refused)}`).not.toContain('wrong-secret');
  const unreadable = await open('postgres://user:pass%word@host:port/x').catch((error: unknown) => error);
  expect(unreadable).toBeInstanceOf(ConfigError);
  expect(String(unreadable)).not.toContain('pass%word');
});

test('while the server is gone queries fail at once, and afterwards it recovers by itself', async () => {
  await using test = await freshDatabase();
  await using bridge = await Bridge.open(test.url);
  await using database = await through(bridge);
  const gone = changeOf(database);
  await bridge.down();
  expect(await gone).toBe(true);
  expect(database.away).toBe(true);
  const error = await database.db`select 1`.catch((reason: unknown) => reason);
  expect(databaseError(error)).toBeInstanceOf(DatabaseAwayError);
  await expect(database.ping()).rejects.toThrow(DatabaseAwayError);
  const back = changeOf(database);
  await bridge.up();
  expect(await back).toBe(false);
  expect(await database.db`select 1 as one`).toMatchObject([{ one: 1 }]);
});

test('a server that only falls silent is noticed, and whoever waits for it is freed', async () => {
  await using test = await freshDatabase();
  await using bridge = await Bridge.open(test.url);
  await using database = await through(bridge, { probeMs: 100 });
  await database.db`select 1`;
  const gone = changeOf(database);
  bridge.silence();
  const waiting = database.db`select 1`.catch((reason: unknown) => reason);
  expect(await gone).toBe(true);
  expect(databaseError(await waiting)).toBeInstanceOf(DatabaseAwayError);
  const back = changeOf(database);
  await bridge.up();
  expect(await back).toBe(false);
  expect(await database.db`select 1 as one`).toMatchObject([{ one: 1 }]);
});

test('a transaction whose connection is lost fails, touches nothing, and leaves the process and the pool well', async () => {
  await using test = await freshDatabase();
  await using bridge = await Bridge.open(test.url);
  await using database = await through(bridge, { connections: 1 });
  await database.db`create table counters (n int not null)`;
  const losses = [
    // Lost between two statements, and while one runs.
    async () => bridge.cut(),
    async () =>
      void (await test.db`select pg_terminate_backend(pid) from pg_stat_activity where query like '%counters%' and pid <> pg_backend_pid()`),
  ];
  for (const lose of losses) {
    const lost = database.begin(async (tx) => {
      await tx`insert into counters values (1)`;
      await lose();
      await tx`insert into counters values (${2})`.catch(() => {});
      await tx`insert into counters values (${3})`;
    });
    expect(databaseError(await lost.catch((reason: unknown) => reason))).toBeInstanceOf(DatabaseAwayError);
    expect(await database.db`select n from counters`).toHaveLength(0);
  }
  await database.begin((tx) => tx`insert into counters values (${4})`);
  expect(await database.db`select n from counters`).toMatchObject([{ n: 4 }]);
});

test('a connection that is lost while it asks for types rejects whoever waits for it, and nothing that nobody waits for', async () => {
  await using own = await freshDatabase();
  await using bridge = await Bridge.open(own.url);
  const unheard: unknown[] = [];
  const hear = (error: unknown) => void unheard.push(error);
  process.on('unhandledRejection', hear);
  const pool = openPool({ kind: 'server', url: bridge.url });
  bridge.cutAt('pg_catalog.pg_type');
  const error = await pool`select 1`.catch((reason: unknown) => reason);
  expect(databaseError(error)).toBeInstanceOf(DatabaseAwayError);
  expect(await pool`select array[1, 2] as all`).toMatchObject([{ all: [1, 2] }]);
  await pool.end();
  process.off('unhandledRejection', hear);
  expect(unheard).toEqual([]);
});

test('what one process says in a transaction another hears once it is committed, and never when it is not', async () => {
  await using one = await freshDatabase();
  await using other = await connect({ url: one.url, dataDir: '', log: pino({ level: 'silent' }) });
  const heard: string[] = [];
  const last = Promise.withResolvers<void>();
  const listener = {
    heard: (payload: string) => {
      heard.push(payload);
      if (payload === 'last') last.resolve();
    },
    missed: () => heard.push('missed'),
  };
  using _listening = await other.listen('test', listener);
  await one
    .begin(async (_tx, notify) => {
      await notify('test', 'undone');
      throw new Error('undo');
    })
    .catch(() => {});
  await one.begin((_tx, notify) => notify('test', 'done'));
  await one.begin((_tx, notify) => notify('test', 'last'));
  await last.promise;
  expect(heard).toEqual(['done', 'last']);
});

test('a listener whose connection was cut listens again and is told that it may have missed something', async () => {
  await using one = await freshDatabase();
  await using bridge = await Bridge.open(one.url);
  await using other = await through(bridge);
  const missed = Promise.withResolvers<void>();
  const heard = Promise.withResolvers<string>();
  using _listening = await other.listen('test', { heard: heard.resolve, missed: missed.resolve });
  bridge.cut();
  await missed.promise;
  await one.begin((_tx, notify) => notify('test', 'after'));
  expect(await heard.promise).toBe('after');
});

test('a statement that runs too long is ended by the server', async () => {
  await using database = await freshDatabase({ statementTimeoutMs: 50 });
  await expect(database.db`select pg_sleep(60)`).rejects.toThrow('statement timeout');
  const [name] = await database.db`select current_setting('application_name') as name`;
  expect(name).toEqual({ name: 'rockhopper' });
});

test('closing lets a running query finish within the grace, and no longer', async () => {
  await using test = await freshDatabase();
  const open = () => connect({ url: test.url, dataDir: '', log: pino({ level: 'silent' }), graceMs: 300 });
  const patient = await open();
  const short = patient.db`select pg_sleep(0.05), 1 as one`.execute();
  await patient[Symbol.asyncDispose]();
  expect(await short).toMatchObject([{ one: 1 }]);
  const impatient = await open();
  const long = impatient.db`select pg_sleep(60)`.catch((reason: unknown) => reason);
  await impatient[Symbol.asyncDispose]();
  expect(databaseError(await long)).toBeInstanceOf(DatabaseAwayError);
});
