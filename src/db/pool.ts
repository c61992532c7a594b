import postgres, { type Options, type Sql } from 'postgres';
import { ConfigError } from '../lib/errors.ts';
import type { Logger } from '../lib/log.ts';

/** Where the database is, as plain data: another thread can open a pool of its own with it. */
export type Address =
  | { readonly kind: 'server'; readonly url: string }
  /** `path` is a socket that only this user may open. */
  | { readonly kind: 'embedded'; readonly path: string };

/** The postgres.js template, with the kind of database behind it. */
export type Db = Sql & { readonly kind: Address['kind'] };

export interface PoolOptions {
  /** What the server's operator sees in pg_stat_activity. */
  readonly applicationName?: string;
  /** Connections at most; the embedded database is one session and always gets one. */
  readonly connections?: number;
  /** A server ends a statement that runs longer. Milliseconds. */
  readonly statementTimeoutMs?: number;
  /** Commits need not wait for the disk: what a server loses when it falls over is done again. */
  readonly lazyCommits?: boolean;
  /** A connection nobody uses is closed after this. Milliseconds. */
  readonly idleTimeoutMs?: number;
  readonly log?: Pick<Logger, 'debug'>;
  /** Told after each query but for cursors how long it took from being sent to its last row. Milliseconds. */
  readonly onQuery?: ((ms: number) => void) | undefined;
}

/** postgres.js takes these two, its types do not say so. */
export interface SideOptions {
  readonly onnotify?: (channel: string, payload: string) => void;
  readonly onclose?: () => void;
}

const CONNECT_TIMEOUT_S = 5;
const EMBEDDED_CONNECT_TIMEOUT_S = 60;

/**
 * Opens a pool; nothing connects before the first query. A query finds out at once that the database is away: there is
 * no back-off between connects, because whoever asks again (the watch, the scheduler) has one of its own.
 * ConfigError when the address cannot be read.
 */
export function openPool(address: Address, options: PoolOptions & SideOptions = {}): Db {
  const { log, applicationName = 'rockhopper', onnotify, onclose, onQuery } = options;
  const common = {
    onnotice: (notice: postgres.Notice) => log?.debug({ notice: notice.message }, 'the database says'),
    backoff: () => 0,
    ...(onnotify && { onnotify }),
    ...(onclose && { onclose }),
    ...(onQuery && { onquery: onQuery }),
  };
  if (address.kind === 'embedded') {
    // One session underneath: more connections would only prepare every statement once more. They live as long as the
    // process for the same reason.
    const embedded = { ...common, path: address.path, host: 'embedded', user: 'postgres', database: 'postgres' };
    const only = { max: 1, idle_timeout: 0, max_lifetime: null, connect_timeout: EMBEDDED_CONNECT_TIMEOUT_S };
    return Object.assign(postgres({ ...embedded, ...only }), { kind: address.kind });
  }
  const { connections = 10, statementTimeoutMs = 30_000, idleTimeoutMs = 60_000, lazyCommits = false } = options;
  const server = {
    ...common,
    max: connections,
    idle_timeout: idleTimeoutMs / 1_000,
    connect_timeout: CONNECT_TIMEOUT_S,
    connection: {
      application_name: applicationName,
      statement_timeout: statementTimeoutMs,
      ...(lazyCommits && { synchronous_commit: 'off' }),
    },
  };
  return Object.assign(fromUrl(address.url, server), { kind: address.kind });
}

/** A pool that can be changed for a new one under the feet of those who hold it. */
export interface Renewable {
  readonly db: Db;
  /** Opens a new pool; whatever waits for the old one is rejected at once (DatabaseAwayError, see `databaseError`). */
  renew(): void;
  end(graceMs: number): Promise<void>;
}

/** For connections that are dead without anybody having told us: waiting for the network to notice takes minutes. */
export function openRenewable(open: () => Db): Renewable {
  let pool = open();
  const ending = new Set<Promise<void>>();
  const end = (timeoutMs: number) => {
    const ended = pool.end({ timeout: timeoutMs / 1_000 }).finally(() => ending.delete(ended));
    ending.add(ended);
  };
  const db = new Proxy(pool, {
    apply: (_target, _self, args) => Reflect.apply(pool, undefined, args),
    get: (_target, key) => Reflect.get(pool, key),
  });
  return {
    db,
    renew() {
      end(0);
      pool = open();
    },
    async end(graceMs) {
      end(graceMs);
      await Promise.all(ending);
    },
  };
}

/** The error of a bad address would quote it, password and all, so it is not passed on. */
function fromUrl(url: string, options: Options<Record<string, never>>): Sql {
  try {
    return postgres(url, options);
  } catch {
    throw new ConfigError('DATABASE_URL: expected an address such as postgres://user:password@host:5432/name');
  }
}
