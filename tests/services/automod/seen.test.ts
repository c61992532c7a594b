import { expect, test } from 'vitest';
import { seenIn } from '../../../src/db/seen-messages.ts';
import { createLog } from '../../../src/lib/log.ts';
import { Seen } from '../../../src/services/automod/seen.ts';
import { freshDatabase } from '../../database.ts';

const log = createLog({ level: 'silent', format: 'json', secrets: [] });
const GUILD = '100000000000000001';
const CHANNEL = '100000000000000002';
const OTHER = '100000000000000003';
const ALL = '0';

/** Ids in the order of their numbers. */
function id(number: number): string {
  return `2000000000000000${String(number).padStart(2, '0')}`;
}

function tracked(number: number) {
  return { id: id(number), over: false };
}

async function opened() {
  const database = await freshDatabase();
  const seen = new Seen({ db: database.db, log });
  return {
    seen,
    db: database.db,
    stored: async () => {
      await seen.flush();
      return Object.fromEntries(await seenIn(database.db, GUILD));
    },
    [Symbol.asyncDispose]: async () => {
      await seen[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

test('a channel is seen up to where all that came is dealt with, in whatever order that happens', async () => {
  await using at = await opened();
  const [first, second, third] = [tracked(1), tracked(2), tracked(3)];
  for (const one of [first, second, third]) at.seen.enter(GUILD, CHANNEL, one);
  at.seen.over(GUILD, CHANNEL, second);
  at.seen.over(GUILD, CHANNEL, third);
  at.seen.enter(GUILD, OTHER, { id: id(4), over: true });
  expect(await at.stored()).toEqual({ [ALL]: id(0), [OTHER]: id(4) });
  at.seen.over(GUILD, CHANNEL, first);
  at.seen.enter(GUILD, CHANNEL, tracked(5));
  expect(await at.stored()).toEqual({ [ALL]: id(0), [OTHER]: id(4), [CHANNEL]: id(3) });
});

test('what needs no judging behind what is open waits for it', async () => {
  await using at = await opened();
  const first = tracked(1);
  at.seen.enter(GUILD, CHANNEL, first);
  at.seen.enter(GUILD, CHANNEL, { id: id(2), over: true });
  expect(await at.stored()).toEqual({ [ALL]: id(0) });
  at.seen.over(GUILD, CHANNEL, first);
  expect(await at.stored()).toEqual({ [ALL]: id(0), [CHANNEL]: id(2) });
});

test('nothing is noted of a server until it is known what was missed, nor of a channel until that is read', async () => {
  await using at = await opened();
  at.seen.enter(GUILD, CHANNEL, { id: id(1), over: true });
  expect(at.seen.hold(GUILD)).toEqual(new Map([[CHANNEL, id(1)]]));
  at.seen.enter(GUILD, CHANNEL, { id: id(8), over: true });
  at.seen.enter(GUILD, OTHER, { id: id(9), over: true });
  expect(await at.stored()).toEqual({ [ALL]: id(0), [CHANNEL]: id(1) });
  at.seen.open(GUILD, [CHANNEL]);
  expect(await at.stored()).toEqual({ [ALL]: id(0), [CHANNEL]: id(1), [OTHER]: id(9) });
  at.seen.closed(GUILD, CHANNEL, id(5));
  expect(await at.stored()).toEqual({ [ALL]: id(0), [CHANNEL]: id(8), [OTHER]: id(9) });
});

test('what is seen in all channels needs no row of its own, but not while something before it is open', async () => {
  await using at = await opened();
  const first = tracked(1);
  at.seen.enter(GUILD, CHANNEL, first);
  at.seen.enter(GUILD, OTHER, { id: id(3), over: true });
  await at.stored();
  await at.seen.settle(GUILD, id(3));
  expect(await at.stored()).toEqual({ [ALL]: id(0), [OTHER]: id(3) });
  at.seen.over(GUILD, CHANNEL, first);
  await at.stored();
  await at.seen.settle(GUILD, id(3));
  expect(await at.stored()).toEqual({ [ALL]: id(3) });
});

test('of a time without rules nothing is left', async () => {
  await using at = await opened();
  const open = tracked(1);
  at.seen.enter(GUILD, CHANNEL, open);
  at.seen.enter(GUILD, OTHER, { id: id(2), over: true });
  await at.seen.forget([GUILD]);
  at.seen.over(GUILD, CHANNEL, open);
  expect(await at.stored()).toEqual({});
  at.seen.enter(GUILD, CHANNEL, { id: id(7), over: true });
  expect(await at.stored()).toEqual({ [ALL]: id(6), [CHANNEL]: id(7) });
});

test('marks wait while the database is away, the beginning of a server too', async () => {
  await using at = await opened();
  await at.db`alter table seen_messages rename to seen_messages_away`;
  at.seen.enter(GUILD, CHANNEL, { id: id(1), over: true });
  await expect(at.seen.flush()).rejects.toThrow();
  await at.db`alter table seen_messages_away rename to seen_messages`;
  expect(await at.stored()).toEqual({ [ALL]: id(0), [CHANNEL]: id(1) });
});
