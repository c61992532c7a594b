import { DiscordAPIError, Routes } from 'discord.js';
import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import { snowflakeAt } from '../../../src/lib/snowflake.ts';
import { Deletions } from '../../../src/services/automod/deletions.ts';
import type { Action } from '../../../src/workers/rules/schema.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';
import { bannedIn, casesOf, lettersTo } from '../../handlers/commands/moderation/moderated.ts';
import { has, left, PATIENCE, rule, said, write } from './acting.ts';

vi.setConfig({ testTimeout: 120_000 });

const HOUR = 3_600_000;

/** How the server's cases stand once none is pending. */
async function settled(bot: TestBot) {
  await expect.poll(async () => (await casesOf(bot)).filter(({ state }) => state === 'pending'), PATIENCE).toEqual([]);
  return await casesOf(bot);
}

function memberOf({ discord }: TestBot, id: string) {
  return discord.state.guild(discord.guildId).members.get(id);
}

test('what a rule does to a person is a case that names the rule, with the message as evidence', async () => {
  await using bot = await startBot({ now: () => new Date() });
  const [one = '', two = '', three = '', four = '', five = ''] = await bot.discord.join(5);
  const wanted: readonly [string, Action][] = [
    [one, { do: 'warn' }],
    [two, { do: 'timeout', for: 600 }],
    [three, { do: 'kick' }],
    [four, { do: 'ban', for: 86_400, deleteDays: 1 }],
    [five, { do: 'ban' }],
  ];
  for (const [as, action] of wanted) {
    await has(bot, await write(bot, { as, content: `from ${as}` }), [
      rule([action, { do: 'delete' }], { name: 'No *stars*' }),
    ]);
  }
  const cases = await settled(bot);
  expect(cases.map(({ type, target }) => [type, target])).toEqual([
    ['warn', one],
    ['timeout', two],
    ['kick', three],
    ['ban', four],
    ['ban', five],
  ]);
  for (const one of cases) {
    expect(one).toMatchObject({ state: 'done', source: 'automod', actor: bot.discord.state.bot.id, told: 'yes' });
    expect(one.reason).toBe('Automod: No *stars*');
    expect(one.evidence).toMatchObject([{ kind: 'message', text: `from ${one.target}` }]);
  }
  expect(cases[3]?.until.getTime() - Date.now()).toBeGreaterThan(23 * HOUR);
  expect(cases[4]?.until).toBe(null);
  expect(bannedIn(bot).toSorted()).toEqual([four, five].toSorted());
  expect(memberOf(bot, three)).toBe(undefined);
  expect(Date.parse(memberOf(bot, two)?.communication_disabled_until ?? '')).toBeGreaterThan(Date.now());
  expect(lettersTo(bot, one).join()).toContain('No \\\\*stars\\\\*');
  expect(left(bot)).toEqual([]);
});

test('several rules that hold of one message delete it once, and the hardest they want is done in one case with the most points', async () => {
  await using bot = await startBot();
  const message = await write(bot, { content: 'all of it' });
  await has(bot, message, [
    rule([{ do: 'delete' }, { do: 'warn' }], { name: 'One', points: 2 }),
    rule([{ do: 'delete' }, { do: 'timeout', for: 600 }], { name: 'Two', points: 1 }),
    rule([{ do: 'timeout', for: 3_600 }], { name: 'Three' }),
  ]);
  expect(await settled(bot)).toMatchObject([{ type: 'timeout', reason: 'Automod: One, Two, Three', points: 2 }]);
  const until = memberOf(bot, message.author)?.communication_disabled_until ?? '';
  expect(Date.parse(until) - Date.now()).toBeGreaterThan(HOUR / 2);
  expect(bot.discord.requests().filter(({ method }) => method === 'DELETE')).toHaveLength(1);
});

test('a message that is judged again, changed or not, leads to nothing new but by a rule that has not met it', async () => {
  await using bot = await startBot();
  const [warns, other] = [rule([{ do: 'warn' }]), rule([{ do: 'warn' }], { name: 'Other' })];
  const message = await write(bot, { content: 'again' });
  await has(bot, message, [warns]);
  await has(bot, message, [warns]);
  await has(bot, { ...message, edited: true }, [warns, other]);
  await has(bot, { ...message, edited: true }, [warns, other]);
  const cases = await settled(bot);
  expect(cases.map(({ reason }) => reason)).toEqual([`Automod: ${warns.name}`, 'Automod: Other']);
});

