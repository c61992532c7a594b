import { constants, deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Budget, LimitError } from '../../../src/workers/inspect/budget.ts';
import { inflatePieces } from '../../../src/workers/inspect/inflate.ts';
import { Sink } from '../../../src/workers/inspect/sink.ts';
import { concat } from '../../files/bytes.ts';
import { type Random, randomOf } from '../../files/random.ts';
import { behindEmptyBlocks, deflatedZeros } from '../../files/zip.ts';
import { LIMITS } from './inspecting.ts';

const KINDS: Readonly<Record<string, (random: Random) => () => number>> = {
  noise: (random) => () => random.below(256),
  letters: (random) => () => random.below(26),
  zeros: () => () => 0,
  /** Each value half as often as the one before: its codes are as long as there are. */
  halved: (random) => () => Math.floor(-Math.log2(1 - random.next())),
  /** As rows of pixels are, with the same difference from one to the next for long. */
  runs: (random) => {
    let [value, left] = [0, 0];
    return () => {
      if (left-- <= 0) [value, left] = [random.below(256), random.below(2_000)];
      return value;
    };
  },
};

const data = fc
  .array(fc.tuple(fc.constantFrom(...Object.keys(KINDS)), fc.integer({ max: 120_000, min: 0 }), fc.nat()), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => concat(parts.map(([kind, size, seed]) => bytesOf(kind, size, seed))));

const way = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  strategy: fc.integer({ min: 0, max: 4 }),
  memLevel: fc.integer({ min: 1, max: 9 }),
  windowBits: fc.integer({ min: 9, max: 15 }),
});
/** In turn, over and over again. */
const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 300_000 })), {
  minLength: 1,
  maxLength: 5,
});

function bytesOf(kind: string, size: number, seed: number): Uint8Array {
  const next = KINDS[kind]?.(randomOf(seed)) ?? (() => 0);
  return Uint8Array.from({ length: size }, next);
}

function* pieces(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array, void, undefined> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = Math.max(turn % sizes.length === 0 ? 1 : 0, sizes[turn % sizes.length] ?? 1);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

/** What came out, and what was thrown. */
function unpacked(packed: Iterable<Uint8Array>, enough = Number.MAX_SAFE_INTEGER) {
  const sink = new Sink(new Budget(LIMITS, { now: () => 0 }), { expected: 0 });
  try {
    inflatePieces(packed, sink, enough);
    return { bytes: sink.bytes(), consumed: sink.consumed, problem: undefined };
  } catch (error) {
    return { bytes: sink.bytes(), consumed: sink.consumed, problem: String(error) };
  }
}

test('whatever is packed comes out of pieces of any size, or as much of it as is wanted', () => {
  fc.assert(
    fc.property(data, way, sizes, fc.double({ min: 0, max: 1, noNaN: true }), (bytes, options, sizes, share) => {
      const packed = new Uint8Array(deflateSync(bytes, options));
      const all = unpacked(pieces(packed, sizes));
      expect(all.problem).toBeUndefined();
      expect(Buffer.compare(all.bytes, bytes)).toBe(0);
      expect(all.consumed).toBe(packed.length - 4); // the sum behind it
      const most = Math.floor(bytes.length * share);
      const some = unpacked(pieces(packed, sizes), most);
      expect(Buffer.compare(some.bytes, bytes.subarray(0, most))).toBe(0);
    }),
    { numRuns: 60 },
  );
});

test('of what is cut off comes all that zlib gives, and then an error', () => {
  fc.assert(
    fc.property(data, way, sizes, fc.double({ min: 0, max: 1, noNaN: true }), (bytes, options, sizes, share) => {
      const packed = new Uint8Array(deflateSync(bytes, options));
      const cut = packed.subarray(0, 2 + Math.floor((packed.length - 6) * share));
      const { bytes: came, problem } = unpacked(pieces(cut, sizes));
      const expected = inflateSync(cut, { finishFlush: constants.Z_SYNC_FLUSH });
      expect(Buffer.compare(came, expected)).toBe(0);
      if (share < 1) expect(problem).toMatch(/^Error: deflate: /);
    }),
    { numRuns: 100 },
  );
});

test('what is changed comes out as zlib has it, wherever that can unpack it', () => {
  const outcomes = { same: 0, refused: 0 };
  for (let seed = 0; seed < 1_500; seed++) {
    const random = randomOf(seed);
    const kind = Object.keys(KINDS)[seed % Object.keys(KINDS).length] ?? '';
    const packed = new Uint8Array(deflateSync(bytesOf(kind, random.below(2_000), seed), { level: seed % 10 }));
    packed[2 + random.below(packed.length - 6)] = random.below(256);
    const withoutSum = packed.subarray(0, -4);
    const ours = unpacked([withoutSum]);
    const theirs = unpackedByZlib(withoutSum);
    if (theirs) expect(Buffer.compare(ours.bytes, theirs), `seed ${seed}`).toBe(0);
    else expect(ours.problem ?? 'lenient', `seed ${seed}`).toMatch(/^Error: deflate: |lenient/);
    outcomes[theirs ? 'same' : 'refused']++;
  }
  expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(100);
});

/** Undefined where zlib cannot. */
function unpackedByZlib(packed: Uint8Array): Uint8Array | undefined {
  try {
    return inflateSync(packed, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return undefined;
  }
}

test('what is no zlib stream, or builds on a dictionary that is elsewhere, is refused', () => {
  const packed = new Uint8Array(deflateSync('hello'));
  const dictionary = concat([Uint8Array.of(0x78, 0xbb, 1, 2, 3, 4), packed.subarray(2)]);
  expect(unpacked([dictionary]).problem).toBe('Error: zlib: needs a dictionary');
  for (const header of [
    [0x78, 0x9d],
    [0x77, 0x85],
    [0x88, 0x1c],
    [0, 0],
  ]) {
    expect(unpacked([Uint8Array.from(header), packed.subarray(2)]).problem).toBe('Error: zlib: no zlib data');
  }
  expect(unpacked([]).problem).toBe('Error: deflate: cut off');
});

test('a bomb is unpacked as far as there is room, and takes no longer than there is time', () => {
  const bomb = concat([Uint8Array.of(0x78, 0x9c), deflatedZeros(100_000_000)]);
  expect(unpacked([bomb], 1_000).bytes.length).toBe(1_000);
  const full = new Sink(new Budget(LIMITS, { now: () => 0 }), { expected: 0, most: 1_000_000 });
  expect(() => inflatePieces([bomb], full, 2_000_000)).toThrow(LimitError);
  let now = 0;
  const hasty = new Budget({ ...LIMITS, milliseconds: 20 }, { now: () => now++ });
  const blocks = [Uint8Array.of(0x78, 0x9c), behindEmptyBlocks(deflatedZeros(1_000), 20_000)];
  expect(() => inflatePieces(blocks, new Sink(hasty, { expected: 0 }), 1_000)).toThrow(LimitError);
});
