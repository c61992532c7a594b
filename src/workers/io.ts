import { Worker } from 'node:worker_threads';
import type { Static } from '@sinclair/typebox';
import type { Address } from '../db/pool.ts';
import { type Waiting, withDeadline } from '../lib/deadline.ts';
import { BusyError, DeadlineError, fromWire, StoppingError, TaskError } from '../lib/errors.ts';
import { FewATurn } from '../lib/few-a-turn.ts';
import { type HttpCache, NO_CACHE } from '../lib/http-cache.ts';
import { HttpBusyError } from '../lib/http-errors.ts';
import type { HttpOutcome } from '../lib/http-failure.ts';
import { VERSION } from '../lib/version.ts';
import { DownloadError, type Downloaded } from './download.ts';
import type { ErrandConfig } from './errand.ts';
import { rebuiltFailure } from './errand-failure.ts';
import type { Errands } from './errands.ts';
import { ExportError } from './exports/export-error.ts';
import type { ExportOrder, PartFile } from './exports/order.ts';
import type { IoCall, IoReply, IoThreadData } from './io-protocol.ts';

export interface IoOptions {
  /** Hosts (`host` or `host:port`) that files may be fetched from besides Discord's own; plain http is allowed there. */
  readonly hosts?: readonly string[] | undefined;
  /** Downloads under way at the same time; the others wait their turn (default 4). */
  readonly concurrency?: number | undefined;
  /** Downloads that may be under way or wait, and errands as many; one more is refused (default 200). */
  readonly maxPending?: number | undefined;
  /** The file the thread loads (default: `ioFile()`); the single binary has it somewhere else. */
  readonly filename?: string | undefined;
  /** What errands need; without it none can be run. */
  readonly outside?: OutsideOptions | undefined;
  /** Where exports read; without it there are none. */
  readonly database?: Address | undefined;
}

/** What is told of an export under way. */
export interface Exporting {
  readonly signal: AbortSignal;
  /** How many rows are written since it was begun. */
  readonly onRows?: ((rows: number) => void) | undefined;
  readonly onPart?: ((part: PartFile) => void) | undefined;
}

export interface OutsideOptions {
  readonly config: ErrandConfig;
  /** Hosts of outside services that the operator named: they may be private and do without https. */
  readonly trustedHosts: readonly string[];
  /** Where services that are asked reach the operator. */
  readonly contact?: string | undefined;
  /** How long an errand may take unless its caller says, in milliseconds. */
  readonly deadlineMs: number;
  readonly cache?: HttpCache;
  /** Hears of each request, for counting. */
  readonly onOutcome?: (host: string, outcome: HttpOutcome) => void;
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
  /** How often the thread was lost; the next call starts another. */
  readonly restarts: number;
}

export type ErrandName = keyof Errands & string;
export type ErrandInput<N extends ErrandName> = Static<Errands[N]['input']>;
export type ErrandOutput<N extends ErrandName> = Static<Errands[N]['output']>;

type Sort = 'download' | 'errand' | 'export';

interface Pending {
  readonly sort: Sort;
  readonly resolve: (reply: IoReply) => void;
  readonly reject: (error: unknown) => void;
  readonly exporting?: Exporting | undefined;
}

const ERRAND_MS = 8_000;
/** Each has an answer made and sent; when a service is given up, a hundred of them come at once. */
const REPLIES_A_TURN = 4;

/** Where the I/O thread's code is when the bot runs from its sources. */
function ioFile(): string {
  return new URL('./io-thread.ts', import.meta.url).href;
}

