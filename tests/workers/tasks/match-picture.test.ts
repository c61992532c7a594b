import { describe, expect, test } from 'vitest';
import { LookAlikes } from '../../../src/workers/inspect/picture/look-alikes.ts';
import matchPicture from '../../../src/workers/tasks/match-picture.ts';
import { randomOf } from '../../files/random.ts';

function bytesOf(...hashes: readonly string[]): Uint8Array {
  return Uint8Array.from(Buffer.from(hashes.join(''), 'hex'));
}

async function match(input: Parameters<typeof matchPicture.run>[0]): Promise<unknown> {
  const outcome = await matchPicture.run(input);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

const [ONE, NEAR, FAR] = ['00000000000000ff', '0000000000000000', 'ffffffffffffffff'];

describe('a list in a thread', () => {
  test('is asked for once, kept, and searched by its version', async () => {
    expect(await match({ list: 'a', version: '1', hashes: [ONE] })).toEqual({ kind: 'send it' });
    const matches = { kind: 'matches', matches: [{ hash: 0, place: 1, distance: 0 }] };
    expect(await match({ list: 'a', version: '1', hashes: [ONE], bytes: bytesOf(FAR, ONE) })).toEqual(matches);
    expect(await match({ list: 'a', version: '1', hashes: [ONE] })).toEqual(matches);
  });

  test('of another version is asked for, and takes the place of the old one', async () => {
    await match({ list: 'b', version: '1', hashes: [], bytes: bytesOf(ONE) });
    expect(await match({ list: 'b', version: '2', hashes: [ONE] })).toEqual({ kind: 'send it' });
    await match({ list: 'b', version: '2', hashes: [], bytes: bytesOf(FAR) });
    expect(await match({ list: 'b', version: '2', hashes: [ONE] })).toEqual({ kind: 'matches', matches: [] });
    expect(await match({ list: 'b', version: '1', hashes: [ONE] })).toEqual({ kind: 'send it' });
  });

  test('makes room when there are too many, the longest unused first', async () => {
    await match({ list: 'old', version: '1', hashes: [], bytes: bytesOf(ONE) });
    await match({ list: 'used', version: '1', hashes: [], bytes: bytesOf(ONE) });
    for (let other = 0; other < 63; other++) {
      await match({ list: `other ${other}`, version: '1', hashes: [], bytes: bytesOf(ONE) });
      await match({ list: 'used', version: '1', hashes: [] });
    }
    expect(await match({ list: 'old', version: '1', hashes: [] })).toEqual({ kind: 'send it' });
    expect(await match({ list: 'used', version: '1', hashes: [] })).toEqual({ kind: 'matches', matches: [] });
  });
});

test('the distance decides, the nearest come first, and several hashes are searched for at once', async () => {
  const list = { list: 'c', version: '1', bytes: bytesOf(ONE, NEAR, FAR) };
  expect(await match({ ...list, hashes: [NEAR], distance: 7 })).toEqual({
    kind: 'matches',
    matches: [{ hash: 0, place: 1, distance: 0 }],
  });
  expect(await match({ ...list, hashes: [NEAR, FAR], distance: 8 })).toEqual({
    kind: 'matches',
    matches: [
      { hash: 0, place: 1, distance: 0 },
      { hash: 1, place: 2, distance: 0 },
      { hash: 0, place: 0, distance: 8 },
    ],
  });
});

test('what is no hash is refused', async () => {
  for (const hash of ['', '0', 'FFFFFFFFFFFFFFFF', '00000000000000zz']) {
    expect(await matchPicture.run({ list: 'd', version: '1', hashes: [hash] })).toMatchObject({ ok: false });
  }
});

test('finds the same as counting bit by bit', () => {
  const random = randomOf(7);
  const hashes = Array.from({ length: 500 }, () =>
    Array.from({ length: 16 }, () => random.below(16).toString(16)).join(''),
  );
  const list = new LookAlikes(bytesOf(...hashes));
  const bits = (hash: string) => BigInt(`0x${hash}`);
  for (const asked of hashes.slice(0, 20)) {
    const slowly = hashes.filter((hash) => (bits(hash) ^ bits(asked)).toString(2).replaceAll('0', '').length <= 22);
    expect(
      list
        .within([asked], 22)
        .map(({ place }) => hashes[place])
        .sort(),
    ).toEqual(slowly.sort());
  }
});

test('a list of nothing but look-alikes gives the hundred nearest', () => {
  const list = new LookAlikes(bytesOf(...Array<string>(5_000).fill('0000000000000001'), NEAR));
  const found = list.within([NEAR], 6);
  expect(found).toHaveLength(100);
  expect(found[0]).toEqual({ hash: 0, place: 5_000, distance: 0 });
});

test('in a list of 100,000 the one look-alike is found, and nothing else', async () => {
  const random = randomOf(11);
  const bytes = Uint8Array.from({ length: 800_000 }, () => random.below(256));
  const place = 77_777;
  const hash = Buffer.from(bytes.subarray(place * 8, place * 8 + 8));
  hash[3] = (hash[3] ?? 0) ^ 0b101;
  const asked = { list: 'e', version: '1', hashes: [hash.toString('hex')], bytes };
  expect(await match(asked)).toEqual({ kind: 'matches', matches: [{ hash: 0, place, distance: 2 }] });
});
