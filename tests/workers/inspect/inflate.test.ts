import { expect, test } from 'vitest';
import { Budget } from '../../../src/workers/inspect/budget.ts';
import { inflate } from '../../../src/workers/inspect/inflate.ts';
import { Sink } from '../../../src/workers/inspect/sink.ts';
import { behindEmptyBlocks } from '../../files/zip.ts';
import { LIMITS } from './inspecting.ts';

/** A last block of deflate that holds "hi" as it is. */
const HI = [0x01, 0x02, 0x00, 0xfd, 0xff, 0x68, 0x69];

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
  expect(() => inflate('raw', behindEmptyBlocks(new Uint8Array(0), 50_000), sink)).toThrow('unexpected EOF');
});
