import { Gunzip, Inflate } from 'fflate';
import type { Sink } from './sink.ts';

/** A thousand times as much may come out of it at once, before anybody can say stop. Bytes. */
const STEP = 4_096;
/** Where a beginning is enough, the steps grow from here. */
const FIRST_STEP = 64;
/** The largest upload in the small pieces that some programs write has half as many; each costs as much as a large one. */
const MOST_MEMBERS = 5_000;

/**
 * Unpacks a raw deflate stream or the members of a gzip file into `sink`, step by step, until `enough` bytes are there.
 * LimitError where the sink has room for no more; another error where the stream is broken, what came until then is in the sink.
 */
export function inflate(
  kind: 'raw' | 'gzip',
  packed: Uint8Array,
  sink: Pick<Sink, 'length' | 'consumed' | 'push'>,
  enough = Number.MAX_SAFE_INTEGER,
): void {
  const stream = kind === 'raw' ? new Inflate() : new Gunzip();
  let members = 0;
  if (stream instanceof Gunzip) {
    stream.onmember = () => {
      if (++members > MOST_MEMBERS) throw new Error('gzip: more members than a file needs');
    };
  }
  stream.ondata = (chunk) => {
    if (sink.length < enough)
      sink.push(enough === Number.MAX_SAFE_INTEGER ? chunk : chunk.subarray(0, enough - sink.length));
  };
  let step = enough === Number.MAX_SAFE_INTEGER ? STEP : FIRST_STEP;
  for (let at = 0; at < packed.length && sink.length < enough; at += step, step = Math.min(STEP, step * 2)) {
    sink.consumed = at + step;
    stream.push(packed.subarray(at, at + step), at + step >= packed.length);
    if (stream instanceof Inflate && isOver(stream)) return;
  }
}

/**
 * Whether its last block has ended. That nothing comes out of it says nothing: blocks may be empty, and a stranger writes
 * as many as he likes. What stands behind the end the library would collect, and copy with every step.
 */
function isOver(stream: Inflate): boolean {
  const state: unknown = Reflect.get(stream, 's'); // the library keeps it to itself: `f` after the last block's start, `l` within a block
  if (typeof state !== 'object' || state === null) throw new Error('deflate: the library has changed');
  return Reflect.get(state, 'f') === 1 && !Reflect.get(state, 'l');
}
