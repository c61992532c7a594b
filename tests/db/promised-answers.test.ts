import { expect, test } from 'vitest';
import {
  deletePromises,
  keepPromise,
  leaveOthersPromises,
  leavePromise,
  type PromisedAnswer,
  renewPromises,
  takeOverPromises,
} from '../../src/db/promised-answers.ts';
import { freshDatabase } from '../database.ts';

const APPLICATION = '900000000000000001';
const [ONE, OTHER, THIRD] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];

const answer = (interaction: string, application = APPLICATION): PromisedAnswer => ({
  interaction,
  application,
  token: `token of ${interaction}`,
  label: '/inspect',
  locale: 'en-US',
  updates: false,
});
const held = { owner: ONE, holdMs: 60_000, takenMs: 900_000 };
const lapsed = { ...held, holdMs: -1 };
const by = (owner: string) => ({ application: APPLICATION, owner, holdMs: 60_000 });

test('what a living process has promised is nobody else’s; what it has left or been silent on is taken over', async () => {
  await using database = await freshDatabase();
  const { db } = database;
  await keepPromise(db, answer('1'), held);
  await keepPromise(db, answer('2'), held);
  await keepPromise(db, answer('3'), lapsed);
  await keepPromise(db, answer('4', '900000000000000002'), lapsed);
  await keepPromise(db, answer('5'), { ...lapsed, takenMs: -1 });
  await leavePromise(db, '2', ONE);
  const taken = await takeOverPromises(db, by(OTHER), 10);
  expect(taken.toSorted((a, b) => a.interaction.localeCompare(b.interaction))).toEqual([answer('2'), answer('3')]);
  expect(await takeOverPromises(db, by(THIRD), 10)).toEqual([]);
});

test('a process that says that it lives keeps what it has promised', async () => {
  await using database = await freshDatabase();
  await keepPromise(database.db, answer('1'), lapsed);
  await renewPromises(database.db, held);
  expect(await takeOverPromises(database.db, by(OTHER), 10)).toEqual([]);
});

test('processes that look at the same time share: each answer goes to one', async () => {
  await using database = await freshDatabase();
  const { db } = database;
  for (let id = 1; id <= 30; id++) await keepPromise(db, answer(String(id)), lapsed);
  const takers = Array.from({ length: 8 }, () => takeOverPromises(db, by(crypto.randomUUID()), 20));
  const taken = (await Promise.all(takers)).flat().map(({ interaction }) => interaction);
  expect(taken.length).toBe(new Set(taken).size);
  const left = await takeOverPromises(db, by(OTHER), 100);
  expect(taken.length + left.length).toBe(30);
});

test('a process that has the database to itself takes over at once', async () => {
  await using database = await freshDatabase();
  await keepPromise(database.db, answer('1'), held);
  await leaveOthersPromises(database.db, OTHER);
  expect(await takeOverPromises(database.db, by(OTHER), 10)).toHaveLength(1);
});

test('what Discord no longer takes is deleted', async () => {
  await using database = await freshDatabase();
  const { db } = database;
  await keepPromise(db, answer('1'), { ...held, takenMs: -1 });
  await keepPromise(db, answer('2'), held);
  expect(await deletePromises(db, new Date(), 10)).toBe(1);
  expect(await db`select interaction_id from promised_answers`).toEqual([{ interaction_id: '2' }]);
});
