import { expect, test } from 'vitest';
import { createLog } from '../../../src/lib/log.ts';
import { Activity } from '../../../src/services/activity/activity.ts';
import { freshDatabase } from '../../database.ts';

const log = createLog({ level: 'silent', format: 'json', secrets: [] });
const GUILD = '100000000000000001';
const CHANNEL = '100000000000000002';
const MEMBER = '100000000000000003';
const written = { guild: GUILD, channel: CHANNEL, member: MEMBER, day: '2026-01-01' };
const counts = { words: 3, links: 1, mentions: 0 };

test('what members write is added up, across days, channels and flushes', async () => {
  await using database = await freshDatabase();
  await using activity = new Activity({ db: database.db, log });
  activity.record(written, counts);
  activity.record(written, counts);
  await activity.flush();
  activity.record({ ...written, day: '2026-01-02' }, counts);
  activity.record({ ...written, channel: '100000000000000009' }, counts);
  await activity.flush();
  expect(await activity.ofMember(GUILD, MEMBER)).toEqual({ messages: 4, words: 12, links: 4, mentions: 0 });
  expect(await database.db`select count(*)::int as rows from activity`).toEqual([{ rows: 3 }]);
});

test('sums that wait are seen before they are stored', async () => {
  await using database = await freshDatabase();
  await using activity = new Activity({ db: database.db, log });
  activity.record(written, counts);
  expect(await activity.ofMember(GUILD, MEMBER)).toMatchObject({ messages: 1, words: 3 });
  expect(activity.totals()).toEqual({ counted: 1, waiting: 1, dropped: 0 });
});

test('stopping stores what waits', async () => {
  await using database = await freshDatabase();
  {
    await using activity = new Activity({ db: database.db, log });
    activity.record(written, counts);
  }
  expect(await database.db`select messages from activity`).toEqual([{ messages: 1 }]);
});

test('a batch that could not be stored waits for the next, and what finds no room is counted', async () => {
  await using database = await freshDatabase();
  await using activity = new Activity({ db: database.db, log, everyMs: 1_000_000, mostWaiting: 1 });
  await database.db`alter table activity rename to activity_away`;
  activity.record(written, counts);
  await expect(activity.flush()).rejects.toThrow('activity');
  activity.record(written, counts);
  activity.record({ ...written, member: '100000000000000004' }, counts);
  expect(activity.totals()).toEqual({ counted: 3, waiting: 1, dropped: 1 });
  await database.db`alter table activity_away rename to activity`;
  await activity.flush();
  expect(await database.db`select messages from activity`).toEqual([{ messages: 2 }]);
});

test('fifty writers at once lose no count, in whatever order they have heard of whom', async () => {
  await using database = await freshDatabase();
  const writers = Array.from({ length: 50 }, () => new Activity({ db: database.db, log }));
  const members = Array.from({ length: 20 }, (_, at) => `1000000000000001${at + 10}`);
  writers.forEach((writer, at) => {
    const order = at % 2 === 0 ? members : members.toReversed();
    for (const member of order) writer.record({ ...written, member }, counts);
  });
  await Promise.all(writers.map((writer) => writer.flush()));
  const rows = await database.db`select messages, words::int from activity`;
  expect(rows.map((row) => ({ ...row }))).toEqual(members.map(() => ({ messages: 50, words: 150 })));
});