test('roles and slow mode are for a time, and end by themselves', async () => {
  let now = new Date();
  await using bot = await startBot({ now: () => now });
  const { discord } = bot;
  const made = await discord.rest('POST', `/guilds/${discord.guildId}/roles`, { as: 'owner', body: { name: 'quiet' } });
  const { id: quiet } = made as { readonly id: string };
  const message = await write(bot, { content: 'roles' });
  const [had = ''] = [discord.roles.member];
  await has(bot, message, [
    rule([
      { do: 'add-role', role: quiet, for: 600 },
      { do: 'remove-role', role: had, for: 600 },
      { do: 'slowmode', seconds: 30, for: 600 },
    ]),
  ]);
  const roles = () => memberOf(bot, message.author)?.roles ?? [];
  const slow = () => Number(Object(discord.state.channel(discord.channels.general)).rate_limit_per_user ?? 0);
  await expect
    .poll(() => [roles().includes(quiet), roles().includes(had), slow()], PATIENCE)
    .toEqual([true, false, 30]);
  await settled(bot);
  now = new Date(now.getTime() + 601_000);
  bot.app.timers.wake();
  await expect.poll(() => [roles().includes(quiet), roles().includes(had), slow()], PATIENCE).toEqual([false, true, 0]);
});

test('points add up to what the ladder of the server says: at three a timeout, at six a ban', async () => {
  await using bot = await startBot();
  const [who = ''] = await bot.discord.join(1);
  await bot.set('moderation', {
    ladder: [
      { points: 3, action: 'timeout', minutes: 60 },
      { points: 6, action: 'ban' },
    ],
  });
  const gives = rule([{ do: 'delete' }], { name: 'Points', points: 1 });
  for (let turn = 1; turn <= 6; turn += 1) {
    await has(bot, await write(bot, { as: who, content: `point ${turn}` }), [gives]);
    await settled(bot);
    if (turn === 3)
      await expect.poll(async () => (await casesOf(bot)).map(({ type }) => type), PATIENCE).toContain('timeout');
  }
  await expect.poll(() => bannedIn(bot), PATIENCE).toEqual([who]);
  const cases = await settled(bot);
  expect(cases.filter(({ type }) => type === 'warn')).toHaveLength(6);
  expect(cases.filter(({ type }) => type === 'warn').map(({ told }) => told)).toEqual(Array(6).fill(null)); // they are told of what it leads to
  expect(cases.filter(({ type }) => type !== 'warn').map(({ type }) => type)).toEqual(['timeout', 'ban']);
});

test('a longer timeout than the rule wants stays, and whoever rules do not bind is left alone', async () => {
  await using bot = await startBot();
  const [who = ''] = await bot.discord.join(1);
  const long = rule([{ do: 'timeout', for: 86_400 }]);
  const short = rule([{ do: 'timeout', for: 60 }]);
  await has(bot, await write(bot, { as: who, content: 'one' }), [long]);
  await settled(bot);
  const until = memberOf(bot, who)?.communication_disabled_until;
  await has(bot, await write(bot, { as: who, content: 'two' }), [short]);
  await settled(bot);
  expect(memberOf(bot, who)?.communication_disabled_until).toBe(until);
});

test('a rule that only observes says what it would have done, and does nothing', async () => {
  await using bot = await startBot();
  await bot.set('logs', { logChannel: bot.discord.channels['mod-log'] });
  const message = await write(bot, { content: 'seen' });
  const observes = rule([{ do: 'delete' }, { do: 'ban' }, { do: 'reply', text: 'no' }, { do: 'alert' }], {
    mode: 'observe',
    points: 5,
    name: 'Watcher',
  });
  await has(bot, message, [observes]);
  await expect.poll(() => said(bot).length, PATIENCE).toBe(1);
  expect(said(bot)[0]).toContain('would have done');
  expect(said(bot)[0]).toContain('delete the message, ban, answer');
  expect(said(bot)[0]).not.toContain('automod.ban');
  expect(await casesOf(bot)).toEqual([]);
  expect(left(bot)).toEqual(['seen']);
  expect(said(bot, 'general')).toEqual([]);
});

test('of what rules only observe no more is told and written down in a minute than can be read', async () => {
  let now = new Date();
  await using bot = await startBot({ now: () => now });
  await bot.set('logs', { logChannel: bot.discord.channels['mod-log'] });
  const observes = rule([{ do: 'delete' }], { mode: 'observe' });
  const observe = async (content: string) => await has(bot, await write(bot, { content }), [observes]);
  for (let at = 0; at < 23; at++) await observe(`seen ${at}`);
  const kept = async () => (await bot.db`select from automod_deeds`).length;
  expect(await kept()).toBe(20);
  now = new Date(now.getTime() + 61_000);
  await observe('the last');
  expect(await kept()).toBe(21);
  bot.app.timers.wake();
  await expect
    .poll(
      () =>
        said(bot)
          .filter((text) => text.includes('the last'))
          .join(),
      PATIENCE,
    )
    .toContain('3 ');
});

test('while a rule cools down it deletes, and does nothing else; of somebody else it does', async () => {
  let now = new Date();
  await using bot = await startBot({ now: () => now });
  const cools = rule([{ do: 'delete' }, { do: 'warn' }], { cooldown: { seconds: 60, per: 'member' } });
  await has(bot, await write(bot, { content: 'one' }), [cools]);
  await has(bot, await write(bot, { content: 'two' }), [cools]);
  await has(bot, await write(bot, { as: 'newcomer', content: 'three' }), [cools]);
  expect(left(bot)).toEqual([]);
  expect(await settled(bot)).toHaveLength(2);
  now = new Date(now.getTime() + 61_000);
  bot.app.timers.wake();
  await has(bot, await write(bot, { content: 'four' }), [cools]);
  expect(await settled(bot)).toHaveLength(3);
});

