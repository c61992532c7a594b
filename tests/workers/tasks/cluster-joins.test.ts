import { expect, test } from 'vitest';
import { snowflakeAt } from '../../../src/lib/snowflake.ts';
import clusterJoins from '../../../src/workers/tasks/cluster-joins.ts';

const NOON = Date.UTC(2026, 0, 1, 12);
const DAY_MS = 86_400_000;
const NAMES = [
  'albatross',
  'bittern',
  'cormorant',
  'dunlin',
  'egret',
  'fulmar',
  'gannet',
  'heron',
  'ibis',
  'jaeger',
  'kestrel',
  'linnet',
];

interface Made {
  readonly name?: string;
  readonly shown?: string;
  readonly avatar?: string;
  /** How old the account is. Days. */
  readonly age?: number;
  /** Seconds after noon. */
  readonly after?: number;
}

let made = 0;
function join({ name, shown = '', avatar = '', age = 400 + made * 17, after = 0 }: Made) {
  const at = NOON + after * 1_000;
  const id = String(BigInt(snowflakeAt(at - age * DAY_MS)) + BigInt(made++));
  return { id, name: name ?? NAMES[made % NAMES.length] ?? 'gull', shown, avatar, at };
}

async function clusters(all: readonly Made[], least = 4, withinMs = 60_000) {
  const outcome = await clusterJoins.run({ joins: all.map(join), least, withinMs });
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

test('names of one row, however they are numbered or written, are a cluster, and whoever came between them is not in it', async () => {
  const row = ['skua_1', 'SKUA.22', 'skuaa333', 'šкuа', 'Skúa4', 'x'].map((name) => ({ name }));
  const [one, ...others] = await clusters([{ name: 'albatross' }, ...row, { name: 'bittern' }]);
  expect(others).toEqual([]);
  expect(one).toMatchObject({ members: [1, 2, 3, 5], names: 4, avatars: 0, ages: 0 });
});

test('the same picture, and accounts made together, are clusters of their own', async () => {
  const pictured = NAMES.slice(0, 4).map((name) => ({ name, avatar: 'a0c1' }));
  const young = NAMES.slice(4, 8).map((name, at) => ({ name, age: 1 + at / 10 }));
  const found = await clusters([...pictured, ...young]);
  expect(found).toEqual([
    { members: [0, 1, 2, 3], names: 0, avatars: 4, ages: 0 },
    { members: [4, 5, 6, 7], names: 0, avatars: 0, ages: 4 },
  ]);
});

test('old accounts made within one hour are a cluster, and those of different days are not', async () => {
  const hour = NAMES.slice(0, 4).map((name, at) => ({ name, age: 900 + at / 100 }));
  expect(await clusters(hour)).toMatchObject([{ ages: 4 }]);
  expect(await clusters(hour.map((one, at) => ({ ...one, age: 900 + at })))).toEqual([]);
});

test('who comes slowly is no cluster, however alike, and a burst goes on for as long as enough come', async () => {
  const skuas = (gap: number, count: number) =>
    Array.from({ length: count }, (_, at) => ({ name: `skua${at}`, after: at * gap }));
  expect(await clusters(skuas(30, 20))).toEqual([]);
  const [one] = await clusters(skuas(15, 40));
  expect(one?.members).toHaveLength(40);
});

test('two bursts are two clusters', async () => {
  const wave = (from: number) => Array.from({ length: 5 }, (_, at) => ({ name: `skua${at}`, after: from + at }));
  expect((await clusters([...wave(0), ...wave(300)])).map(({ members }) => members)).toEqual([
    [0, 1, 2, 3, 4],
    [5, 6, 7, 8, 9],
  ]);
});

test('very many who have nothing in common are a cluster of which nothing is said but that', async () => {
  const all = NAMES.map((name, at) => ({ name, age: 300 + at * 40 }));
  expect(await clusters(all)).toEqual([{ members: all.map((_, at) => at), names: 0, avatars: 0, ages: 0 }]);
  expect(await clusters(all.slice(0, 11))).toEqual([]);
});

test('a thousand names that begin and end alike are looked at within a thread’s time', async () => {
  const all = Array.from({ length: 1_000 }, (_, at) => ({
    name: `gul${(at * 7_919).toString(26)}gul`.slice(0, 32),
    after: at / 100,
    age: 400 + at,
  }));
  const [one] = await clusters(all, 10);
  expect(one?.members.length).toBeGreaterThan(10);
});
