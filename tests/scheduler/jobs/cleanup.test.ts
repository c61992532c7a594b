import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { Context } from '../../../src/context.ts';
import { activityOfMember, messagesInGuild } from '../../../src/db/activity.ts';
import cleanup from '../../../src/scheduler/jobs/cleanup.ts';
import { freshDatabase, type TestDatabase } from '../../database.ts';
import { embeddedDatabase } from '../../embedded-database.ts';

const NOW = new Date('2026-06-01T00:00:00Z');
const never = new AbortController().signal;
const quiet = () => {};

/** The part of the context that this job touches. */
function contextOf(database: TestDatabase): Context {
  const config = { ACTIVITY_DAYS: 400, LEFT_SERVERS_DAYS: 30 };
  return { config, database, log: pino({ level: 'silent' }), now: () => NOW } as unknown as Context;
}

/** So many runs of jobs that ended a month ago, and one of now. */
async function addRuns({ db }: TestDatabase, old: number): Promise<void> {
  await db`
    insert into job_runs (job, owner, due_at, started_at, ended_at, outcome, attempts)
    select 'tick', 'me', at, at, at, 'done', 1
    from generate_series(1, ${old}::int) n,
      lateral (select ${NOW}::timestamptz - interval '31 days' - n * interval '1 minute' as at) old`;
  await db`
    insert into job_runs (job, owner, due_at, started_at, ended_at, outcome, attempts)
    values ('tick', 'me', ${NOW}, ${NOW}, ${NOW}, 'done', 1)`;
}

for (const [kind, open] of [
  ['a server', freshDatabase],
  ['the embedded database', embeddedDatabase],
] as const) {
  test(`on ${kind} old rows go, a chunk at a time, and young ones stay`, async () => {
    await using database = await open();
    const { db } = database;
    await addRuns(database, 2_500);
    await db`
      insert into settings_history (guild_id, area, version, value, changed_at)
      values (1, 'general', 1, '{}', '2025-05-01'), (1, 'general', 2, '{}', '2026-05-01')`;
    await db`
      insert into automod_rule_changes (guild_id, version, rule_id, place, changed_at)
      values (1, 1, 'abcdefgh', 0, '2025-05-01'), (1, 2, 'abcdefgh', 0, '2026-05-01')`;
    await db`
      insert into afk (guild_id, user_id, reason, since, set_at, until) values
        (1, 1, '', '2025-05-01', '2025-05-01', null), (1, 2, '', '2025-05-01', '2025-05-01', '2025-12-01'),
        (1, 3, '', '2025-01-01', '2026-05-01', null)`;
    await db`
      insert into polls (guild_id, channel_id, author_id, question, answers, many, anonymous, ends_at, ended_at)
      select 1, 1, 1, '', '{a,b}', false, false, coalesce(at, '2026-01-01'), at
      from unnest(array[null, timestamptz '2026-01-01', timestamptz '2026-05-01']) as ended (at)`;
    await db`
      insert into poll_votes (poll_id, user_id, slot, answer)
      select id, voter, 0, 0 from polls, generate_series(1, 1200) as voter`;
    await db`
      insert into timers (kind, owner_id, payload, due_at, wake_at, zone)
      values ('poll-end', 1, '{}', '2026-01-01', '2026-01-01', 'UTC')`;
    await db`update polls set timer_id = (select id from timers) where ended_at is null`;
    await db`
      insert into polls (guild_id, channel_id, author_id, question, answers, many, anonymous, ends_at)
      values (1, 1, 1, 'nothing ends it', '{a,b}', false, false, '2026-01-01')`;
    await db`
      insert into activity
      select guild, member, channel, day, 2, 30000, 1, 0
      from unnest(array[1, 2, 3]) as guild, unnest(array[7, 8]) as member, unnest(array[4, 5]) as channel,
        unnest(array[date '2025-04-26', '2025-04-27', '2026-05-31']) as day`;
    await db`insert into left_servers values (2, '2026-05-01'), (3, '2026-05-31'), (4, '2026-05-01')`;
    await cleanup.run(contextOf(database), never, quiet);
    expect(await db`select ended_at is null as running from polls order by 1`).toEqual([
      { running: false },
      { running: true },
    ]);
    expect(await db`select count(*)::int as votes from poll_votes`).toEqual([{ votes: 2_400 }]);
    const days = ['2025-04-27', '2026-05-31'].flatMap((day) =>
      [4, 5].map((channel) => ({ day, channel, messages: 2 })),
    );
    expect(
      await db`
        select day::text as day, channel_id::int as channel, messages from activity
        where guild_id in (1, 2) and member_id = 7 order by 1, 2`,
    ).toEqual([{ day: '1970-01-01', channel: 0, messages: 4 }, ...days]);
    expect(await messagesInGuild(db, '1')).toBe(24);
    expect(await messagesInGuild(db, '2')).toBe(0);
    expect(await messagesInGuild(db, '3')).toBe(24);
    expect(await activityOfMember(db, '1', '7')).toEqual({ messages: 12, words: 180_000, links: 6, mentions: 0 });
    expect(await db`select guild_id::int as left from left_servers`).toEqual([{ left: 3 }]);
    await db`insert into activity values (1, 7, 4, '2025-04-01', 5, 0, 0, 0)`;
    await cleanup.run(contextOf(database), never, quiet);
    expect(await messagesInGuild(db, '1')).toBe(29);
    expect(await db`select ended_at from job_runs`).toEqual([{ ended_at: NOW }]);
    expect(await db`select version from settings_history`).toMatchObject([{ version: 2 }]);
    expect(await db`select version from automod_rule_changes`).toMatchObject([{ version: 2 }]);
    expect(await db`select user_id::int as user from afk order by 1`).toEqual([{ user: 2 }, { user: 3 }]);
  });
}

