import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Budget, LimitError } from '../../../src/workers/inspect/budget.ts';
import { sizeOfDeflated } from '../../../src/workers/inspect/deflate-size.ts';
import { startOfDeflated } from '../../../src/workers/inspect/deflate-start.ts';
import { type Random, randomOf } from '../../files/random.ts';
import { behindEmptyBlocks, deflatedZeros } from '../../files/zip.ts';
import { LIMITS } from './inspecting.ts';

const BUDGET = new Budget(LIMITS, { now: () => 0 });
const MUCH = 100_000;

/** Noise, letters that come again, few different bytes, or zeros, packed in whatever way. */
function packedData(random: Random, most = 40_000): { readonly bytes: Uint8Array; readonly packed: Uint8Array } {
  const below = [256, 26, 3, 1][random.below(4)] ?? 1;
  const bytes = Uint8Array.from({ length: random.below(most) }, () => random.below(below));
  return {
    bytes,
    packed: new Uint8Array(deflateRawSync(bytes, { level: random.below(10), strategy: random.below(5) })),
  };
}

test('counts what a packer packed, to the byte, and stops where it is told', () => {
  for (let seed = 0; seed < 200; seed++) {
    const random = randomOf(seed);
    const { bytes, packed } = packedData(random);
    expect(sizeOfDeflated(packed, MUCH, BUDGET), `seed ${seed}`).toBe(bytes.length);
    const most = random.below(50_000);
    expect(sizeOfDeflated(packed, most, BUDGET), `seed ${seed}`).toBe(Math.min(most, bytes.length));
  }
});

test('says of whatever is broken what unpacking it says', () => {
  const outcomes = { counted: 0, broken: 0 };
  for (let seed = 0; seed < 2_000; seed++) {
    const random = randomOf(seed);
    const { packed } = packedData(random, 3_000);
    const changed = packed.slice(0, random.below(3) === 0 ? random.below(packed.length) : packed.length);
    if (changed.length > 0) changed[random.below(changed.length)] = random.below(256);
    const counted = sizeOrBroken(() => sizeOfDeflated(changed, MUCH, BUDGET));
    expect(counted, `seed ${seed}`).toBe(sizeOrBroken(() => startOfDeflated(changed, MUCH, BUDGET).length));
    outcomes[counted === 'broken' ? 'broken' : 'counted']++;
  }
  expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(100);
});

function sizeOrBroken(size: () => number): number | 'broken' {
  try {
    return size();
  } catch (error) {
    expect(String(error)).toMatch(/^Error: deflate: /);
    return 'broken';
  }
}

test('blocks of nothing hide nothing, and a bomb is counted no further than is asked', () => {
  const bomb = deflatedZeros(100_000_000);
  expect(sizeOfDeflated(bomb, 1_000, BUDGET)).toBe(1_000);
  expect(sizeOfDeflated(behindEmptyBlocks(bomb, 20_000), 200_000_000, BUDGET)).toBe(100_000_000);
});

test('takes no longer than there is time, in one block or in many', () => {
  const clock = () => {
    let now = 0;
    return new Budget({ ...LIMITS, milliseconds: 20 }, { now: () => now++ });
  };
  const bomb = deflatedZeros(100_000_000);
  expect(() => sizeOfDeflated(bomb, 200_000_000, clock())).toThrow(LimitError);
  expect(() => sizeOfDeflated(behindEmptyBlocks(bomb, 20_000), 1_000, clock())).toThrow(LimitError);
});
