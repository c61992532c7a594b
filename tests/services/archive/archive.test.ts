import { expect, test, vi } from 'vitest';
import { storeInArchive } from '../../../src/db/archive.ts';
import { dropMonths, makeMonths, monthAfter, monthOf } from '../../../src/db/archive-months.ts';
import { optOut } from '../../../src/db/opt-outs.ts';
import { snowflakeAt } from '../../../src/lib/snowflake.ts';
import archiveMonths from '../../../src/scheduler/jobs/archive-months.ts';
import cleanup from '../../../src/scheduler/jobs/cleanup.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';
import { embeddedDatabase } from '../../embedded-database.ts';

vi.setConfig({ testTimeout: 90_000 });
const never = new AbortController().signal;
const DAY = 86_400_000;

interface Kept {
  readonly body: string;
  readonly edited: boolean;
  readonly deleted: boolean;
}

/** What the archive has, the oldest first, once everything sent so far has come in. */
async function kept({ app, discord }: TestBot): Promise<readonly Kept[]> {
  await discord.slash('ping');
  await app.inFlight.idle({ deadlineMs: 30_000 });
  await app.archive.flush();
  return await app.db<Kept[]>`
    select body, edited_at is not null as edited, deleted_at is not null as deleted from archived_messages order by message_id`;
}

const plain = (body: string): Kept => ({ body, edited: false, deleted: false });

test('messages, edits and deletions are kept from when a server wants it, and nothing before', async () => {
  await using bot = await startBot();
  const { discord, app } = bot;
  await discord.message({ as: 'member', channel: 'general', content: 'before' });
  expect(await kept(bot)).toEqual([]);
  const on = await discord.slash('archive on', { days: 7 }, { as: 'owner' });
  expect(on.ephemeral).toBe(false);
  expect(on.content).toContain('From now on messages are kept in this server');
  const message = await discord.message({ as: 'member', channel: 'general', content: 'penguins swim' });
  await discord.edit(message, 'penguins dive');
  await kept(bot);
  await discord.edit(message, 'penguins fly');
  const gone = await discord.message({ as: 'member', channel: 'random', content: 'a secret\0' });
  await discord.delete(gone, { as: 'member' });
  expect(await kept(bot)).toEqual(
    expect.arrayContaining([
      { body: 'penguins fly', edited: true, deleted: false },
      { body: 'a secret', edited: false, deleted: true },
    ]),
  );
  const before = await app.db`select body from archived_edits order by edited_at`;
  expect(before.map(({ body }) => body)).toEqual(['penguins swim', 'penguins dive']);
  await discord.slash('archive off', {}, { as: 'owner' });
  const count = (await kept(bot)).length;
  await discord.message({ as: 'member', channel: 'general', content: 'after' });
  expect(await kept(bot)).toHaveLength(count);
});

for (const [kind, open] of Object.entries({ server: freshDatabase, embedded: embeddedDatabase })) {
  test(`on the ${kind} database the order holds, a repeat changes nothing, and months come and go`, async () => {
    await using database = await open();
    const { db } = database;
    const sent = Date.UTC(2026, 10, 5);
    const text = {
      kind: 'text',
      guild: '1',
      channel: '2',
      message: '33',
      sent,
      author: '4',
      name: 'x',
      files: [],
    } as const;
    const rows = [
      { ...text, body: 'first', edited: null },
      { ...text, body: 'second', edited: sent + 5 },
      { ...text, body: 'third', edited: sent + 9 },
      { kind: 'gone', message: '33', sent, at: sent + 10 },
    ] as const;
    await makeMonths(db, ['2026_11', '2026_12']);
    await storeInArchive(db, rows);
    await storeInArchive(db, rows);
    const [message, ...others] = await db`select body, deleted_at as at from archived_messages`;
    expect(others).toEqual([]);
    expect(message).toEqual({ body: 'third', at: new Date(sent + 10) });
    const before = await db`select body from archived_edits order by edited_at`;
    expect(before.map(({ body }) => body)).toEqual(['first', 'second']);
    expect(await dropMonths(db, new Date(Date.UTC(2026, 11, 1) - 1))).toEqual([]);
    expect(await dropMonths(db, new Date(Date.UTC(2026, 11, 1)))).toEqual(['2026_11']);
    expect(await db`select body from archived_messages`).toEqual([]);
  });
}