test('what somebody else holds is passed over, not waited for', async () => {
  await using database = await freshDatabase();
  await addRuns(database, 300);
  await database.begin(async (tx) => {
    const [held] = await tx`select id from job_runs order by ended_at limit 1 for update`;
    await cleanup.run(contextOf(database), never, quiet);
    expect(await database.db`select id from job_runs where ended_at < ${NOW}`).toEqual([held]);
  });
});

test('a server whose rows take long to delete ends what is too much at a time, and all go in the end', async () => {
  await using database = await freshDatabase();
  const { db } = database;
  await addRuns(database, 30);
  // No test sleeps; here the server does, as one does whose disk is slow.
  await db`create function slow() returns trigger language plpgsql as 'begin perform pg_sleep(0.02); return old; end'`;
  await db`create trigger slow before delete on job_runs for each row execute function slow()`;
  await cleanup.run(contextOf(database), never, quiet);
  expect(await db`select ended_at from job_runs`).toEqual([{ ended_at: NOW }]);
});

test('what cannot be deleted is named, and keeps nothing else', async () => {
  await using database = await freshDatabase();
  const { db } = database;
  await addRuns(database, 10);
  await db`alter table job_runs rename to elsewhere`;
  await db`insert into drafts (id, owner_id, kind, body, made_at) values (gen_random_uuid(), 1, 'x', '{}', '2026-05-01')`;
  await expect(cleanup.run(contextOf(database), never, quiet)).rejects.toThrow(
    /^1 of \d+ failed: job runs \(relation "job_runs" does not exist\)$/,
  );
  expect(await db`select 1 from drafts`).toEqual([]);
});

test('of what is bounded in number the oldest beyond it go', async () => {
  await using database = await freshDatabase();
  const { db } = database;
  await db`
    insert into http_cache (key, body, fresh_until, kept_at)
    select 'k' || n, '', ${NOW}, ${NOW}::timestamptz - n * interval '1 second' from generate_series(1, 5010) n`;
  await cleanup.run(contextOf(database), never, quiet);
  const [kept] = await db`select count(*)::int as count, max(substr(key, 2)::int) as oldest from http_cache`;
  expect(kept).toEqual({ count: 5_000, oldest: 5_000 });
});

test('of the changes of rules and lists a server keeps the latest, and no list that none of them names', async () => {
  await using database = await freshDatabase();
  const { db } = database;
  await db`insert into automod_rule_sets (guild_id, version) values (1, 2000), (2, 501)`;
  await db`
    insert into automod_rule_changes (guild_id, version, rule_id, place, changed_at)
    select 1, n, 'abcdefgh', 0, ${NOW} from generate_series(1, 2000) n union all
    select 2, n, 'abcdefgh', 0, ${NOW} from generate_series(1, 3) n`;
  await db`
    insert into automod_list_versions (guild_id, kind, entries, letters, size)
    select 1, 'words', 1, 1, 1 from generate_series(1, 2100)`;
  await db`
    insert into automod_list_parts (version, part, bytes) select version, 0, 'x' from automod_list_versions`;
  // Of the first two nothing is young; the first still stands. The others are changes of one list each, all of today.
  await db`insert into automod_lists values (1, 'stands', 1), (1, 'a2050', 2050)`;
  await db`
    insert into automod_list_changes (guild_id, name, before, after, changed_at)
    values (1, 'stands', null, 1, '2025-05-01'), (1, 'gone', null, 2, '2025-05-01'), (1, 'gone', 2, null, '2025-05-01')`;
  await db`
    insert into automod_list_changes (guild_id, name, before, after, changed_at)
    select 1, 'a' || n, null, n, ${NOW} from generate_series(1001, 2100) n`;
  await cleanup.run(contextOf(database), never, quiet);
  expect(
    await db`
      select guild_id::int as guild, count(*)::int, min(version) as first from automod_rule_changes group by 1 order by 1`,
  ).toEqual([
    { guild: 1, count: 500, first: 1_501 },
    { guild: 2, count: 2, first: 2 },
  ]);
  expect(await db`select count(*)::int, min(after)::int as first from automod_list_changes`).toEqual([
    { count: 1_000, first: 1_101 },
  ]);
  expect(await db`select version::int from automod_lists order by 1`).toEqual([{ version: 1 }, { version: 2_050 }]);
  const kept = await db`select version::int from automod_list_parts where version in (1, 2, 1100, 1101) order by 1`;
  expect(kept.map(({ version }) => version)).toEqual([1, 1_101]);
});

test('it stops between two chunks when it is told to', async () => {
  await using database = await freshDatabase();
  const stopped = AbortSignal.abort(new Error('enough'));
  await expect(cleanup.run(contextOf(database), stopped, quiet)).rejects.toThrow('enough');
});
