import { expect, test, vi } from 'vitest';
import { startBot, type TestBot } from '../../../bot.ts';

vi.setConfig({ testTimeout: 60_000 });

/** A Friday; the clocks of Berlin were changed five days before the span of thirty days began to be of winter only. */
const NOW = new Date('2026-11-27T12:00:00Z');

async function wrote(
  { db, discord }: TestBot,
  channel: string,
  day: string,
  messages: number,
  member = '7',
): Promise<void> {
  await db`
    insert into activity (guild_id, member_id, channel_id, day, messages, words, links, mentions)
    values (${discord.guildId}, ${member}, ${channel}, ${day}, ${messages}, 0, 0, 0)
    on conflict (guild_id, member_id, channel_id, day) do update set messages = activity.messages + excluded.messages`;
}

async function counted({ db, discord }: TestBot, day: string, counts: Readonly<Record<string, number>>): Promise<void> {
  for (const [what, amount] of Object.entries(counts))
    await db`insert into server_days (guild_id, day, what, amount) values (${discord.guildId}, ${day}, ${what}, ${amount})`;
}

async function asked({ discord }: TestBot, sub: string, values: Record<string, string>, as = 'member') {
  const reply = await discord.slash(`stats ${sub}`, values, { as });
  return {
    reply,
    text: reply.content || JSON.stringify(reply.message?.components),
    files: reply.message?.attachments ?? [],
  };
}

test('/stats server tells of hours by the clock of the server, of who came and went, and of busiest channels', async () => {
  await using bot = await startBot({ now: () => NOW });
  const { channels } = bot.discord;
  await bot.set('general', { timeZone: 'Europe/Berlin' });
  await counted(bot, '2026-10-23', { 'hour-22': 500 }); // a Friday by UTC and a Saturday in Berlin, before the span of a month
  await counted(bot, '2026-11-22', { 'hour-23': 12, joins: 5 }); // Sunday by UTC, Monday in Berlin
  await counted(bot, '2026-11-27', { 'hour-8': 3, joins: 1, leaves: 2 });
  await wrote(bot, channels.general ?? '', '2026-11-22', 12);
  await wrote(bot, channels['mod-log'] ?? '', '2026-11-27', 3, '8');
  const { text, files } = await asked(bot, 'server', {});
  expect(text).toContain('This server in the last 30 days');
  expect(text).toContain('Messages: 15, people who wrote: 2');
  expect(text).toContain('6 joined, 2 left');
  expect(text).toContain('Members: 1 before, 5 now');
  expect(text).toContain('Monday: 12, most from 00:00 to 01:00 (12)');
  expect(text).toContain('Friday: 3, most from 09:00 to 10:00 (3)');
  expect(text).toContain('Sunday: nothing');
  expect(text).toContain(`<#${channels.general}>: 12 messages`);
  expect(files.map(({ filename }) => filename)).toEqual(['hours.png', 'members.png']);
  const alt = 'Messages by weekday and hour (Europe/Berlin): 15 in all. Most on Monday from 00:00 to 01:00: 12.';
  expect(text).toContain(alt);
  expect(text).toContain(
    'Members day by day, 30 days from 2026-10-29 on: 6 joined, 2 left; members before: 1, now: 5.',
  );
});

test('hours are those of summer before the clocks are changed, and those of winter after it', async () => {
  await using bot = await startBot({ now: () => NOW });
  await bot.set('general', { timeZone: 'Europe/Berlin' });
  await counted(bot, '2026-10-23', { 'hour-22': 500 });
  await counted(bot, '2026-10-30', { 'hour-22': 20 });
  const { text } = await asked(bot, 'server', { span: 'quarter' });
  expect(text).toContain('Saturday: 500, most from 00:00 to 01:00 (500)');
  expect(text).toContain('Friday: 20, most from 23:00 to 00:00 (20)');
  await bot.set('general', { timeZone: 'Asia/Kolkata' });
  expect((await asked(bot, 'server', { span: 'quarter' })).text).toContain(
    'Saturday: 520, most from 03:00 to 04:00 (520)',
  );
});

