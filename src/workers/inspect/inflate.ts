import { Gunzip, Inflate } from 'fflate';
import type { Sink } from './sink.ts';

/** A thousand times as much may come out of it at once, before anybody can say stop. Bytes. */
const STEP = 4_096;
/** Where a beginning is enough, the steps grow from here. */
const FIRST_STEP = 64;
/**
 * After so many steps of nothing a deflate stream has ended, whatever stands behind it: the library would collect that,
 * and copy it with every step.
 */
const MOST_SILENT = 16;
/** The largest upload in the small pieces that some programs write has half as many; each costs as much as a large one. */
const MOST_MEMBERS = 5_000;

/**
 * Unpacks a raw deflate stream or the members of a gzip file into `sink`, step by step, until `enough` bytes are there.
 * LimitError where the sink has room for no more; another error where the stream is broken, what came until then is in the sink.
 */
export function inflate(kind: 'raw' | 'gzip', packed: Uint8Array, sink: Sink, enough = Number.MAX_SAFE_INTEGER): void {
  const stream = kind === 'raw' ? new Inflate() : new Gunzip();
  let members = 0;
  let silent = 0;
  if (stream instanceof Gunzip) {
    stream.onmember = () => {
      if (++members > MOST_MEMBERS) throw new Error('gzip: more members than a file needs');
    };
  }
  stream.ondata = (chunk) => {
    silent = chunk.length > 0 ? 0 : silent + 1;
    if (sink.length < enough)
      sink.push(enough === Number.MAX_SAFE_INTEGER ? chunk : chunk.subarray(0, enough - sink.length));
  };
  let step = enough === Number.MAX_SAFE_INTEGER ? STEP : FIRST_STEP;
  for (let at = 0; at < packed.length && sink.length < enough; at += step, step = Math.min(STEP, step * 2)) {
    sink.consumed = at + step;
    stream.push(packed.subarray(at, at + step), at + step >= packed.length);
    if (kind === 'raw' && silent >= MOST_SILENT) return;
  }
}