/** A thread that waits for the network, so that neither the main thread nor a pool's thread does. Started when first needed. */
export class Io implements AsyncDisposable {
  readonly #options: IoOptions;
  readonly #pending = new Map<number, Pending>();
  readonly #counts = { done: 0, failed: 0, bytes: 0, restarts: 0 };
  readonly #replies = new FewATurn(REPLIES_A_TURN);
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
    const reply = await this.#call('download', (id) => ({ kind: 'download', id, url, maxBytes, deadlineMs }), signal);
    if (reply.kind === 'failed') throw this.#failed(rebuilt(reply));
    if (reply.kind !== 'downloaded') throw this.#failed(unexpected(reply));
    this.#counts.done++;
    this.#counts.bytes += reply.bytes.byteLength;
    return { bytes: reply.bytes, sha256: reply.sha256 };
  }

  /**
   * Has something fetched from another service and made small. Rejects with a class of `http-errors.ts`, TaskError, BusyError,
   * DeadlineError (default: the operator's OUTSIDE_DEADLINE_MS) or the signal's reason.
   */
  async errand<N extends ErrandName>(
    name: N,
    input: ErrandInput<N>,
    { signal, deadlineMs = this.#options.outside?.deadlineMs ?? ERRAND_MS }: Waiting = {},
  ): Promise<ErrandOutput<N>> {
    const call = (stop: AbortSignal) => this.#call('errand', (id) => ({ kind: 'errand', id, name, input }), stop);
    const reply = await withDeadline(name, call, { signal, deadlineMs });
    if (reply.kind === 'errand-failed') throw this.#failed(rebuiltFailure(name, reply.failure));
    if (reply.kind !== 'errand-done') throw this.#failed(unexpected(reply));
    this.#counts.done++;
    return reply.value as ErrandOutput<N>; // checked in the thread
  }

  /**
   * Has rows of the database written into files. Ends only when the thread has closed its connection and removed what is not whole,
   * also where the signal is aborted. Rejects with ExportError (`code`), BusyError or the signal's reason.
   */
  async export(order: ExportOrder, exporting: Exporting): Promise<void> {
    const { signal } = exporting;
    const reply = await this.#call('export', (id) => ({ kind: 'export', id, order }), signal, exporting);
    if (reply.kind === 'export-failed') {
      signal.throwIfAborted();
      const { code, error } = reply;
      throw this.#failed(new ExportError(code, error.message, { cause: fromWire(error) }));
    }
    if (reply.kind !== 'exported') throw this.#failed(unexpected(reply));
    this.#counts.done++;
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

  async #call(
    sort: Sort,
    make: (id: number) => IoCall,
    signal: AbortSignal | undefined,
    exporting?: Exporting,
  ): Promise<IoReply> {
    signal?.throwIfAborted();
    if (this.#closed) throw new StoppingError('the I/O thread has stopped');
    const { maxPending = 200 } = this.#options;
    const under = this.#pending.values().filter((pending) => pending.sort === sort);
    if (under.toArray().length >= maxPending) throw new BusyError(`${maxPending} ${sort}s are under way or waiting`);
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<IoReply>();
    const abort = () => {
      this.#send({ kind: 'abort', id, late: signal?.reason instanceof DeadlineError });
      if (!exporting) reject(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    this.#pending.set(id, { sort, resolve, reject, exporting });
    try {
      this.#send(make(id));
      return await promise;
    } catch (error) {
      throw this.#failed(error);
    } finally {
      this.#pending.delete(id);
      signal?.removeEventListener('abort', abort);
    }
  }

  #failed(error: unknown): unknown {
    this.#counts.failed++;
    return error;
  }

  #send(call: IoCall): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(call);
  }

  #start(): Worker {
    const { filename = ioFile(), hosts = [], concurrency = 4, outside, database } = this.#options;
    const workerData: IoThreadData = {
      kind: 'rockhopper-io-thread',
      hosts,
      concurrency,
      userAgent: outside?.contact ? `Rockhopper/${VERSION} (${outside.contact})` : `Rockhopper/${VERSION}`,
      trustedHosts: outside?.trustedHosts ?? [],
      errands: outside?.config,
      database,
    };
    const worker = new Worker(filename.startsWith('file:') ? new URL(filename) : filename, { workerData });
    worker.on('message', (reply: IoReply) => this.#hear(reply, worker));
    let cause: unknown;
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', () => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#counts.restarts++;
      const message = 'the I/O thread ended';
      for (const { sort, reject } of this.#pending.values()) {
        if (sort === 'errand') reject(new HttpBusyError(message, { cause }));
        else if (sort === 'export') reject(new ExportError('failed', message, { cause }));
        else reject(new DownloadError('failed', message, { cause }));
      }
    });
    return worker;
  }

  #hear(reply: IoReply, worker: Worker): void {
    const { cache = NO_CACHE, onOutcome } = this.#options.outside ?? {};
    if (reply.kind === 'counted') onOutcome?.(reply.host, reply.outcome);
    else if (reply.kind === 'export-rows') this.#pending.get(reply.id)?.exporting?.onRows?.(reply.rows);
    else if (reply.kind === 'export-part') this.#pending.get(reply.id)?.exporting?.onPart?.(reply.part);
    else if (reply.kind === 'keep') cache.put(reply.key, reply.kept);
    else if (reply.kind === 'look-up') {
      const { id, key } = reply;
      void cache.get(key).then((kept) => worker.postMessage({ kind: 'looked-up', id, kept } satisfies IoCall)); // never fails
    } else this.#replies.add(() => this.#pending.get(reply.id)?.resolve(reply));
  }

  #rejectAll(error: Error): void {
    for (const { reject } of this.#pending.values()) reject(error);
  }
}

function rebuilt({ code, error: { message, cause } }: Extract<IoReply, { kind: 'failed' }>): DownloadError {
  return new DownloadError(code, message, cause && { cause: fromWire(cause) });
}

function unexpected({ kind }: IoReply): TaskError {
  return new TaskError(`the I/O thread answered something else: ${kind}`);
}