test('a channel is named to those alone who see it, and one that is gone to nobody', async () => {
  await using bot = await startBot({ now: () => NOW });
  const { channels } = bot.discord;
  await wrote(bot, channels['mod-log'] ?? '', '2026-11-27', 30);
  await wrote(bot, '123456789012345678', '2026-11-27', 9);
  await wrote(bot, channels.random ?? '', '2026-11-27', 2);
  const seen = async (as: string) => (await asked(bot, 'server', {}, as)).text;
  const member = await seen('member');
  expect(member).not.toContain(channels['mod-log']);
  expect(member).not.toContain('123456789012345678');
  expect(member).toContain('elsewhere: 39 messages');
  const moderator = await seen('moderator');
  expect(moderator).toContain(`<#${channels['mod-log']}>: 30 messages`);
  expect(moderator).toContain('elsewhere: 9 messages');
  const refused = await asked(bot, 'channel', { channel: channels['mod-log'] ?? '' });
  expect(refused.text).toContain('not for you to see');
  expect(refused.files).toEqual([]);
});

test('a message is counted in the hour of its channel, and /stats channel tells of it', async () => {
  await using bot = await startBot();
  const { discord, app, db } = bot;
  for (const content of ['one', 'two', 'three']) await discord.message({ as: 'member', channel: 'random', content });
  await expect.poll(() => app.activity.totals().counted).toBe(3);
  await Promise.all([app.tally.flush(), app.activity.flush()]);
  const rows = await db<{ channel: string; messages: number }[]>`
    select channel_id::text as channel, sum(messages)::int as messages from channel_hours group by 1`;
  expect([...rows]).toEqual([{ channel: discord.channels.random, messages: 3 }]);
  const { text, files } = await asked(bot, 'channel', { channel: discord.channels.random ?? '', span: 'week' });
  expect(text).toContain('Messages: 3');
  expect(text).toMatch(/day: 3, most from/);
  expect(files.map(({ filename }) => filename)).toEqual(['messages.png', 'hours.png']);
});

test('where nothing was counted that is said, and without a picture everything is still said in words', async () => {
  await using bot = await startBot({ now: () => NOW });
  const none = await asked(bot, 'server', { span: 'year' });
  expect(none.text).toContain('Nothing was counted here in the last 364 days');
  expect(none.files).toEqual([]);
  expect((await asked(bot, 'channel', {})).text).toContain('Nothing was counted here');
  await counted(bot, '2026-11-22', { 'hour-23': 12 });
  vi.spyOn(bot.app.workers, 'offload').mockRejectedValue(new Error('no threads today'));
  const { text, files } = await asked(bot, 'server', {});
  expect(text).toContain('Sunday: 12, most from 23:00 to 00:00 (12)');
  expect(files).toEqual([]);
});

test('on a server that keeps days for less long that is said', async () => {
  await using bot = await startBot({ now: () => NOW, env: { ACTIVITY_DAYS: '40' } });
  await counted(bot, '2026-11-22', { 'hour-23': 12 });
  expect((await asked(bot, 'server', { span: 'year' })).text).toContain('older than 40 days');
  expect((await asked(bot, 'server', {})).text).not.toContain('older than');
});

