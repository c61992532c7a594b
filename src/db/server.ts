import { delay } from '../lib/deadline.ts';
import { ConfigError, DatabaseAwayError } from '../lib/errors.ts';
import { databaseError } from './away.ts';
import { Channels, type Listener } from './channels.ts';
import type { ConnectOptions, Database, Notify, Tx } from './connect.ts';
import { openPool, openRenewable } from './pool.ts';
import { Presence } from './presence.ts';
import { inTransaction } from './transaction.ts';
import { Watch } from './watch.ts';

const GRACE_MS = 5_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
const ATTEMPT_MS = 10_000;

type ServerOptions = ConnectOptions & { readonly url: string };

/** Connects to a Postgres server, waiting for it with back-off while it is down. */
export async function connectServer(options: ServerOptions): Promise<Database> {
  await using opened = new AsyncDisposableStack();
  const { log, applicationName, connections, statementTimeoutMs, onQuery, graceMs = GRACE_MS } = options;
  const address = { kind: 'server', url: options.url } as const;
  const poolOptions = {
    ...{ log, onQuery },
    ...(applicationName !== undefined && { applicationName }),
    ...(connections !== undefined && { connections }),
    ...(statementTimeoutMs !== undefined && { statementTimeoutMs }),
  };
  const pool = openRenewable(() => openPool(address, poolOptions));
  opened.defer(() => pool.end(graceMs));
  const channels = new Channels();
  const presence = new Presence(log);
  const { probeMs } = options;
  const watch = opened.use(new Watch(address, { channels, presence, log, probeMs, onSilence: () => pool.renew() }));
  await untilItAnswers(watch, options);
  watch.start();
  const owned = opened.move();
  const { db } = pool;
  return {
    db,
    kind: address.kind,
    address,
    get away() {
      return presence.away;
    },
    onAway: (listener) => presence.onChange(listener),
    ping: (waiting) => watch.ping(waiting),
    begin: <T>(run: (tx: Tx, notify: Notify) => Promise<T>) =>
      inTransaction(db, (tx) =>
        run(tx, async (channel, payload) => void (await tx`select pg_notify(${channel}, ${payload})`)),
      ),
    async listen(channel: string, listener: Listener) {
      const listening = channels.add(channel, listener);
      // While the server is away, the watch does it once it is back.
      await watch.listen().catch((error: unknown) => {
        if (!databaseError(error)) throw error;
      });
      return listening;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function untilItAnswers(watch: Watch, { url, log, signal, waitMs = Number.POSITIVE_INFINITY }: ServerOptions) {
  const began = performance.now();
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      await watch.ping({ signal, deadlineMs: ATTEMPT_MS });
      return;
    } catch (error) {
      signal?.throwIfAborted();
      const lasting = neverMends(error);
      if (lasting) throw new ConfigError(`DATABASE_URL: ${placeOf(url)} ${lasting}`, { cause: error });
      const waited = performance.now() - began;
      if (waited + pause > waitMs) {
        throw new DatabaseAwayError(`the database at ${placeOf(url)} did not answer`, { cause: error });
      }
      const line = `the database at ${placeOf(url)} does not answer yet; trying again in ${pause / 1_000} s`;
      log.warn({ error, waitedMs: Math.round(waited) }, line);
      await delay(pause, { signal });
    }
  }
}

/** What the operator has to mend before the server will ever answer. */
function neverMends(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  if (error.code === '28P01' || error.code === '28000') return 'refuses this user or password';
  if (error.code === '3D000') return 'has no database of this name';
  if (error.code === '42501') return 'does not allow this user to connect';
  return undefined;
}

/** The address for people's eyes: no user, no password. */
function placeOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return 'the given address';
  }
}
