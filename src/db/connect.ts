import type { TransactionSql } from 'postgres';
import type { Waiting } from '../lib/deadline.ts';
import type { Logger } from '../lib/log.ts';
import type { Listener } from './channels.ts';
import { connectEmbedded } from './embedded.ts';
import type { Address, Db } from './pool.ts';
import { connectServer } from './server.ts';

export type { Db } from './pool.ts';

/** A template inside a transaction. */
export type Tx = TransactionSql;

/** A transaction that `begin` has begun, for what is to be written together. */
export interface Within {
  readonly tx: Tx;
  readonly notify: Notify;
}

/** Sends a message with the transaction: it goes out when that is committed, and not at all when it is not. */
export type Notify = (channel: string, payload: string) => Promise<void>;

export interface Database extends AsyncDisposable {
  readonly db: Db;
  readonly kind: Db['kind'];
  /** For another thread's own pool (`openPool`). */
  readonly address: Address;
  /** Whether the database cannot be reached at the moment. */
  readonly away: boolean;
  onAway(listener: (away: boolean) => void): Disposable;
  /** One round trip, in milliseconds. DatabaseAwayError or DeadlineError. */
  ping(waiting?: Waiting): Promise<number>;
  /** Runs `run` in a transaction that can tell other processes of the change (see `listen`). */
  begin<T>(run: (tx: Tx, notify: Notify) => Promise<T>): Promise<T>;
  /** Hears what any process that shares the database says on a channel, this one included, until disposed. */
  listen(channel: string, listener: Listener): Promise<Disposable>;
}

export interface ConnectOptions {
  /** Absent: the embedded database in `dataDir`. */
  readonly url?: string | undefined;
  readonly dataDir: string;
  readonly log: Logger;
  /** Ends the waiting for a server that is not there yet. */
  readonly signal?: AbortSignal | undefined;
  /** How long a server that is not there yet is waited for. Milliseconds. */
  readonly waitMs?: number | undefined;
  readonly applicationName?: string | undefined;
  readonly connections?: number | undefined;
  readonly statementTimeoutMs?: number | undefined;
  /** How long queries may still run while closing. Milliseconds. */
  readonly graceMs?: number | undefined;
  /** How often a server is asked whether it is there, and how long it may take to answer. Milliseconds. */
  readonly probeMs?: number | undefined;
  /** Told how long each query of the pool took (see `openPool`). Milliseconds. */
  readonly onQuery?: ((ms: number) => void) | undefined;
  /** What the embedded database's thread loads; the binary has it elsewhere. */
  readonly embeddedThread?: string | URL | undefined;
}

/**
 * Opens the database and waits until it answers. ConfigError when it never will: an unusable address, a refused login,
 * a data folder that another process owns. DatabaseAwayError when `waitMs` has passed, or the signal's reason.
 */
export function connect(options: ConnectOptions): Promise<Database> {
  const { url } = options;
  return url === undefined ? connectEmbedded(options) : connectServer({ ...options, url });
}
