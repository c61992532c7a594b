import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { makeMonths } from '../../src/db/archive-months.ts';
import type { Address, Db } from '../../src/db/pool.ts';
import { openPool } from '../../src/db/pool.ts';
import { delay } from '../../src/lib/deadline.ts';
import { LoopMonitor } from '../../src/lib/loop-monitor.ts';
import type { PartFile } from '../../src/workers/exports/order.ts';
import { Io } from '../../src/workers/io.ts';
import { Latencies } from '../measure/latencies.ts';

const GUILD = '100000000000000001';
const BEGAN = Date.UTC(2026, 9, 31);
const AT_ONCE = 20_000;
const MEGABYTE = 1_000_000;
const pack = promisify(gzip);

/** So many messages of a server, a second apart. */
export async function fillArchive(db: Db, count: number): Promise<void> {
  await makeMonths(db, ['2026_10', '2026_11']);
  for (let from = 0; from < count; from += AT_ONCE) {
    await db`
      insert into archived_messages (guild_id, channel_id, message_id, sent_at, author_id, author_name, body)
      select ${GUILD}, 200000000000000000 + n % 20, (at - 1420070400000) << 22, to_timestamp(at / 1000.0),
        300000000000000000 + n % 500, 'penguin' || n % 500, 'what somebody says of ' || md5(n::text) || ' and of ' || md5((n * 7)::text)
      from generate_series(${from}::bigint, ${Math.min(count, from + AT_ONCE) - 1}) n,
        lateral (select ${BEGAN}::bigint + n * 1000 as at) moment`;
  }
  await db`analyze archived_messages`;
}

interface Exported {
  readonly rows: number;
  readonly perSecond: number;
  /** By how much the process grew after the first tenth. Megabytes. */
  readonly grown: number;
  readonly loopP99: number;
  /** Of a small query asked over and over meanwhile. Milliseconds. */
  readonly queryP99: number;
}

/** Exports all of it as the bot does, and watches this process meanwhile. */
export async function exportAll(address: Address, folder: string, count: number): Promise<Exported> {
  using monitor = new LoopMonitor({ log: { warn: () => {} } });
  using late = monitor.window();
  const queries = new Latencies();
  const asking = openPool(address, { connections: 1 });
  const stop = new AbortController();
  const asked = askOverAndOver(asking, queries, stop.signal);
  let settled: number | undefined;
  let most = 0;
  const began = performance.now();
  const parts: PartFile[] = [];
  await using io = new Io({ database: address });
  await io.export(orderOf(folder), {
    signal: stop.signal,
    onRows(rows) {
      const now = process.memoryUsage.rss();
      if (rows < count / 10) return;
      settled ??= now;
      most = Math.max(most, now);
    },
    onPart: (part) => void parts.push(part),
  });
  const seconds = (performance.now() - began) / 1_000;
  stop.abort();
  await asked;
  await asking.end();
  await Promise.all(parts.map(({ path }) => rm(path)));
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const grown = (most - (settled ?? most)) / MEGABYTE;
  return { rows, perSecond: rows / seconds, grown, loopP99: late.stats().p99, queryP99: queries.at(99) };
}

/** The least that anybody would write: a cursor, JSON, gzip, a file, one after the other. */
export async function exportBare(address: Address, folder: string): Promise<number> {
  const db = openPool(address, { connections: 1, statementTimeoutMs: 0 });
  const path = join(folder, 'bare.jsonl.gz');
  const file = await open(path, 'w');
  const began = performance.now();
  let count = 0;
  const rows = db`
    select message_id, channel_id, author_id, author_name, body, files, edited_at, deleted_at from archived_messages
    where guild_id = ${GUILD} order by message_id`;
  await rows.cursor(1_000, async (page) => {
    await file.write(await pack(page.map((row) => `${JSON.stringify(row)}\n`).join('')));
    count += page.length;
  });
  const seconds = (performance.now() - began) / 1_000;
  await file.close();
  await rm(path);
  await db.end();
  return count / seconds;
}

async function askOverAndOver(db: Db, took: Latencies, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const began = performance.now();
    await db`select count(*) from archived_channels`;
    took.record(performance.now() - began);
    await delay(20, { signal }).catch(() => undefined);
  }
}

function orderOf(folder: string) {
  const filter = { guild: GUILD, channels: null, author: null, from: null, to: null, text: null };
  return {
    ...({ wanted: { kind: 'messages', filter }, format: 'jsonl', packing: 'gzip' } as const),
    ...{ folder, name: 'million', after: null, channels: {}, partBytes: 9_000_000, firstPart: 1, mostParts: 1_000 },
    words: { language: 'en', title: '', times: '', edited: '', deleted: '', earlier: '', channelGone: '' },
  };
}
