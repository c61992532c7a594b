import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import pLimit from 'p-limit';
import { DeadlineError, TaskError, toWire } from '../lib/errors.ts';
import { collectGarbage } from '../lib/garbage.ts';
import { GuardedFetch } from '../lib/guarded-fetch.ts';
import { createHttp } from '../lib/http-client.ts';
import { AskedCache } from './asked-cache.ts';
import { DownloadError, download } from './download.ts';
import type { ErrandConfig, ErrandList, ErrandTools } from './errand.ts';
import { failureOf } from './errand-failure.ts';
import { errands } from './errands.ts';
import { serveExport } from './exports/serve.ts';
import type { IoCall, IoReply, IoThreadData } from './io-protocol.ts';

const MUCH = 1_000_000;

if (parentPort && isIoThread(workerData)) serveIo(parentPort, workerData);

/** Takes any number of calls; nothing is ever thrown across. */
function serveIo(port: MessagePort, data: IoThreadData): void {
  const say = (reply: IoReply) => port.postMessage(reply);
  const cache = new AskedCache(say);
  const stops = new Map<number, AbortController>();
  const downloading = downloader(port, data);
  const running = errandRunner(say, cache, data);
  const begin = async (id: number, run: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    const stop = new AbortController();
    stops.set(id, stop);
    await run(stop.signal).finally(() => stops.delete(id)); // answers by message, whatever happens
  };
  port.on('message', (call: IoCall) => {
    switch (call.kind) {
      case 'download':
        return void begin(call.id, (signal) => downloading(call, signal));
      case 'errand':
        return void begin(call.id, (signal) => running(call, signal));
      case 'export':
        return void begin(call.id, (signal) => serveExport(call, data.database, say, signal));
      case 'abort':
        return stops.get(call.id)?.abort(call.late ? new DeadlineError('the time was up') : undefined);
      case 'looked-up':
        return cache.answer(call.id, call.kept);
      default: {
        const never: never = call;
        return never;
      }
    }
  });
}

/** So many downloads are under way at a time, the rest wait. */
function downloader(port: MessagePort, { hosts, concurrency }: IoThreadData) {
  const limit = pLimit(concurrency);
  const guarded = new GuardedFetch(); // for as long as the thread lives
  return async (call: Extract<IoCall, { kind: 'download' }>, signal: AbortSignal): Promise<void> => {
    const { id, url, maxBytes, deadlineMs } = call;
    try {
      const file = await limit(() => download(url, { maxBytes, deadlineMs, hosts, signal, guarded }));
      const size = file.bytes.byteLength;
      port.postMessage({ kind: 'downloaded', id, ...file } satisfies IoReply, [file.bytes.buffer]);
      // The pieces that it came in are as large again.
      if (size > MUCH) collectGarbage();
    } catch (error) {
      const code = error instanceof DownloadError ? error.code : 'failed';
      port.postMessage({ kind: 'failed', id, code, error: toWire(error) } satisfies IoReply);
    }
  };
}

/** Errands share one HTTP client, which bounds what is under way to each host. */
function errandRunner(say: (reply: IoReply) => void, cache: AskedCache, data: IoThreadData) {
  const { userAgent, trustedHosts } = data;
  const onOutcome = (host: string, outcome: Extract<IoReply, { kind: 'counted' }>['outcome']) =>
    say({ kind: 'counted', host, outcome });
  const http = createHttp({ userAgent, trustedHosts, cache, onOutcome });
  return async ({ id, name, input }: Extract<IoCall, { kind: 'errand' }>, signal: AbortSignal): Promise<void> => {
    try {
      const tools: ErrandTools = { http, config: configOf(data), signal };
      say({ kind: 'errand-done', id, value: await errandOf(errands, name).run(input, tools) });
    } catch (error) {
      say({ kind: 'errand-failed', id, failure: failureOf(error) });
    }
  };
}

function errandOf(list: ErrandList, name: string) {
  const errand = Object.hasOwn(list, name) ? list[name] : undefined;
  if (!errand) throw new TaskError(`there is no errand named ${name}`);
  return errand;
}

function configOf({ errands: config }: IoThreadData): ErrandConfig {
  if (!config) throw new TaskError('the I/O thread was started without errands');
  return config;
}

function isIoThread(data: unknown): data is IoThreadData {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'rockhopper-io-thread';
}
