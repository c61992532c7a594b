import type { Db, Tx } from './connect.ts';

/** `db.begin` with a result of any type: postgres.js treats a list as a list of queries. */
export async function inTransaction<T>(db: Db, run: (tx: Tx) => Promise<T>): Promise<T> {
  const results: T[] = [];
  await db.begin(async (tx) => {
    results.push(await run(tx));
  });
  for (const result of results) return result;
  throw new Error('a transaction ended without a result');
}
