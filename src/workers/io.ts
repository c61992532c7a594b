import { Worker } from 'node:worker_threads';
import type { Waiting } from '../lib/deadline.ts';
import { BusyError, fromWire, StoppingError } from '../lib/errors.ts';
import { DownloadError, type Downloaded } from './download.ts';
import type { IoCall, IoReply, IoThreadData } from './io-thread.ts';

export interface IoOptions {
  /** Hosts (`host` or `host:port`) that files may be fetched from besides Discord's own; plain http is allowed there. */
  readonly hosts?: readonly string[] | undefined;
  /** Downloads under way at the same time; the others wait their turn (default 4). */
  readonly concurrency?: number | undefined;
  /** Downloads that may be under way or wait; one more is refused (default 200). */
  readonly maxPending?: number | undefined;
  /** The file the thread loads (default: `ioFile()`); the single binary has it somewhere else. */
  readonly filename?: string | undefined;
}

export interface Downloading extends Waiting {
  /** The largest file to accept, in bytes (default 25 MB). */
  readonly maxBytes?: number | undefined;
}

export interface IoStats {
  readonly pending: number;
  readonly done: number;
  readonly failed: number;
  readonly bytes: number;
  /** How often the thread was lost; the next download starts another. */
  readonly restarts: number;
}

interface Pending {
  readonly resolve: (file: Downloaded) => void;
  readonly reject: (error: unknown) => void;
}

/** Where the I/O thread's code is when the bot runs from its sources. */
function ioFile(): string {
  return new URL('./io-thread.ts', import.meta.url).href;
}

/** A thread that waits for the network, so that neither the main thread nor a pool's thread does. Started when first needed. */
export class Io implements AsyncDisposable {
  readonly #options: IoOptions;
  readonly #pending = new Map<number, Pending>();
  readonly #counts = { done: 0, failed: 0, bytes: 0, restarts: 0 };
  #worker: Worker | undefined;
  #closed = false;
  #lastId = 0;

  constructor(options: IoOptions = {}) {
    this.#options = options;
  }

  /**
   * Fetches an attachment; the bytes are moved here, not copied. Rejects with DownloadError (`code`), BusyError or the signal's
   * reason. `deadlineMs` (default 15 s) counts from when the download gets its turn.
   */
  async download(
    url: string,
    { signal, deadlineMs = 15_000, maxBytes = 25_000_000 }: Downloading = {},
  ): Promise<Downloaded> {
    signal?.throwIfAborted();
    if (this.#closed) throw new StoppingError('the I/O thread has stopped');
    const { maxPending = 200 } = this.#options;
    if (this.#pending.size >= maxPending) throw new BusyError(`${maxPending} downloads are under way or waiting`);
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<Downloaded>();
    const abort = () => {
      this.#send({ kind: 'abort', id });
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    this.#pending.set(id, { resolve, reject });
    try {
      this.#send({ kind: 'download', id, url, maxBytes, deadlineMs });
      const file = await promise;
      this.#counts.done++;
      this.#counts.bytes += file.bytes.byteLength;
      return file;
    } catch (error) {
      this.#counts.failed++;
      throw error;
    } finally {
      this.#pending.delete(id);
      signal?.removeEventListener('abort', abort);
    }
  }

  stats(): IoStats {
    return { pending: this.#pending.size, ...this.#counts };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    this.#worker = undefined;
    this.#rejectAll(new StoppingError('the I/O thread is stopping'));
    await worker?.terminate();
  }

  #send(call: IoCall): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(call);
  }

  #start(): Worker {
    const { filename = ioFile(), hosts = [], concurrency = 4 } = this.#options;
    const workerData: IoThreadData = { kind: 'rockhopper-io-thread', hosts, concurrency };
    const worker = new Worker(filename.startsWith('file:') ? new URL(filename) : filename, { workerData });
    worker.on('message', (reply: IoReply) => this.#answer(reply));
    let cause: unknown;
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', () => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#counts.restarts++;
      this.#rejectAll(new DownloadError('failed', 'the I/O thread ended', { cause }));
    });
    return worker;
  }

  #answer(reply: IoReply): void {
    const pending = this.#pending.get(reply.id);
    if (reply.kind === 'downloaded') pending?.resolve({ bytes: reply.bytes, sha256: reply.sha256 });
    else pending?.reject(rebuilt(reply));
  }

  #rejectAll(error: Error): void {
    for (const { reject } of this.#pending.values()) reject(error);
  }
}

function rebuilt({ code, error: { message, cause } }: Extract<IoReply, { kind: 'failed' }>): DownloadError {
  return new DownloadError(code, message, cause && { cause: fromWire(cause) });
}
