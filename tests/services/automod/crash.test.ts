import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import { Accepted } from '../../../src/services/automod/accepted.ts';
import { carryOut } from '../../../src/services/automod/carry-out.ts';
import type { Deleted } from '../../../src/services/automod/deletions.ts';
import type { Rule } from '../../../src/workers/rules/schema.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';
import { Bridge } from '../../db/bridge.ts';
import { casesOf, withLog } from '../../handlers/commands/moderation/moderated.ts';
import { has, left, PATIENCE, rule, said, write } from './acting.ts';

vi.setConfig({ testTimeout: 120_000 });

const MESSAGE = '/channels/{channel_id}/messages/{message_id}';
const AWAY = { kind: 'status', status: 503, body: { message: 'away', code: 0 } } as const;
const FLOOD = { type: 'flood', copies: 3, seconds: 60, by: 'author' } as const;
const SPAM = 'Free nitro for everyone, grab yours before it is gone at the link in my profile';

async function settled(bot: TestBot) {
  await expect.poll(async () => (await casesOf(bot)).filter(({ state }) => state === 'pending'), PATIENCE).toEqual([]);
  return await casesOf(bot);
}

test('what could not be deleted while Discord was away is deleted when it is there again', async () => {
  let now = new Date();
  await using bot = await startBot({ now: () => now });
  const lift = bot.discord.faults.rest(MESSAGE, AWAY, { method: 'DELETE' });
  await has(bot, await write(bot, { content: 'harmful' }), [rule([{ do: 'delete' }, { do: 'warn' }])]);
  expect(await settled(bot)).toMatchObject([{ type: 'warn', state: 'done' }]);
  expect(left(bot)).toEqual(['harmful']);
  lift();
  now = new Date(now.getTime() + 21_000);
  bot.app.timers.wake();
  await expect.poll(() => left(bot), PATIENCE).toEqual([]);
});

test('a process that dies between what it wrote and what it deletes leaves nothing out, and the next does nothing twice', async () => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const env = { DATABASE_URL: database.url, SHUTDOWN_GRACE_MS: '0' };
  const floods = rule([{ do: 'delete-copies' }, { do: 'warn' }, { do: 'alert' }], { when: FLOOD, name: 'Flood' });
  let now = Date.now();
  const messages: Awaited<ReturnType<typeof write>>[] = [];
  {
    await using first = await startBot({ discord, env });
    await withLog(first);
    for (let turn = 0; turn < 3; turn += 1) messages.push(await write(first, { content: SPAM }));
    // It gets as far as to what is written, and no further.
    const dead = { remove: () => Promise.withResolvers<Deleted>().promise, isGone: () => false };
    const dying = {
      ...first,
      app: { ...first.app, deletions: Object.assign(Object.create(first.app.deletions), dead) },
    };
    for (const message of messages) void has(dying, message, [floods]);
    const secured = () => first.app.db`select 1 from timers where kind = 'automod-delete' and done_at is null`;
    await expect.poll(async () => (await secured()).length, PATIENCE).toBe(1);
    expect(left(first)).toHaveLength(3);
  }
  await using bot = await startBot({ discord, env, now: () => new Date(now) });
  const shared = { ...bot, db: bot.app.db };
  // The last is judged again, as what was not over; those before it are not.
  const [, , three] = messages;
  if (three)
    await has(bot, three, [
      rule([{ do: 'delete' }, { do: 'warn' }, { do: 'alert' }], { ...floods, when: { type: 'shell' } }),
    ]);
  now = Date.now() + 60_000;
  bot.app.timers.wake();
  await expect.poll(() => left(bot), PATIENCE).toEqual([]);
  expect((await settled(shared)).map(({ type }) => type)).toEqual(['warn']);
  await expect.poll(() => said(bot).filter((text) => text.includes('A rule was hit')).length, PATIENCE).toBe(1);
});