test('a channel has days of its own, or none, and who opted out is in no archive', async () => {
  await using bot = await startBot();
  const { discord, app } = bot;
  const { channels, people } = discord;
  await discord.slash('archive on', { channel: channels.general, days: 3 }, { as: 'owner' });
  await optOut(app.db, people.moderator ?? '', 'archive', new Date());
  await discord.message({ as: 'member', channel: 'general', content: 'one' });
  await discord.message({ as: 'moderator', channel: 'general', content: 'not me' });
  await discord.message({ as: 'member', channel: 'random', content: 'elsewhere' });
  expect(await kept(bot)).toEqual([plain('one')]);
  const status = await discord.slash('archive status', {}, { as: 'member' });
  expect(status.content).toContain(`<#${channels.general}>: kept for 3 days`);
  expect(status.content).toContain('Everywhere else: nothing is kept');
  await discord.slash('archive off', { channel: channels.general }, { as: 'owner' });
  await discord.message({ as: 'member', channel: 'general', content: 'two' });
  expect(await kept(bot)).toEqual([plain('one')]);
});

test('what cannot be stored waits in order, and is stored once when the database is back', async () => {
  await using bot = await startBot();
  const { discord, app, db } = bot;
  await bot.set('archive', { on: true });
  await discord.message({ as: 'member', channel: 'general', content: 'zero' });
  await kept(bot);
  await db`alter table archived_messages rename to away`;
  const message = await discord.message({ as: 'member', channel: 'general', content: 'one' });
  await discord.delete(message, { as: 'member' });
  await discord.slash('ping');
  await app.inFlight.idle({ deadlineMs: 30_000 });
  await expect(app.archive.flush()).rejects.toThrow('archived_messages');
  await db`alter table away rename to archived_messages`;
  const found = (await kept(bot)).filter(({ body }) => body === 'zero' || body === 'one');
  expect(found).toEqual([plain('zero'), { body: 'one', edited: false, deleted: true }]);
  expect(app.archive.state).toEqual({ waiting: 0, dropped: 0 });
});

test('months that nobody keeps go whole, other old messages one by one, and the next month is there ahead', async () => {
  let now = new Date();
  await using bot = await startBot({ now: () => now, jobs: {} });
  const { discord, app, db } = bot;
  await bot.set('archive', { on: true, days: 10, channelDays: { [discord.channels.general ?? '']: 3 } });
  await discord.message({ as: 'member', channel: 'general', content: 'short' });
  await discord.message({ as: 'member', channel: 'random', content: 'long' });
  const both = await kept(bot);
  expect(both).toEqual(expect.arrayContaining([plain('short'), plain('long')]));
  const month = monthOf(now.getTime());
  now = new Date(now.getTime() + 5 * DAY);
  await archiveMonths.run(app, never, () => {});
  const left = (await kept(bot)).map(({ body }) => body);
  expect(left).toContain('long');
  expect(left).not.toContain('short');
  const there = () => db`select relname from pg_class where relname like 'archived_messages_20___%' and relkind = 'r'`;
  const names = (await there()).map(({ relname }) => relname);
  expect(names).toContain(`archived_messages_${monthAfter(monthOf(now.getTime()))}`);
  now = new Date(now.getTime() + 60 * DAY);
  await archiveMonths.run(app, never, () => {});
  expect((await there()).map(({ relname }) => relname)).not.toContain(`archived_messages_${month}`);
});

test('all that is kept of a server goes once it was left for long, and nobody forgets of it before that', async () => {
  const now = new Date();
  await using bot = await startBot({ now: () => now, jobs: {}, env: { LEFT_SERVERS_DAYS: '30' } });
  const { app, db } = bot;
  await makeMonths(db, [monthOf(now.getTime())]);
  for (const [guild, days] of [
    [1, 29],
    [2, 31],
  ] as const) {
    await db`insert into archived_channels values (${guild}, ${guild}, 365)`;
    await db`
      insert into archived_messages (guild_id, channel_id, message_id, sent_at, author_id, author_name, body)
      values (${guild}, ${guild}, ${snowflakeAt(now.getTime() - guild * 60_000)}, ${now}, 5, 'x', 'words')`;
    await db`insert into left_servers values (${guild}, ${new Date(now.getTime() - days * DAY)})`;
  }
  const there = async () => [
    await db`select guild_id::text as guild from archived_messages order by 1`,
    await db`select guild_id::text as guild from left_servers order by 1`,
  ];
  await cleanup.run(app, never, () => {});
  const both = [{ guild: '1' }, { guild: '2' }];
  expect(await there()).toEqual([both, both]);
  await archiveMonths.run(app, never, () => {});
  await cleanup.run(app, never, () => {});
  expect(await there()).toEqual([[{ guild: '1' }], [{ guild: '1' }]]);
});

test('only who manages the server switches it, and what they or the bot cannot read is refused', async () => {
  await using bot = await startBot();
  const { discord, app } = bot;
  const member = await discord.slash('archive on', {}, { as: 'member', unchecked: true });
  expect(member.content).toContain('Manage');
  for (const days of [0, 4_000]) {
    const refused = await discord.slash('archive on', { days }, { as: 'owner', unchecked: true });
    expect(refused.content).toContain('3650');
  }
  expect(await app.settings.of(discord.guildId, 'archive')).toMatchObject({ on: false, channelDays: {} });
});
