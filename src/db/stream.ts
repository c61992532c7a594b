import type { PendingQuery, Row } from 'postgres';
import type { Db, Tx } from './connect.ts';

/** A value of the key column as postgres.js gives it. No Date: it is coarser than what the database compares. */
export type Key = string | number;

export interface StreamOptions {
  /** A column of the result that is unique and never null; rows come in its order. */
  readonly key: string;
  /** Rows fetched at a time: what is held in memory at most. */
  readonly batch: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The rows of a query of any length, in the order of `key`, while other queries go on. On a server they are one
 * snapshot, read through a cursor; on the embedded database they are read page by page up to the key that was the last
 * at the start. Leaving the loop early, or the signal, ends the reading. `query` is told after which key the page
 * begins (null: from the start) and may ignore that: the key is compared outside it too.
 */
export async function* stream<T extends Row = Row>(
  db: Db,
  query: (after: Key | null) => PendingQuery<Row[]>,
  options: StreamOptions,
): AsyncGenerator<T, void, undefined> {
  for await (const page of streamPages<T>(db, query, options)) {
    for (const row of page) {
      yield row;
      options.signal?.throwIfAborted();
    }
  }
}

/** The same page by page, for so many rows that handing on each by itself would take longer than reading it. */
export function streamPages<T extends Row = Row>(db: Db, query: Query, options: StreamOptions): Pages<T> {
  return db.kind === 'server' ? cursorPages<T>(db, query, options) : keysetPages<T>(db, query, options);
}

type Query = (after: Key | null) => PendingQuery<Row[]>;
type Pages<T> = AsyncGenerator<readonly T[], void, undefined>;

/**
 * A cursor that is declared, rather than postgres.js's own: a statement's time limit then counts for each page and not
 * for the whole reading, however slow the reader is.
 */
async function* cursorPages<T extends Row>(db: Db, query: Query, { key, batch, signal }: StreamOptions): Pages<T> {
  signal?.throwIfAborted();
  const begun = Promise.withResolvers<Tx>();
  const read = Promise.withResolvers<void>();
  const transaction = db.begin('read only', async (tx) => {
    begun.resolve(tx);
    await read.promise;
  });
  // A failure reaches the reader through the query that met it, or here when there was no connection to begin with.
  const ended = transaction.then(() => {}, begun.reject);
  try {
    const tx = await begun.promise;
    const sorted = tx`declare pages no scroll cursor for select * from (${query(null)}) rows order by ${db(key)}`;
    await abortable(sorted, signal);
    while (true) {
      // Not a prepared statement: postgres.js would take one cursor's columns for the next one's.
      const page = await abortable(
        tx.unsafe<T[]>(`fetch forward ${Math.max(1, Math.trunc(batch))} from pages`),
        signal,
      );
      if (page.length === 0) return;
      yield page;
    }
  } finally {
    read.resolve();
    await ended;
  }
}

async function* keysetPages<T extends Row>(db: Db, query: Query, { key, batch, signal }: StreamOptions): Pages<T> {
  signal?.throwIfAborted();
  const column = db(key);
  const [last] = await db`select ${column} as key from (${query(null)}) rows order by 1 desc limit 1`;
  if (!last) return;
  for (let after: Key | null = null; ; ) {
    const beyond = after === null ? db`` : db`and ${column} > ${after}`;
    const page: T[] = await db<T[]>`
      select * from (${query(after)}) rows where ${column} <= ${last.key} ${beyond} order by ${column} limit ${batch}`;
    signal?.throwIfAborted();
    if (page.length > 0) yield page;
    const end = page.at(-1);
    if (!end || page.length < batch) return;
    after = keyOf(end[key], key);
  }
}

function keyOf(value: unknown, key: string): Key {
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new TypeError(`stream: the column ${key} cannot be the key of a page`);
}

/** Awaits a query; when the signal is aborted meanwhile, the server is told to give it up. */
async function abortable<R extends readonly Row[]>(
  query: PendingQuery<R>,
  signal: AbortSignal | undefined,
): Promise<R> {
  signal?.throwIfAborted();
  const cancel = () => query.cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await query;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}
