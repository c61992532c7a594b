import postgres from 'postgres';
import type { Db } from './connect.ts';
import { inTransaction } from './transaction.ts';

/** The key of the advisory lock that has one process make it at a time; any constant will do. */
const LOCK = 0x7472676d;
/** No right to it, or none there. */
const REFUSED: ReadonlySet<string> = new Set(['42501', '58P01', '0A000']);

/**
 * Has words be found by others that are spelled nearly the same, by an extension that comes with Postgres. False where whoever runs the
 * server lets the bot not switch it on; it is tried anew at each start.
 */
export async function prepareTrigrams(db: Db): Promise<boolean> {
  if (await hasTrigrams(db)) return true;
  try {
    await inTransaction(db, async (tx) => {
      await tx`set local statement_timeout = 0`;
      await tx`select pg_advisory_xact_lock(${LOCK})`;
      await tx`create extension if not exists pg_trgm`;
      await tx`create index if not exists archived_messages_like on archived_messages using gin (body gin_trgm_ops)`;
    });
    return true;
  } catch (error) {
    if (error instanceof postgres.PostgresError && REFUSED.has(error.code)) return false;
    throw error;
  }
}

export async function hasTrigrams(db: Pick<Db, 'unsafe'>): Promise<boolean> {
  const [row] = await db.unsafe<{ there: boolean }[]>(
    `select to_regclass('archived_messages_like') is not null as there`,
  );
  return row?.there ?? false;
}
