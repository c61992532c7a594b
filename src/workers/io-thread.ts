import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import pLimit from 'p-limit';
import { toWire, type WireError } from '../lib/errors.ts';
import { collectGarbage } from '../lib/garbage.ts';
import { type DownloadCode, DownloadError, type Downloaded, download } from './download.ts';

/** What the I/O thread is started with. */
export interface IoThreadData {
  readonly kind: 'rockhopper-io-thread';
  readonly hosts: readonly string[];
  readonly concurrency: number;
}

export type IoCall =
  | {
      readonly kind: 'download';
      readonly id: number;
      readonly url: string;
      readonly maxBytes: number;
      readonly deadlineMs: number;
    }
  | { readonly kind: 'abort'; readonly id: number };

export type IoReply =
  | ({ readonly kind: 'downloaded'; readonly id: number } & Downloaded)
  | { readonly kind: 'failed'; readonly id: number; readonly code: DownloadCode; readonly error: WireError };

const MUCH = 1_000_000;

if (parentPort && isIoThread(workerData)) serveIo(parentPort, workerData);

/** Takes any number of calls; so many at a time are under way, the rest wait. Nothing is ever thrown across. */
function serveIo(port: MessagePort, { hosts, concurrency }: IoThreadData): void {
  const limit = pLimit(concurrency);
  const stops = new Map<number, AbortController>();
  const run = async (call: Extract<IoCall, { kind: 'download' }>, stop: AbortController): Promise<void> => {
    const { id, url, maxBytes, deadlineMs } = call;
    try {
      const file = await limit(() => download(url, { maxBytes, deadlineMs, hosts, signal: stop.signal }));
      const size = file.bytes.byteLength;
      port.postMessage({ kind: 'downloaded', id, ...file } satisfies IoReply, [file.bytes.buffer]);
      // The pieces that it came in are as large again.
      if (size > MUCH) collectGarbage();
    } catch (error) {
      const code = error instanceof DownloadError ? error.code : 'failed';
      port.postMessage({ kind: 'failed', id, code, error: toWire(error) } satisfies IoReply);
    } finally {
      stops.delete(id);
    }
  };
  port.on('message', (call: IoCall) => {
    if (call.kind === 'abort') return stops.get(call.id)?.abort();
    const stop = new AbortController();
    stops.set(call.id, stop);
    void run(call, stop); // answers by message, whatever happens
  });
}

function isIoThread(data: unknown): data is IoThreadData {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'rockhopper-io-thread';
}
