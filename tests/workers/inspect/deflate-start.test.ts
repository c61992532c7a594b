import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Budget, LimitError } from '../../../src/workers/inspect/budget.ts';
import { startOfDeflated } from '../../../src/workers/inspect/deflate-start.ts';
import { type Random, randomOf } from '../../files/random.ts';
import { behindEmptyBlocks, deflatedZeros } from '../../files/zip.ts';
import { LIMITS } from './inspecting.ts';

const BUDGET = new Budget(LIMITS, { now: () => 0 });
const HELLO = new TextEncoder().encode('hello, hello, hello');

/** Noise, letters that come again, few different bytes, or zeros. */
function data(random: Random): Uint8Array {
  const kinds = [256, 26, 3, 1];
  const below = kinds[random.below(kinds.length)] ?? 1;
  return Uint8Array.from({ length: random.below(40_000) }, () => random.below(below));
}

test('the start of whatever a packer makes is what was packed', () => {
  for (let seed = 0; seed < 100; seed++) {
    const random = randomOf(seed);
    const bytes = data(random);
    const packed = new Uint8Array(deflateRawSync(bytes, { level: random.below(10), strategy: random.below(5) }));
    const most = random.below(50_000);
    const start = startOfDeflated(packed, most, BUDGET);
    expect(Buffer.compare(start, bytes.subarray(0, most)), `seed ${seed}`).toBe(0);
  }
});

test('of a bomb no more comes out than is wanted, and blocks of nothing hide nothing', () => {
  expect(startOfDeflated(deflatedZeros(100_000_000), 512, BUDGET)).toEqual(new Uint8Array(512));
  const packed = behindEmptyBlocks(new Uint8Array(deflateRawSync(HELLO)), 20_000);
  expect(startOfDeflated(packed, 512, BUDGET)).toEqual(HELLO);
  expect(startOfDeflated(packed, 5, BUDGET)).toEqual(HELLO.subarray(0, 5));
});

test('blocks of nothing without an end take no longer than there is time', () => {
  let now = 0;
  const budget = new Budget({ ...LIMITS, milliseconds: 1_000 }, { now: () => now++ });
  expect(() => startOfDeflated(behindEmptyBlocks(HELLO, 20_000), 512, budget)).toThrow(LimitError);
});

test('what is broken is an error, however it is', () => {
  const packed = new Uint8Array(deflateRawSync(HELLO.slice().fill(120, 3)));
  const start = (bytes: Uint8Array) => () => startOfDeflated(bytes, 512, BUDGET);
  expect(start(packed.subarray(0, packed.length - 1))).toThrow('cut off');
  expect(start(new Uint8Array(0))).toThrow('cut off');
  expect(start(Uint8Array.of(0x07))).toThrow('no such block');
  expect(start(Uint8Array.of(0x01, 5, 0, 5, 0, 1, 2, 3, 4, 5))).toThrow('lies about its size');
  expect(start(Uint8Array.of(0x01, 5, 0, 0xfa, 0xff, 1, 2))).toThrow('cut off');
  expect(start(Uint8Array.of(0x03 | 0x80, 0x00, 0x04, 0x00))).toThrow('repeats what never was');
  for (let seed = 0; seed < 2_000; seed++) {
    const random = randomOf(seed);
    const noise = Uint8Array.from({ length: 200 }, (_, at) => (at === 0 ? 0x05 : random.below(256)));
    try {
      expect(startOfDeflated(noise, 512, BUDGET).length).toBeLessThanOrEqual(512);
    } catch (error) {
      expect(String(error)).toMatch(/^Error: deflate: /);
    }
  }
});