test('/stats member tells of the channels alone that whoever asks sees, and of nobody who opted out', async () => {
  await using bot = await startBot({ now: () => NOW });
  const { channels, people } = bot.discord;
  await wrote(bot, channels.general ?? '', '2026-11-22', 12, people.moderator);
  await wrote(bot, channels['mod-log'] ?? '', '2026-11-23', 40, people.moderator);
  await wrote(bot, channels.general ?? '', '2026-11-23', 7, people.member);
  const member = people.moderator ?? '';
  const seen = await asked(bot, 'member', { member });
  expect(seen.text).toContain('Messages: 12');
  expect(seen.text).toContain('Most on one day: 12, on 2026-11-22');
  expect(seen.text).not.toContain(channels['mod-log']);
  expect(seen.files.map(({ filename }) => filename)).toEqual(['messages.png']);
  expect((await asked(bot, 'member', {}, 'moderator')).text).toContain('Messages: 52');
  expect(seen.text).not.toContain('not in this server');
  await wrote(bot, channels.general ?? '', '2026-11-23', 4, people.newcomer);
  await bot.discord.leave('newcomer');
  const gone = await asked(bot, 'member', { member: people.newcomer ?? '' });
  expect(gone.text).toContain('Messages: 4');
  expect(gone.text).toContain('not in this server any more');
  await bot.db`insert into archive_opt_outs (user_id, since) values (${member}, now())`;
  const refused = await asked(bot, 'member', { member });
  expect(refused.text).toContain('does not want');
  expect(refused.files).toEqual([]);
  expect((await asked(bot, 'member', {}, 'moderator')).text).toContain('Messages: 52');
  expect((await asked(bot, 'member', { member: people.bot ?? '' })).text).toContain('is a bot');
  expect((await asked(bot, 'member', {}, 'owner')).text).toContain('Nothing was counted');
});

test('/stats moderation tells moderators what was done by kind and by whom, and what rules hit', async () => {
  await using bot = await startBot({ now: () => NOW });
  const { db, discord } = bot;
  const { guildId, people } = discord;
  const made = async (number: number, type: string, day: string, more: Record<string, unknown> = {}) => {
    const row = {
      ...{ guild_id: guildId, number, type, target_id: '5', target_name: 'x', actor_id: people.moderator },
      ...{ actor_name: 'Gentoo', source: 'command', created_at: new Date(day), state: 'done', ...more },
    };
    await db`insert into cases ${db(row as never)}`;
  };
  await made(1, 'warn', '2026-11-20');
  await made(2, 'warn', '2026-11-20');
  await made(3, 'ban', '2026-11-26', { actor_id: people.owner });
  await made(4, 'kick', '2026-11-26', { state: 'void' });
  await made(5, 'kick', '2026-01-26');
  const { text, files } = await asked(bot, 'moderation', {}, 'moderator');
  expect(text).toContain('warning: 2');
  expect(text).toContain('ban: 1');
  expect(text).not.toContain('kick');
  expect(text).toContain(`<@${people.moderator}>: 2`);
  expect(text).toContain(`<@${people.owner}>: 1`);
  expect(text).toContain('30 days from 2026-10-29 on: 3 in all; warning: 2, ban: 1.');
  expect(files.map(({ filename }) => filename)).toEqual(['moderation.png']);
  const refused = await asked(bot, 'moderation', {}, 'member');
  expect(refused.files).toEqual([]);
  expect(refused.text).not.toContain('warning');
});

test('/stats server tells of those who joined in a week how many are there and wrote in the weeks after it', async () => {
  await using bot = await startBot({ now: () => NOW });
  const { db, discord } = bot;
  const joins = async (member: string, joined: string, left: string | null = null) => {
    await db`insert into member_joins (guild_id, member_id, joined_at, left_at) values (${discord.guildId}, ${member}, ${joined}, ${left})`;
  };
  await joins('11', '2026-11-02T00:00:00Z');
  await joins('12', '2026-11-08T23:59:59Z', '2026-11-20T00:00:00Z');
  await joins('13', '2026-11-25T10:00:00Z');
  await joins('14', '2026-06-01T10:00:00Z');
  const general = discord.channels.general ?? '';
  await wrote(bot, general, '2026-11-08', 1, '12'); // still in the week of joining
  await wrote(bot, general, '2026-11-09', 1, '12');
  await wrote(bot, general, '2026-11-15', 2, '11');
  await wrote(bot, general, '2026-11-16', 2, '11');
  await wrote(bot, general, '2026-11-26', 2, '11'); // a week that is not over
  const { text, files } = await asked(bot, 'server', {});
  expect(text).toContain('2026-11-02: 2 joined, 1 still here; wrote in the weeks after: 2, 1');
  expect(text).toContain('2026-11-23: 1 joined, 1 still here');
  expect(text).not.toContain('2026-06-01');
  expect(files.map(({ filename }) => filename)).toContain('retention.png');
  expect(text).toContain('Of 3 who joined in 2 weeks 2 are still here');
});
