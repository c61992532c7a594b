import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { delay, type Waiting, withDeadline } from '../lib/deadline.ts';
import { fromWire, type WireError } from '../lib/errors.ts';
import type { Logger } from '../lib/log.ts';
import { databaseError } from './away.ts';
import { Channels, type Listener } from './channels.ts';
import type { ConnectOptions, Database, Notify, Tx } from './connect.ts';
import { lockData } from './data-lock.ts';
import { openPool } from './pool.ts';
import { Presence } from './presence.ts';
import { inTransaction } from './transaction.ts';

/** What the thread is told when it starts. */
export interface ThreadData {
  /** Where the data is; made when it is missing. */
  readonly folder: string;
  readonly socket: string;
}

/** What the thread says. */
export type FromThread =
  | { readonly kind: 'ready' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed'; readonly error: WireError };

const GRACE_MS = 5_000;
const CLOSE_MS = 10_000;
const FIRST_RESTART_MS = 100;
const LONGEST_RESTART_MS = 5_000;
/** What a socket's path may be long; the systems differ a little. */
const LONGEST_SOCKET_PATH = 100;

/** Opens the embedded database in `dataDir`, in a thread of its own, for this process alone. */
export async function connectEmbedded(options: ConnectOptions): Promise<Database> {
  const {
    dataDir,
    log,
    onQuery,
    graceMs = GRACE_MS,
    embeddedThread = new URL('./embedded-thread.ts', import.meta.url),
  } = options;
  await using opened = new AsyncDisposableStack();
  opened.use(await lockData(dataDir));
  const socket = await socketIn(dataDir);
  opened.defer(() => rm(socket.remove, { recursive: true, force: true }));
  const presence = new Presence(log);
  const thread = new Thread(embeddedThread, { folder: join(dataDir, 'postgres'), socket: socket.path }, presence, log);
  opened.use(thread);
  await thread.start();
  const address = { kind: 'embedded', path: socket.path } as const;
  const db = openPool(address, { log, onQuery });
  opened.defer(() => db.end({ timeout: graceMs / 1_000 }));
  const channels = new Channels();
  const owned = opened.move();
  return {
    db,
    kind: address.kind,
    address,
    get away() {
      return presence.away;
    },
    onAway: (listener) => presence.onChange(listener),
    async ping(waiting: Waiting = {}) {
      const began = performance.now();
      await withDeadline('asking the database for an answer', async () => await db`select 1`, waiting).catch(
        (error: unknown) => {
          throw databaseError(error) ?? error;
        },
      );
      return performance.now() - began;
    },
    async begin<T>(run: (tx: Tx, notify: Notify) => Promise<T>) {
      // All who share this database are in this process, so the messages need not go through it.
      const messages: (readonly [channel: string, payload: string])[] = [];
      const value = await inTransaction(db, (tx) => run(tx, async (...message) => void messages.push(message)));
      for (const [channel, payload] of messages) channels.deliver(channel, payload);
      return value;
    },
    listen: (channel: string, listener: Listener) => Promise.resolve(channels.add(channel, listener)),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** The thread, started again when it breaks down. */
class Thread implements AsyncDisposable {
  readonly #filename: string | URL;
  readonly #data: ThreadData;
  readonly #presence: Presence;
  readonly #log: Logger;
  readonly #stop = new AbortController();
  #worker: Worker | undefined;
  #restarting: Promise<void> | undefined;

  constructor(filename: string | URL, data: ThreadData, presence: Presence, log: Logger) {
    this.#filename = filename;
    this.#data = data;
    this.#presence = presence;
    this.#log = log;
  }

  /** Resolves when the database answers on its socket. */
  async start(): Promise<void> {
    const worker = new Worker(this.#filename, { workerData: this.#data, name: 'database' });
    this.#worker = worker;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'ready') resolve();
      if (message.kind === 'failed') reject(fromWire(message.error));
    });
    worker.on('error', (error) => {
      reject(error);
      if (this.#worker === worker) this.#presence.gone(error);
    });
    worker.once('exit', (code) => {
      reject(new Error(`the embedded database's thread ended with code ${code}`));
      if (this.#worker === worker) this.#ended();
    });
    try {
      await promise;
    } catch (cause) {
      this.#worker = undefined;
      await worker.terminate();
      throw new Error('the embedded database could not be opened', { cause });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#restarting;
    const worker = this.#worker;
    this.#worker = undefined;
    if (!worker) return;
    const closed = Promise.withResolvers<void>();
    worker.on('message', (message: FromThread) => message.kind === 'closed' && closed.resolve());
    worker.once('exit', () => closed.resolve());
    worker.postMessage('close');
    await withDeadline('closing the embedded database', () => closed.promise, { deadlineMs: CLOSE_MS }).catch(
      (error: unknown) => this.#log.error({ error }, 'the embedded database did not close in time'),
    );
    await worker.terminate();
  }

  #ended(): void {
    this.#worker = undefined;
    this.#presence.gone(new Error("the embedded database's thread ended"));
    this.#restarting ??= this.#restart().finally(() => {
      this.#restarting = undefined;
    });
  }

  async #restart(): Promise<void> {
    for (let pause = FIRST_RESTART_MS; ; pause = Math.min(2 * pause, LONGEST_RESTART_MS)) {
      await delay(pause, this.#stop).catch(() => {});
      if (this.#stop.signal.aborted) return;
      try {
        await this.start();
        this.#presence.back();
        return;
      } catch (error) {
        this.#log.error({ error }, 'the embedded database could not be started again');
      }
    }
  }
}

/** Beside the data, in the shortest form its path has; a system's limit on the length decides whether it can be there. */
async function socketIn(dataDir: string): Promise<{ readonly path: string; readonly remove: string }> {
  if (process.platform === 'win32') {
    const pipe = `\\\\.\\pipe\\rockhopper-${crypto.randomUUID()}`;
    return { path: pipe, remove: join(dataDir, 'postgres.sock') };
  }
  const inside = join(resolve(dataDir), 'postgres.sock');
  const [path = inside] = [inside, relative(process.cwd(), inside)].sort((a, b) => a.length - b.length);
  if (Buffer.byteLength(path) <= LONGEST_SOCKET_PATH) return { path, remove: inside };
  const own = join(await mkdtemp(join(tmpdir(), 'rockhopper-')), 'postgres.sock');
  return { path: own, remove: dirname(own) };
}
