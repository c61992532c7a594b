import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Budget, LimitError } from '../../../src/workers/inspect/budget.ts';
import { inflate } from '../../../src/workers/inspect/inflate.ts';
import { Sink } from '../../../src/workers/inspect/sink.ts';
import { concat } from '../../files/bytes.ts';
import { gzip } from '../../files/gzip.ts';
import { randomOf } from '../../files/random.ts';
import { behindEmptyBlocks } from '../../files/zip.ts';
import { LIMITS } from './inspecting.ts';

/** A last block of deflate that holds "hi" as it is. */
const HI = [0x01, 0x02, 0x00, 0xfd, 0xff, 0x68, 0x69];

/** Noise in which pieces from long ago come again, so long ago at times as deflate can tell. */
function repeating(seed: number): Uint8Array {
  const random = randomOf(seed);
  const bytes = Uint8Array.from({ length: 1 + random.below(300_000) }, () => random.below(4 ** (1 + (seed % 4))));
  for (let at = 32_768; at + 300 < bytes.length; at += 300 + random.below(2_000)) {
    const from = at - 1 - random.below(32_768);
    bytes.copyWithin(at, from, from + 3 + random.below(290));
  }
  return bytes;
}

test('whatever a packer makes comes out as it was, or as much of it as is wanted', () => {
  for (let seed = 0; seed < 60; seed++) {
    const random = randomOf(seed);
    const bytes = repeating(seed);
    const packed = new Uint8Array(deflateRawSync(bytes, { level: seed % 10, strategy: random.below(5) }));
    const all = sinkOf();
    inflate('raw', packed, all);
    expect(Buffer.compare(all.bytes(), bytes), `seed ${seed}`).toBe(0);
    expect(all.consumed).toBe(packed.length);
    const [some, most] = [sinkOf(), random.below(bytes.length)];
    inflate('raw', packed, some, most);
    expect(Buffer.compare(some.bytes(), bytes.subarray(0, most)), `seed ${seed}, ${most} bytes`).toBe(0);
  }
});

test('members of a gzip file come one after another, and one that is cut off is broken', () => {
  const [first, second] = [repeating(1), repeating(2)];
  const packed = concat([gzip(first, { name: 'a.bin' }), gzip(new Uint8Array(0)), gzip(second)]);
  const sink = sinkOf();
  inflate('gzip', packed, sink);
  expect(Buffer.compare(sink.bytes(), concat([first, second]))).toBe(0);
  for (const cut of [1, 8, 20, 1_000]) {
    expect(() => inflate('gzip', packed.subarray(0, packed.length - cut), sinkOf())).toThrow('cut off');
  }
  expect(() => inflate('gzip', concat([packed, Uint8Array.of(1, 2, 3)]), sinkOf())).toThrow('no gzip data');
});

test('a bomb stops where the sink is full', () => {
  const sink = new Sink(new Budget(LIMITS), { expected: 0, most: 1_000_000 });
  expect(() => inflate('gzip', gzip(new Uint8Array(9_000_000)), sink)).toThrow(LimitError);
  expect(sink.length).toBeGreaterThan(900_000);
  expect(sink.consumed).toBeLessThan(9_000);
});

function sinkOf(): Sink {
  return new Sink(new Budget(LIMITS), { expected: 0 });
}

test('what stands behind the end of a deflate stream is left alone', () => {
  const packed = new Uint8Array(4_000_000);
  packed.set(HI);
  const sink = new Sink(new Budget(LIMITS), { expected: 0 });
  inflate('raw', packed, sink);
  expect(new TextDecoder().decode(sink.bytes())).toBe('hi');
  expect(sink.consumed).toBeLessThan(100_000);
});

test('what stands behind blocks of nothing is unpacked, and a stream without an end is broken', () => {
  const sink = new Sink(new Budget(LIMITS), { expected: 0 });
  inflate('raw', behindEmptyBlocks(Uint8Array.from(HI), 50_000), sink);
  expect(new TextDecoder().decode(sink.bytes())).toBe('hi');
  expect(() => inflate('raw', behindEmptyBlocks(new Uint8Array(0), 50_000), sink)).toThrow('cut off');
});
