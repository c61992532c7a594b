import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { migrate } from '../../src/db/migrate.ts';
import { type Db, openPool } from '../../src/db/pool.ts';
import { startPostgres } from '../../tests/postgres-server.ts';
import type { Bench } from '../bench.ts';

/** A real Postgres of the bench's own, migrated and empty. */
export interface TimerDatabase extends AsyncDisposable {
  readonly url: string;
  readonly db: Db;
}

export async function startTimerDatabase({ scratch }: Bench): Promise<TimerDatabase> {
  await using opened = new AsyncDisposableStack();
  const folder = join(scratch, 'timers');
  await mkdir(folder);
  // Postgres runs as somebody else when the bench runs as root, and has to get at its files.
  for (const path of [scratch, folder]) await chmod(path, 0o755);
  const server = opened.use(await startPostgres(folder));
  const url = `${server.url}/postgres`;
  const db = openPool({ kind: 'server', url }, { connections: 2, statementTimeoutMs: 0 });
  opened.defer(() => db.end({ timeout: 1 }));
  await migrate(db);
  const owned = opened.move();
  return { url, db, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

interface Storm {
  readonly guild: string;
  readonly channels: readonly string[];
  readonly owners: readonly string[];
  readonly count: number;
  readonly due: Date;
}

/** Reminders in channels, in turn, all due within the second that begins at `due`. Says when each is due, by its id. */
export async function addStorm(
  db: Db,
  { guild, channels, owners, count, due }: Storm,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db<{ id: string; dueAt: Date }[]>`
    insert into timers (kind, owner_id, guild_id, channel_id, payload, zone, due_at, wake_at)
    select 'reminder', (${[...owners]}::bigint[])[1 + n % ${owners.length}], ${guild},
      (${[...channels]}::bigint[])[1 + n % ${channels.length}],
      '{"text":"It is time.","where":"channel"}', 'UTC', at, at
    from generate_series(0, ${count - 1}::int) n,
      lateral (select ${due}::timestamptz + n * 1000.0 / ${count}::int * interval '1 millisecond' as at) due
    returning id::text as id, due_at as "dueAt"`;
  await db`select pg_notify('timers', ${String(due.getTime())})`;
  return new Map(rows.map(({ id, dueAt }) => [id, dueAt.getTime()]));
}

/** Timers of which none falls due for a year. */
export async function addWaiting(db: Db, count: number): Promise<void> {
  await db`
    insert into timers (kind, owner_id, guild_id, channel_id, payload, zone, due_at, wake_at)
    select 'reminder', n % 10000, n % 100, n % 1000, '{"text":"It is time.","where":"dm"}', 'UTC', at, at
    from generate_series(1, ${count}::int) n,
      lateral (select now() + interval '1 year' + n * interval '1 second' as at) due`;
  await db`analyze timers`;
}

/** How many transactions the server has carried out; each of the bot's queries is one. */
export async function transactions(db: Db): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select xact_commit::float8 as count from pg_stat_database where datname = current_database()`;
  return row?.count ?? 0;
}

/** How often the table of timers was read by any of its indexes. */
export async function lookUps(db: Db): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select sum(idx_scan)::float8 as count from pg_stat_user_indexes where relname = 'timers'`;
  return row?.count ?? 0;
}
