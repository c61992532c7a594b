import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Db } from '../../../src/db/connect.ts';
import type { ExportOrder, PartFile } from '../../../src/workers/exports/order.ts';
import { runExport } from '../../../src/workers/exports/run-export.ts';
import { fileSink } from '../../../src/workers/exports/sink.ts';
import { Io } from '../../../src/workers/io.ts';
import { freshDatabase, type TestDatabase } from '../../database.ts';
import { embeddedDatabase } from '../../embedded-database.ts';
import { AUTHOR, BEGAN, CHANNEL, fillArchive, GUILD, messageAt, orderOf } from './archived.ts';

const KINDS = [
  ['a server', freshDatabase],
  ['the embedded database', embeddedDatabase],
] as const;

async function temporary() {
  const path = await mkdtemp(join(tmpdir(), 'rockhopper-export-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

async function exported(database: TestDatabase, order: ExportOrder): Promise<readonly Buffer[]> {
  await using io = new Io({ database: database.address });
  const parts: PartFile[] = [];
  await io.export(order, { signal: new AbortController().signal, onPart: (part) => void parts.push(part) });
  return await Promise.all(parts.map(({ path }) => readFile(path)));
}

/** Lines of JSON as what they say. */
function linesOf(bytes: Buffer | undefined): readonly { readonly id: string; readonly [name: string]: unknown }[] {
  return String(bytes)
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

async function exportConnections(db: Db): Promise<number> {
  const rows = await db`
    select 1 from pg_stat_activity where datname = current_database() and application_name = 'rockhopper export'`;
  return rows.length;
}

for (const [kind, open] of KINDS) {
  test(`on ${kind} the I/O thread writes every message into packed files, across months, and goes on behind the last of them`, async () => {
    await using database = await open();
    await using folder = await temporary();
    await fillArchive(database.db, 5_000);
    const files = await exported(database, orderOf(folder.path, { packing: 'gzip', partBytes: 20_000 }));
    expect(files.length).toBeGreaterThan(1);
    const read = files.map((file) => linesOf(gunzipSync(file)));
    expect(read.flat().map(({ id }) => id)).toEqual(Array.from({ length: 5_000 }, (_, at) => messageAt(at)));
    expect(read[0]?.[0]).toEqual({
      ...{ id: messageAt(0), sentAt: new Date(BEGAN).toISOString(), channel: CHANNEL, channelName: 'general' },
      ...{ author: AUTHOR, authorName: 'gentoo', text: 'words of a penguin, number 0', files: null },
      ...{ editedAt: null, deletedAt: null, earlier: null },
    });
    const after = read[0]?.at(-1)?.id ?? null;
    const rest = await exported(database, orderOf(folder.path, { name: 'rest', after }));
    expect(linesOf(rest[0])).toEqual(read.slice(1).flat());
  });

  test(`on ${kind} what is written and changed meanwhile is not in it, and nobody waits for it`, async () => {
    await using database = await open();
    await using folder = await temporary();
    const { db } = database;
    await fillArchive(db, 3_000);
    let changed = false;
    const parts: PartFile[] = [];
    await runExport(db, orderOf(folder.path), {
      signal: new AbortController().signal,
      onRows() {},
      onPart: (part) => void parts.push(part),
      async open(path) {
        const sink = await fileSink(path);
        const write = async (bytes: Uint8Array) => {
          if (!changed) {
            changed = true;
            await fillArchive(db, 500, { from: 10_000 });
            await db`update archived_messages set body = 'changed' where message_id = ${messageAt(2_999)}`;
          }
          await sink.write(bytes);
        };
        return { ...sink, write };
      },
    });
    const lines = linesOf(await readFile(parts[0]?.path ?? ''));
    expect(lines).toHaveLength(3_000);
    // The embedded database has but one session: what is changed there before it is read is read as it is then.
    if (db.kind === 'server') expect(lines.at(-1)?.text).toBe('words of a penguin, number 2999');
    expect(await db`select 1 from archived_messages`).toHaveLength(3_500);
  });

  test(`on ${kind} filters pick by channel, author, time and words`, async () => {
    await using database = await open();
    await using folder = await temporary();
    const other = '200000000000000002';
    await fillArchive(database.db, 100);
    await fillArchive(database.db, 10, { from: 200, channel: other });
    const nothing = { guild: GUILD, channels: null, author: null, from: null, to: null, text: null };
    const ids = async (filter: Partial<ExportOrder['wanted']['filter']>, name: string) => {
      const wanted = { kind: 'messages', filter: { ...nothing, ...filter } } as const;
      return linesOf((await exported(database, orderOf(folder.path, { wanted, name })))[0]).map(({ id }) => id);
    };
    const places = (from: number, count: number) => Array.from({ length: count }, (_, at) => messageAt(from + at));
    expect(await ids({ channels: [other] }, 'channel')).toEqual(places(200, 10));
    expect(await ids({ from: BEGAN + 90_000, to: BEGAN + 95_000 }, 'time')).toEqual(places(90, 5));
    expect(await ids({ text: 'penguin 42' }, 'words')).toEqual(places(42, 1));
    expect(await ids({ guild: '1' }, 'guild')).toEqual([undefined].slice(1));
    await database.db`update archived_messages set author_id = 5 where message_id = ${messageAt(7)}`;
    expect(await ids({ author: '5' }, 'author')).toEqual(places(7, 1));
  });
}

test('whoever gives up waits until the connection is closed and no file is left', async () => {
  await using database = await freshDatabase();
  await using folder = await temporary();
  await fillArchive(database.db, 20_000);
  await using io = new Io({ database: database.address });
  const stop = new AbortController();
  const done = io.export(orderOf(folder.path, { packing: 'gzip' }), {
    signal: stop.signal,
    onRows: () => stop.abort(new Error('enough')),
  });
  await expect(done).rejects.toThrow('enough');
  expect(await readdir(join(folder.path, 'exports'))).toEqual([]);
  expect(await exportConnections(database.db)).toBe(0);
  expect(io.stats().pending).toBe(0);
});

test('a disk that is full, and a database that ends the connection, are told apart, and nothing is left', async () => {
  await using database = await freshDatabase();
  await using folder = await temporary();
  const { db } = database;
  await fillArchive(db, 20_000);
  await using io = new Io({ database: database.address });
  const { signal } = new AbortController();
  const exports = join(folder.path, 'exports');
  await mkdir(exports);
  await symlink('/dev/full', join(exports, 'full-1.jsonl.part'));
  await expect(io.export(orderOf(folder.path, { name: 'full' }), { signal })).rejects.toMatchObject({ code: 'full' });
  const failed = await db.begin(async (tx) => {
    await tx`lock table archived_messages in access exclusive mode`; // it is under way until it is ended
    const cut = io.export(orderOf(folder.path, { packing: 'gzip' }), { signal });
    const expected = expect(cut).rejects.toMatchObject({ code: 'away' });
    for (let rows: readonly unknown[] = []; rows.length === 0; ) {
      rows = await db`
        select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
          and application_name = 'rockhopper export' and wait_event_type = 'Lock'`;
    }
    return { expected };
  });
  await failed.expected;
  expect(await readdir(exports)).toEqual([]);
  await expect(io.export(orderOf(folder.path, { packing: 'gzip' }), { signal })).resolves.toBeUndefined();
});

test('a transcript reads as it was said, and neither a text nor a name becomes part of the page', async () => {
  await using database = await freshDatabase();
  await using folder = await temporary();
  const { db } = database;
  await fillArchive(db, 4);
  await db`update archived_messages set author_name = '<b>x', body = ${`<script>alert(1)</script> <#${CHANNEL}> <@${AUTHOR}> <:hi:123>`}
    where message_id = ${messageAt(1)}`;
  await db`update archived_messages set deleted_at = sent_at, files = '[{"id":"1","name":"a&b.png","size":2500}]'
    where message_id = ${messageAt(2)}`;
  await db`update archived_messages set edited_at = sent_at + interval '1 minute', body = 'new' where message_id = ${messageAt(3)}`;
  await db`insert into archived_edits (guild_id, channel_id, message_id, sent_at, edited_at, body)
    select guild_id, channel_id, message_id, sent_at, edited_at, 'old' from archived_messages where message_id = ${messageAt(3)}`;
  const page = String((await exported(database, orderOf(folder.path, { format: 'html' })))[0]);
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/https?:|src=|url\(|<script|<b>x/);
  expect(page).toContain('#general · 2026-10-31');
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; #general @&lt;b&gt;x :hi:');
  expect(page).toContain('>GE</span>');
  expect(page).toMatch(
    /<span class="d">words of a penguin, number 2<\/span>\n<small>📎 a&amp;b\.png \(3 kB\)<\/small>\n<small>deleted/,
  );
  expect(page).toMatch(/new\n<small>edited<\/small>\n<small>said until 2026-10-31 23:01: old/);
});

test('no cell of a table of messages is a formula', async () => {
  await using database = await freshDatabase();
  await using folder = await temporary();
  await fillArchive(database.db, 4);
  for (const [at, sign] of ['=', '+', '-', '@'].entries())
    await database.db`update archived_messages set body = ${`${sign}SUM(1)`} where message_id = ${messageAt(at)}`;
  const table = String((await exported(database, orderOf(folder.path, { format: 'csv' })))[0]);
  expect(table).toMatch(/^\ufeff"id","sentAt","channel","channelName","author","authorName","text"/);
  for (const sign of ['=', '+', '-', '@']) expect(table).toContain(`,"'${sign}SUM(1)",`);
});
