import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { HttpRefusedError, HttpTooLargeError } from './http-errors.ts';

/** A body may not be given to a Response with these, not even an empty one. */
const WITHOUT_BODY = new Set([204, 205, 304]);

/**
 * Reads an answer to its end, at most `maxBytes` counted as they arrive and after unpacking. Throws HttpTooLargeError,
 * or what broke it off; on both runtimes a body shorter than announced is broken off too.
 */
export async function readWhole(
  answer: IncomingMessage,
  { maxBytes, signal }: { readonly maxBytes: number; readonly signal: AbortSignal },
): Promise<Response> {
  const abort = () => answer.destroy();
  signal.addEventListener('abort', abort, { once: true });
  try {
    const { statusCode: status = 0, headers } = answer;
    const body = await collect(unpacked(answer), maxBytes);
    return new Response(WITHOUT_BODY.has(status) ? null : body, { status, headers: plain(headers) });
  } finally {
    signal.removeEventListener('abort', abort);
    answer.destroy();
  }
}

/** An answer whose body is read by somebody else, as it arrives and as it is packed; one that is broken off fails. */
export function streamed(answer: IncomingMessage, signal: AbortSignal): Response {
  const { statusCode: status = 0, headers } = answer;
  const abort = () => answer.destroy(new Error('given up'));
  signal.addEventListener('abort', abort, { once: true });
  answer.once('close', () => signal.removeEventListener('abort', abort));
  if (signal.aborted) abort();
  if (WITHOUT_BODY.has(status)) answer.resume();
  return new Response(WITHOUT_BODY.has(status) ? null : bodyOf(answer), { status, headers: plain(headers) });
}

/** Asks for more only when it is asked for more. */
function bodyOf(answer: Readable): ReadableStream<Uint8Array> {
  const chunks = answer[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => void answer.destroy(),
  });
}

function unpacked(answer: IncomingMessage): Readable {
  const encoding = answer.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return answer;
  if (encoding !== 'gzip') throw new HttpRefusedError(`the answer is packed as ${encoding}`);
  // What ends one stream ends the other; the reader of the last one gets the error.
  return pipeline(answer, createGunzip(), () => {});
}

async function collect(source: Readable, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new HttpTooLargeError(`the answer is over ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

function plain(headers: IncomingMessage['headers']): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as [string, string]],
  );
}