test('an edit is not judged again after a process has died, and is deleted where a case was made of it', async () => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const env = { DATABASE_URL: database.url, SHUTDOWN_GRACE_MS: '0' };
  {
    await using first = await startBot({ discord, env });
    const message = await write(first, { content: 'harmful by now' });
    const dead = { remove: () => Promise.withResolvers<Deleted>().promise, isGone: () => false };
    const deletions = Object.assign(Object.create(first.app.deletions), dead);
    const dying = { ...first, app: { ...first.app, deletions } };
    void has(dying, { ...message, edited: true }, [rule([{ do: 'delete' }, { do: 'warn' }])]);
    await expect.poll(async () => (await casesOf({ ...first, db: first.app.db })).length, PATIENCE).toBe(1);
    expect(left(first)).toEqual(['harmful by now']);
  }
  await using bot = await startBot({ discord, env, now: () => new Date(Date.now() + 60_000) });
  bot.app.timers.wake();
  await expect.poll(() => left(bot), PATIENCE).toEqual([]);
});

test('what rules do is not counted against a moderator, however much it is', async () => {
  await using bot = await startBot();
  await bot.set('moderation', { brakeBans: 2 });
  const bans = rule([{ do: 'ban' }]);
  for (const as of await bot.discord.join(4)) await has(bot, await write(bot, { as, content: 'raid' }), [bans]);
  expect((await settled(bot)).map(({ type, state }) => `${type} ${state}`)).toEqual(Array(4).fill('ban done'));
  expect((await bot.app.settings.of(bot.discord.guildId, 'permissions')).frozen).toEqual([]);
  const answer = await bot.discord.slash('ban', { who: 'newcomer' }, { as: 'moderator', unchecked: true });
  expect(answer.content).toContain('done');
});

/** Somebody's message, of which a rule holds. */
async function hit({ discord }: TestBot, content: string, one: Rule): Promise<Accepted> {
  const message = await discord.message({ as: 'member', channel: 'general', content, unchecked: true });
  const member = { roles: [], joined_at: null, deaf: false, mute: false, flags: 0 };
  const way = { guild: discord.guildId, tenure: 'ordinary', order: 0, edited: false, missed: false } as const;
  const accepted = new Accepted({ ...message, guild_id: discord.guildId, member }, way);
  accepted.rules = { sent: undefined as never, rules: [one] };
  accepted.verdict = { hits: [{ rule: 0, spans: [] }] };
  return accepted;
}

test('however long the database is away, what harms goes at once, also where the author goes on, and the rest is done when it is there', async () => {
  await using database = await freshDatabase();
  await using bridge = await Bridge.open(database.url);
  let now = new Date();
  await using bot = await startBot({ env: { DATABASE_URL: bridge.url }, now: () => now });
  const { app } = bot;
  const shared = { ...bot, db: database.db };
  const both = rule([{ do: 'delete' }, { do: 'warn' }]);
  await has(bot, await write(bot, { as: 'newcomer', content: 'before' }), [both]);
  await settled(shared);
  const [one, two] = [await hit(bot, 'one', both), await hit(bot, 'two', both)];
  await bridge.down();
  const lift = bot.discord.faults.rest(MESSAGE, AWAY, { method: 'DELETE' });
  const { signal } = new AbortController();
  // Longer than its turn is, with a message that cannot be deleted either.
  const first = carryOut(one, app, signal, 1);
  const over: string[] = [];
  void first.whole.then(() => over.push('one'));
  await first.turn;
  await bot.logged(({ msg }) => msg.includes('could not be deleted'));
  lift();
  const second = carryOut(two, app, signal);
  void second.whole.then(() => over.push('two'));
  await second.turn;
  expect(left(bot)).toEqual(['one']);
  expect(over).toEqual([]);
  await bridge.up();
  await Promise.all([first.whole, second.whole]);
  const cases = await settled(shared);
  expect(cases.map(({ type, state }) => `${type} ${state}`)).toEqual(Array(3).fill('warn done'));
  now = new Date(now.getTime() + 60_000);
  app.timers.wake();
  await expect.poll(() => left(bot), PATIENCE).toEqual([]);
});
