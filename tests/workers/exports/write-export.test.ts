import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Packing } from '../../../src/workers/exports/pack.ts';
import type { Sink } from '../../../src/workers/exports/sink.ts';
import { type Part, type Writing, writeExport } from '../../../src/workers/exports/write-export.ts';
import { Budget } from '../../../src/workers/inspect/budget.ts';
import { readZip, unpack } from '../../../src/workers/inspect/zip-reader.ts';

const PACKINGS = ['none', 'gzip', 'zip'] as const;
/** Bytes that do not become fewer when they are packed, a page of them at a time. */
const NOISE = Array.from({ length: 2_000 }, (_, at) => String((at * 2_654_435_761) % 4_294_967_296).repeat(7));

class Memory implements Sink {
  readonly bytes: Uint8Array[] = [];
  state: 'open' | 'closed' | 'discarded' = 'open';

  async write(bytes: Uint8Array): Promise<void> {
    this.bytes.push(bytes.slice());
  }
  async close(): Promise<void> {
    this.state = 'closed';
  }
  async discard(): Promise<void> {
    this.state = 'discarded';
  }
  get whole(): Buffer {
    return Buffer.concat(this.bytes);
  }
}

/** Pages without an end, unless one is given; `read` says how many were asked for. */
function paged(most = Number.POSITIVE_INFINITY) {
  const seen = { read: 0, left: false };
  async function* pages() {
    try {
      while (seen.read < most) {
        seen.read += 1;
        yield NOISE;
      }
    } finally {
      seen.left = true;
    }
  }
  return { seen, pages: pages() };
}

function writing(changed: Partial<Writing<string>> & Pick<Writing<string>, 'pages' | 'open'>): Writing<string> {
  return {
    keyOf: (row) => row,
    layout: { extension: 'txt', begin: () => 'begin\n', row: (row) => `${row}\n`, end: () => 'end\n' },
    ...{ packing: 'none', partBytes: 1_000_000_000, firstPart: 1, mostParts: 10 },
    signal: new AbortController().signal,
    onRows: () => {},
    onPart: () => {},
    ...changed,
  };
}

function unpacked(packing: Packing, bytes: Buffer): string {
  if (packing === 'none') return bytes.toString();
  if (packing === 'gzip') return gunzipSync(bytes).toString();
  const limits = { depth: 0, pixels: 0, roughPixels: 0, frames: 0, pages: 0, rows: 0, entries: 10 };
  const budget = new Budget({ ...limits, bytesOut: 100_000_000, milliseconds: 60_000 });
  const [entry, ...others] = readZip(bytes, budget).entries;
  expect(others).toEqual([]);
  if (!entry) throw new Error('the ZIP is empty');
  expect(entry.path).toBe('rows-1.txt');
  return Buffer.from(unpack(bytes, entry, budget)).toString();
}

test.for(PACKINGS)('packed as %s, every row is in the file once, with its beginning and its end', async (packing) => {
  const sink = new Memory();
  const counts: number[] = [];
  const { pages } = paged(3);
  const open = async () => ({ sink, inner: 'rows-1.txt' });
  await writeExport(writing({ pages, open, packing, onRows: (rows) => void counts.push(rows) }));
  expect(sink.state).toBe('closed');
  expect(unpacked(packing, sink.whole)).toBe(`begin\n${`${NOISE.join('\n')}\n`.repeat(3)}end\n`);
  expect(counts.reduce((sum, rows) => sum + rows, 0)).toBe(3 * NOISE.length);
});

test.for(PACKINGS)(
  'packed as %s, a reader that stalls stops the reading of pages, and giving up frees whoever waits',
  async (packing) => {
    const stalled = Promise.withResolvers<void>();
    const never = new Promise<never>(() => {});
    const sink = new Memory();
    sink.write = () => {
      stalled.resolve();
      return never;
    };
    const { pages, seen } = paged();
    const stop = new AbortController();
    const done = writeExport(
      writing({ pages, open: async () => ({ sink, inner: 'a' }), packing, signal: stop.signal }),
    );
    await stalled.promise;
    // Nothing but the sink holds it up: in as many turns it would read a thousand pages.
    for (let turn = 0; turn < 1_000; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(seen.read).toBeLessThan(20);
    stop.abort(new Error('enough'));
    await expect(done).rejects.toThrow('enough');
    expect(seen.left).toBe(true);
    expect(sink.state).toBe('discarded');
  },
);

test.for(PACKINGS)(
  'packed as %s, a disk that is full ends it with what it said, and nothing stays',
  async (packing) => {
    const sink = new Memory();
    sink.write = async (bytes) => {
      await Memory.prototype.write.call(sink, bytes);
      if (sink.whole.length > 100_000) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    };
    const { pages, seen } = paged();
    const done = writeExport(writing({ pages, open: async () => ({ sink, inner: 'a' }), packing }));
    await expect(done).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(sink.state).toBe('discarded');
    expect(seen.left).toBe(true);
  },
);

test('what is too much for a file goes on in the next, each whole, and each says where the next begins', async () => {
  const sinks: Memory[] = [];
  const parts: Part[] = [];
  const { pages } = paged(5);
  const open = async () => {
    const sink = new Memory();
    sinks.push(sink);
    return { sink, inner: 'a' };
  };
  await writeExport(writing({ pages, open, partBytes: 200_000, onPart: (part) => void parts.push(part) }));
  const texts = sinks.map(({ whole }) => whole.toString());
  expect(texts.length).toBeGreaterThan(2);
  for (const text of texts) expect(text).toMatch(/^begin\n[\s\S]*\nend\n$/);
  const rows = texts.map((text) => text.split('\n').slice(1, -2));
  expect(rows.flat()).toEqual(Array.from({ length: 5 }, () => NOISE).flat());
  expect(parts.map(({ rows }) => rows)).toEqual(rows.map(({ length }) => length));
  expect(parts.map(({ last }) => last)).toEqual(rows.map((own) => own.at(-1)));
  for (const { bytes } of parts) expect(bytes).toBeLessThan(400_000);
});

test('more files than may be are not begun', async () => {
  const sinks: Memory[] = [];
  const { pages } = paged();
  const open = async () => {
    const sink = new Memory();
    sinks.push(sink);
    return { sink, inner: 'a' };
  };
  const done = writeExport(writing({ pages, open, partBytes: 200_000, mostParts: 2 }));
  await expect(done).rejects.toMatchObject({ name: 'ExportTooLargeError' });
  expect(sinks.map(({ state }) => state)).toEqual(['closed', 'closed']);
});
