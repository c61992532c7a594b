import { once } from 'node:events';
import { crc32, createDeflateRaw, createGzip, type DeflateRaw, type Gzip } from 'node:zlib';
import type { Sink } from './sink.ts';
import { zipEnd, zipStart } from './zip-records.ts';

export type Packing = 'none' | 'gzip' | 'zip';

/** What the file is called that holds a plain file of this name. */
export function packedName(name: string, packing: Packing): string {
  if (packing === 'zip') return `${name.replace(/\.[a-z]+$/, '')}.zip`;
  return packing === 'gzip' ? `${name}.gz` : name;
}

/** Takes bytes, and hands them to a sink plain or packed, no faster than that takes them. */
export interface Packer {
  /** Bytes that the sink has taken. */
  readonly taken: number;
  write(bytes: Uint8Array): Promise<void>;
  /** The rest is written; the sink is still open. */
  end(): Promise<void>;
  /** Nothing more comes, and whoever waits here waits no longer. */
  destroy(why: Error): void;
}

/** `name` is what a ZIP calls the file in it. */
export function packer(packing: Packing, name: string, sink: Sink): Packer {
  if (packing === 'none') return plain(sink);
  return packing === 'gzip' ? deflated(createGzip({ chunkSize: CHUNK }), sink) : zipped(name, sink);
}

const CHUNK = 65_536;

function plain(sink: Sink): Packer {
  let taken = 0;
  return {
    get taken() {
      return taken;
    },
    async write(bytes) {
      await sink.write(bytes);
      taken += bytes.length;
    },
    end: async () => {},
    destroy: () => {},
  };
}

function deflated(zip: Gzip | DeflateRaw, sink: Sink): Packer {
  let taken = 0;
  const pump = async () => {
    for await (const bytes of zip as AsyncIterable<Uint8Array>) {
      try {
        await sink.write(bytes);
      } catch (error) {
        // Leaving the loop alone would tell nobody who waits for room.
        zip.destroy(error instanceof Error ? error : new Error(String(error)));
        throw error;
      }
      taken += bytes.length;
    }
  };
  const pumping = pump();
  pumping.catch(() => undefined); // whoever writes or ends hears of it
  zip.on('error', () => undefined);
  return {
    get taken() {
      return taken;
    },
    async write(bytes) {
      if (zip.errored) throw zip.errored;
      if (!zip.write(bytes)) await once(zip, 'drain');
    },
    async end() {
      if (zip.errored) throw zip.errored;
      zip.end();
      await pumping;
    },
    destroy: (why) => void zip.destroy(why),
  };
}

/** One file in a ZIP, whose sum and sizes stand behind it, because nobody knows them before. */
function zipped(name: string, sink: Sink): Packer {
  const start = zipStart(name);
  let started = false;
  const begun: Sink = {
    ...sink,
    async write(bytes) {
      if (!started) await sink.write(start);
      started = true;
      await sink.write(bytes);
    },
  };
  const inner = deflated(createDeflateRaw({ chunkSize: CHUNK }), begun);
  let sum = 0;
  let size = 0;
  return {
    get taken() {
      return start.length + inner.taken;
    },
    async write(bytes) {
      sum = crc32(bytes, sum);
      size += bytes.length;
      await inner.write(bytes);
    },
    async end() {
      await inner.end();
      await sink.write(zipEnd(name, { sum, size, packed: inner.taken, offset: start.length }));
    },
    destroy: inner.destroy,
  };
}
