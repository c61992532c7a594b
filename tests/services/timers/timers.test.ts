import { expect, test } from 'vitest';
import type { Recurrence } from '../../../src/lib/time/rule.ts';
import { UserError } from '../../../src/services/answers/user-error.ts';
import { type NewTimer, openTimerService } from '../../../src/services/timers/timers.ts';
import { freshDatabase, type TestDatabase } from '../../database.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const LATER = new Date('2026-03-01T13:00:00Z');
const ME = '111111111111111111';
const YOU = '222222222222222222';

async function open(database: TestDatabase) {
  return await openTimerService({ database, now: () => NOW });
}

function reminder(more: object = {}): NewTimer {
  return { kind: 'reminder', owner: ME, guild: '5', channel: '6', payload: { a: 1 }, due: LATER, zone: 'UTC', ...more };
}

const DAILY: Recurrence = {
  rule: { kind: 'daily', every: 1, at: '09:00' },
  zone: 'Europe/Berlin',
  start: '2026-03-01T09:00:00',
};

function daily(more: Partial<Recurrence> = {}): NewTimer {
  return { kind: 'reminder', owner: ME, payload: { a: 1 }, recurrence: { ...DAILY, ...more }, zone: 'Europe/Berlin' };
}

test('nobody can have more than a hundred open ones of a kind, however many are asked for at once', async () => {
  await using database = await freshDatabase();
  using timers = await open(database);
  const asked = await Promise.allSettled(Array.from({ length: 130 }, () => timers.add(reminder())));
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(100);
  const refusals = asked.filter((one) => one.status === 'rejected').map(({ reason }) => reason as unknown);
  expect(refusals.every((error) => error instanceof UserError)).toBe(true);
  expect(refusals[0]).toMatchObject({ said: { key: 'timers.tooMany', params: { count: 100 } } });
  await timers.add(reminder({ owner: YOU }));
  await timers.add(reminder({ kind: 'poll' }));
  await timers.remove({ kind: 'reminder', id: (await timers.list({ kind: 'reminder', owner: ME }))[0]?.id ?? '' });
  await timers.add(reminder());
});

test('a timer is found, changed and removed by its owner alone', async () => {
  await using database = await freshDatabase();
  using timers = await open(database);
  const { id } = await timers.add(reminder());
  const [mine, yours] = [ME, YOU].map((owner) => ({ id, kind: 'reminder', owner }));
  if (!mine || !yours) throw new Error('two people');
  for (const which of [yours, { ...mine, kind: 'poll' }, { ...mine, guild: '7' }]) {
    expect(await timers.get(which)).toBeUndefined();
    expect(await timers.edit(which, { payload: { a: 2 } })).toBeUndefined();
    expect(await timers.snooze(which, LATER)).toBeUndefined();
    expect(await timers.remove(which)).toBe(false);
  }
  const moved = { payload: { a: 2 }, place: { guild: '7', channel: '8' } };
  expect(await timers.edit(mine, moved)).toMatchObject({ payload: { a: 2 }, guild: '7', channel: '8' });
  expect(await timers.remove(mine)).toBe(true);
  expect(await timers.get(mine)).toBeUndefined();
});

test('one that comes again begins with the next time its rule names, and one that never comes is refused', async () => {
  await using database = await freshDatabase();
  using timers = await open(database);
  const added = await timers.add(daily());
  expect(added).toMatchObject({ dueAt: new Date('2026-03-02T08:00:00Z'), recurrence: DAILY });
  await expect(timers.add(daily({ until: '2026-03-01T00:00:00Z' }))).rejects.toMatchObject({
    said: { key: 'timers.never' },
  });
});

test('what was moved is another occurrence, and whoever held it cannot settle it', async () => {
  await using database = await freshDatabase();
  using timers = await open(database);
  const { id } = await timers.add(reminder());
  await database.db`
    update timers set claimed_by = 'x', claim_token = 3, claimed_until = now() + interval '1 hour', tried_at = now()`;
  const soon = new Date('2026-03-01T12:30:00Z');
  const moved = await timers.edit({ id, kind: 'reminder' }, { when: { due: soon, zone: 'UTC', wall: '12:30' } });
  expect(moved).toMatchObject({ dueAt: soon, wall: '12:30', occurrence: 1 });
  const [row] = await database.db`select claim_token::int as token, claimed_by, tried_at from timers`;
  expect(row).toEqual({ token: 4, claimed_by: null, tried_at: null });
});

test('snoozing brings back what was delivered, and copies what comes again anyway', async () => {
  await using database = await freshDatabase();
  using timers = await open(database);
  const once = await timers.add(reminder());
  await database.db`update timers set done_at = now(), outcome = 'done'`;
  expect(await timers.list({ kind: 'reminder' })).toEqual([]);
  const until = new Date('2026-03-01T12:10:00Z');
  expect(await timers.snooze({ id: once.id, kind: 'reminder', owner: ME }, until)).toMatchObject({
    id: once.id,
    dueAt: until,
    doneAt: null,
  });
  const again = await timers.add(daily());
  const copy = await timers.snooze({ id: again.id, kind: 'reminder', owner: ME }, until);
  expect(copy).toMatchObject({ dueAt: until, recurrence: null, payload: { a: 1 } });
  expect(copy?.id).not.toBe(again.id);
  expect(await timers.get({ id: again.id, kind: 'reminder' })).toMatchObject({ dueAt: again.dueAt });
});

test('only what falls due before the next poll is told to other processes', async () => {
  await using database = await freshDatabase();
  using timers = await open(database);
  const heard: (Date | undefined)[] = [];
  const first = Promise.withResolvers<void>();
  using _listening = timers.attend(
    (due) => {
      heard.push(due);
      first.resolve();
    },
    () => timers.stats(),
  );
  await timers.add(reminder());
  const soon = new Date(NOW.getTime() + 5_000);
  await timers.add(reminder({ due: soon }));
  await first.promise;
  expect(heard).toEqual([soon]);
});
