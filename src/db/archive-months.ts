import type { Sql } from 'postgres';
import type { Db } from './connect.ts';
import { inTransaction } from './transaction.ts';

const TABLES = ['archived_messages', 'archived_edits'] as const;
/** The key of the advisory lock that has one process make or drop months at a time; any constant will do. */
const LOCK = 0x61726368;

/** A month of UTC, as partitions are named by it: `2026_11`. */
export function monthOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 7).replace('-', '_');
}

/** The month so many after another. */
export function monthAfter(month: string, by = 1): string {
  return monthOf(startOf(month, by));
}

/** The months of which there is something, the newest first. */
export async function archivedMonths(db: Sql): Promise<readonly string[]> {
  const rows = await db<{ name: string }[]>`
    select inhrelid::regclass::text as name from pg_inherits where inhparent = 'archived_messages'::regclass order by 1 desc`;
  return rows.map(({ name }) => name.slice(-7));
}

/** When a month begins, or one so many after it. */
export function startOfMonth(month: string, by = 0): Date {
  return new Date(startOf(month, by));
}

function startOf(month: string, by = 0): number {
  const [year = 0, number = 0] = month.split('_').map(Number);
  return Date.UTC(year, number - 1 + by, 1);
}

/** Makes room for what was written in these months, where there is none yet. */
export async function makeMonths(db: Db, months: Iterable<string>): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx`select pg_advisory_xact_lock(${LOCK})`;
    for (const month of months) {
      const bounds = `from ('${iso(month)}') to ('${iso(month, 1)}')`;
      for (const table of TABLES)
        await tx.unsafe(`create table if not exists ${table}_${month} partition of ${table} for values ${bounds}`);
    }
  });
}

/** Drops the months of which everything was written before `before`, whole, and says which. */
export async function dropMonths(db: Db, before: Date): Promise<readonly string[]> {
  return await inTransaction(db, async (tx) => {
    await tx`select pg_advisory_xact_lock(${LOCK})`;
    // Whoever reads or writes waits behind this: not for long, and if it cannot be had at once the next run has it.
    await tx`set local lock_timeout = '2s'`;
    const rows = await tx<{ name: string }[]>`
      select inhrelid::regclass::text as name from pg_inherits
      where inhparent in ('archived_messages'::regclass, 'archived_edits'::regclass) order by 1`;
    const old = rows.filter(({ name }) => startOf(name.slice(-7), 1) <= before.getTime());
    for (const { name } of old) await tx.unsafe(`drop table ${name}`);
    return [...new Set(old.map(({ name }) => name.slice(-7)))];
  });
}

function iso(month: string, by = 0): string {
  return new Date(startOf(month, by)).toISOString();
}