test('a long cooldown outlasts a start of the bot, and what came to nothing does not cool down', async () => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const env = { DATABASE_URL: database.url };
  const cools = rule([{ do: 'warn' }], { cooldown: { seconds: 3_600, per: 'member' } });
  const briefly = rule([{ do: 'warn' }], { cooldown: { seconds: 30, per: 'server' } });
  {
    await using first = await startBot({ discord, env });
    const broken = vi.spyOn(first.app.moderation, 'order').mockRejectedValueOnce(new Error('something is broken'));
    await expect(has(first, await write(first, { content: 'nothing' }), [cools, briefly])).rejects.toThrow('broken');
    broken.mockRestore();
    await has(first, await write(first, { content: 'one' }), [cools, briefly]);
  }
  let now = new Date();
  await using bot = await startBot({ discord, env, now: () => now });
  await has(bot, await write(bot, { content: 'two' }), [cools]);
  await has(bot, await write(bot, { as: 'newcomer', content: 'three' }), [cools]);
  now = new Date(now.getTime() + 3_601_000);
  await has(bot, await write(bot, { content: 'four' }), [cools]);
  expect((await casesOf({ ...bot, db: database.db })).map(({ evidence }) => evidence[0].text)).toEqual([
    ...['one', 'three', 'four'],
  ]);
  expect(await database.db`select key from automod_cooldowns where key like ${`%${briefly.id}%`}`).toEqual([]);
});

test('what was missed for long is neither answered nor slows the channel, and is dealt with all the same', async () => {
  let now = new Date();
  await using bot = await startBot({ now: () => now });
  const all = rule([{ do: 'warn' }, { do: 'reply', text: 'not here' }, { do: 'slowmode', seconds: 30, for: 600 }]);
  const old = { ...(await write(bot, { content: 'old' })), missed: true };
  now = new Date(now.getTime() + 700_000);
  await has(bot, old, [all]);
  expect((await settled(bot)).map(({ type }) => type)).toEqual(['warn']);
  now = new Date();
  await has(bot, { ...(await write(bot, { content: 'new' })), missed: true }, [all]);
  bot.app.timers.wake();
  await expect.poll(() => said(bot, 'general').length, PATIENCE).toBe(1);
  expect((await settled(bot)).map(({ type }) => type).toSorted()).toEqual(['slowmode', 'warn', 'warn']);
  expect(await bot.db`select message_id::text as message from automod_replies`).not.toMatchObject([
    { message: old.id },
  ]);
});

test('each of many messages that go together hears for itself what became of it', async () => {
  const asked: unknown[] = [];
  const forbidden = new DiscordAPIError({ code: 50_013, message: 'no' }, 50_013, 403, 'DELETE', '', {});
  const rest = {
    delete: async (path: string, options: object) => {
      asked.push([path, Object(options).reason]);
      if (path.endsWith('/1')) throw forbidden;
      if (path.endsWith('/2')) throw new Error('away');
    },
    post: async (_: string, options: object) =>
      void asked.push([Object(options).body.messages, Object(options).reason]),
  };
  const now = () => new Date();
  const deletions = new Deletions({ rest: rest as never, now });
  const [young = '', younger = '', other = ''] = [1, 2, 3].map((at) => snowflakeAt(Date.now() - at));
  const remove = (id: string, why: string) => deletions.remove({ channel: '9', id, why });
  const all = [
    remove('1', 'a'),
    remove('2', 'a'),
    remove('3', 'a'),
    remove(young, 'a'),
    remove(younger, 'a'),
    remove(other, 'b'),
  ];
  expect((await Promise.allSettled(all)).map((end) => (end.status === 'fulfilled' ? end.value : end.status))).toEqual([
    ...['refused', 'rejected', 'gone', 'gone', 'gone', 'gone'],
  ]);
  expect(asked).toContainEqual([[young, younger], 'a']);
  expect(asked).toContainEqual([Routes.channelMessage('9', other), 'b']);
});

test('what Discord does not let the bot do is said once, with what to fix; a message that is gone is deleted', async () => {
  await using bot = await startBot();
  await bot.set('logs', { logChannel: bot.discord.channels['mod-log'] });
  const deletes = rule([{ do: 'delete' }]);
  const gone = await write(bot, { content: 'gone' });
  await bot.discord.delete(gone.id);
  await has(bot, gone, [deletes]);
  expect(said(bot)).toEqual([]);
  const forbidden = { kind: 'status', status: 403, body: { message: 'Missing Permissions', code: 50_013 } } as const;
  bot.discord.faults.rest('/channels/{channel_id}/messages/{message_id}', forbidden, { method: 'DELETE' });
  await has(bot, await write(bot, { content: 'one' }), [deletes]);
  await has(bot, await write(bot, { content: 'two' }), [deletes]);
  await expect.poll(() => said(bot).length, PATIENCE).toBe(1);
  expect(said(bot)[0]).toContain('Manage Messages');
});
