import type { APIMessage } from 'discord-api-types/v10';
import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import { BusyError, DeadlineError, TaskError } from '../../../src/lib/errors.ts';
import { freshDatabase } from '../../database.ts';
import { Bridge } from '../../db/bridge.ts';
import { ruleOf } from '../../workers/rules/judging.ts';
import { forbid, left, startJudging, untilLeft } from './judging-bot.ts';
import { storeRules } from './stored-rules.ts';

vi.setConfig({ testTimeout: 60_000 });

/** The one that a thread of the quick lane is held by: it came while nothing else did, and so it went alone. */
const WITH_THREADS = 1;

/** What the messages of a batch say, as it crosses to a thread. */
function textsOf(input: unknown): readonly string[] {
  if (typeof input !== 'object' || input === null || !('messages' in input)) return [];
  const messages: readonly { readonly text: string }[] = JSON.parse(String(input.messages));
  return messages.map(({ text }) => text);
}

test('what people write is judged by the rules of its server, and counted all the same', async () => {
  await using bot = await startJudging();
  const { discord, app } = bot;
  await forbid(bot, discord.guildId, 'bad');
  const messages = await Promise.all([
    discord.message({ as: 'member', content: 'a bad word' }),
    discord.message({ as: 'newcomer', content: 'a good word' }),
    discord.message({ as: 'moderator', content: 'bad, says a moderator' }),
  ]);
  await untilLeft(bot, messages, ['a good word', 'bad, says a moderator']);
  await expect.poll(() => app.activity.totals().counted).toBe(3);
  await app.ruleStats.flush();
  expect((await app.ruleStats.ofServer(discord.guildId, 1)).find(({ rule }) => rule === '')).toMatchObject({
    messages: 3,
  });
  // Who is bound by a rule is read while the message is looked at, whatever comes of it.
  app.settings.forget(`${discord.guildId}:permissions`);
  expect(app.settings.peek(discord.guildId, 'permissions')).toBe(undefined);
  const after = await discord.message({ as: 'member', content: 'good after that' });
  await expect.poll(() => app.settings.peek(discord.guildId, 'permissions')).not.toBe(undefined);
  await untilLeft(bot, [after], ['good after that']);
});

test('rules look at no exempt channel, role or person, and count there as ever', async () => {
  await using bot = await startJudging();
  const { discord, app } = bot;
  const { channels, people, roles } = discord;
  await forbid(bot, discord.guildId, 'bad');
  await bot.set('automod', {
    exemptChannels: [channels.random],
    trusted: [{ member: people.newcomer, by: people.owner, at: 0 }],
  });
  const exempt = [
    await discord.message({ as: 'member', channel: 'random', content: 'bad in random' }),
    await discord.message({ as: 'newcomer', content: 'bad of a trusted one' }),
  ];
  const judged = await discord.message({ as: 'member', content: 'bad in general' });
  await untilLeft(bot, [...exempt, judged], ['bad in random', 'bad of a trusted one']);
  await bot.set('automod', { exemptChannels: [channels.community], exemptRoles: [roles.member] });
  const later = [
    await discord.message({ as: 'newcomer', channel: 'random', content: 'bad in a category' }),
    await discord.message({ as: 'member', content: 'bad of a role' }),
  ];
  await expect.poll(() => app.activity.totals().counted).toBe(5);
  await expect.poll(() => app.pipeline.open).toBe(0);
  expect(left(bot, later)).toHaveLength(2);
});

test('what webhooks write is judged where a server wants it', async () => {
  await using bot = await startJudging();
  const { discord } = bot;
  await forbid(bot, discord.guildId, 'bad');
  const made = await discord.rest('POST', `/channels/${discord.channels.general}/webhooks`, {
    as: 'owner',
    body: { name: 'news' },
  });
  const { id, token } = made as { readonly id: string; readonly token: string }; // Discord's own answer
  const write = async (content: string) =>
    (await discord.rest('POST', `/webhooks/${id}/${token}?wait=true`, { body: { content } })) as APIMessage; // Discord's own answer
  const before = await write('bad news');
  await untilLeft(bot, [await discord.message({ as: 'member', content: 'bad' })], []); // by then it was passed by
  await bot.set('automod', { webhooks: true });
  const after = await write('more bad news');
  await untilLeft(bot, [before, after], ['bad news']);
});

test('when more comes than threads can judge, those of long standing give way first and newcomers last', async () => {
  await using bot = await startJudging({ env: { MESSAGE_QUEUE: '1' } });
  const { discord, app } = bot;
  await forbid(bot, discord.guildId, 'bad');
  await untilLeft(bot, [await discord.message({ as: 'member', content: 'bad' })], []); // what the server has settled is known from then on
  await discord.message({ as: 'member', content: bot.holding });
  const say = (as: 'moderator' | 'member' | 'newcomer', content: string) => discord.message({ as, content });
  for (let at = 0; at < 8; at++) await say('moderator', `moderating ${at}`);
  for (let at = 0; at < 8; at++) await say('member', `bad of a member ${at}`);
  await expect.poll(() => app.pipeline.waiting).toBe(16);
  const newcomers = [];
  for (let at = 0; at < 12; at++) newcomers.push(await say('newcomer', `bad of a newcomer ${at}`));
  await say('moderator', 'one too many');
  const shed = (reason: string) => app.metrics.messagesShed.total({ reason });
  await expect.poll(async () => [await shed('trusted'), await shed('long-standing')]).toEqual([9, 4]);
  expect(await shed('newcomer')).toBe(0);
  const status = await discord.slash('status');
  expect(JSON.stringify(status.message)).toContain('16 waiting to be judged, 13 passed over');
  await bot.release();
  await untilLeft(bot, newcomers, []);
  const warned = bot.log.filter(({ msg }) => msg === 'messages were passed over');
  expect(warned).toEqual([expect.objectContaining({ level: 'warn', shed: { trusted: 1 } })]);
});

test('while what rules want cannot be done, no more is judged than may wait for it, and the rest once it is', async () => {
  await using database = await freshDatabase();
  await using bridge = await Bridge.open(database.url);
  await using bot = await startJudging({ env: { DATABASE_URL: bridge.url, MESSAGE_QUEUE: '1' } });
  const { discord, app } = bot;
  const warned = ruleOf({
    when: { type: 'words', terms: ['bad'], match: 'word' },
    actions: [{ do: 'delete' }, { do: 'warn' }],
  });
  const version = await storeRules(app.database, discord.guildId, [warned]);
  await expect.poll(async () => (await app.rules.of(discord.guildId))?.version ?? 0).toBe(version);
  const write = (count: number) =>
    Promise.all(Array.from({ length: count }, () => discord.message({ as: 'newcomer', content: 'bad' })));
  await untilLeft(bot, await write(1), []); // what the server has settled is known from then on
  await expect.poll(() => app.pipeline.open).toBe(0);
  await bridge.down();
  await untilLeft(bot, await write(16), []);
  expect(app.pipeline.open).toBe(16);
  const further = await write(5);
  await expect.poll(() => app.pipeline.waiting).toBe(5);
  expect(left(bot, further)).toHaveLength(5);
  await bridge.up();
  await untilLeft(bot, further, []);
  await expect.poll(() => app.pipeline.open).toBe(0);
});

test('a thread that ends in the middle of a batch costs no message', async () => {
  await using bot = await startJudging();
  const { discord } = bot;
  await forbid(bot, discord.guildId, 'bad');
  const messages = await Promise.all(
    Array.from({ length: 40 }, (_, at) =>
      discord.message({ as: 'member', content: at === 20 ? `${bot.deadly} bad` : `bad ${at}` }),
    ),
  );
  await untilLeft(bot, messages, []);
  expect(bot.log.some(({ msg }) => msg === 'a message could not be judged')).toBe(true);
});

test('a message that is turned away waits a moment, whatever threads finish meanwhile', async () => {
  await using bot = await startJudging({ env: { WORKER_THREADS: '4' } });
  const { discord, app } = bot;
  await forbid(bot, discord.guildId, 'bad');
  await untilLeft(bot, [await discord.message({ as: 'member', content: 'bad' })], []);
  const offload = app.workers.offload.bind(app.workers);
  const other = Promise.withResolvers<void>();
  let begun = 0;
  let turnedAway = 0;
  app.workers.offload = async (name, input, ...rest) => {
    const texts = textsOf(input);
    if (texts.includes('bad and turned away') && turnedAway < 2) {
      turnedAway += 1;
      throw new BusyError('the queue is full');
    }
    const verdict = await offload(name, input, ...rest);
    if (texts.includes('another')) {
      begun += 1;
      await other.promise;
    }
    return verdict;
  };
  await discord.message({ as: 'member', content: 'another' });
  await expect.poll(() => begun).toBe(1);
  const refused = await discord.message({ as: 'newcomer', content: 'bad and turned away' });
  await expect.poll(() => turnedAway).toBe(1);
  other.resolve();
  for (let turn = 0; turn < 20; turn++) await Promise.resolve(); // no time passes: the moment cannot be over
  expect(turnedAway).toBe(1);
  await untilLeft(bot, [refused], []);
});

test('a message that holds its thread too long is passed over alone, and one that fails is tried again alone', async () => {
  await using bot = await startJudging();
  const { discord, app } = bot;
  await forbid(bot, discord.guildId, 'bad');
  await untilLeft(bot, [await discord.message({ as: 'member', content: 'bad' })], []);
  const offload = app.workers.offload.bind(app.workers);
  const tried = { slow: 0, failing: 0 };
  app.workers.offload = async (name, input, ...rest) => {
    const texts = textsOf(input);
    if (texts.includes('slow and bad')) {
      tried.slow += 1;
      throw new DeadlineError('it took over 1000 ms');
    }
    if (texts.includes('failing and bad')) {
      tried.failing += 1;
      throw new TaskError('its thread was lost');
    }
    return await offload(name, input, ...rest);
  };
  await discord.message({ as: 'member', content: bot.holding });
  const say = (content: string) => discord.message({ as: 'member', content });
  const messages = [
    await say('bad before'),
    await say('slow and bad'),
    await say('failing and bad'),
    await say('bad after'),
  ];
  await expect.poll(() => app.pipeline.waiting).toBe(4);
  await bot.release();
  await untilLeft(bot, messages, ['slow and bad', 'failing and bad']);
  await expect.poll(() => app.pipeline.open).toBe(0);
  const shed = (reason: string) => app.metrics.messagesShed.total({ reason });
  expect([await shed('too slow'), await shed('failed')]).toEqual([1, 1]);
  expect(tried).toEqual({ slow: 2, failing: 2 }); // with the others, of which nobody knew which it was, and by itself
});

test('of a message that waits only the newest content is judged, and an edit once', async () => {
  await using bot = await startJudging();
  const { discord, app } = bot;
  await forbid(bot, discord.guildId, 'bad');
  await discord.message({ as: 'member', content: bot.holding });
  const [better, worse] = [
    await discord.message({ as: 'newcomer', content: 'bad at first' }),
    await discord.message({ as: 'newcomer', content: 'good at first' }),
  ];
  for (let at = 0; at < 50; at++) await discord.edit(better, `good ${at}`);
  for (let at = 0; at < 50; at++) await discord.edit(worse, at === 49 ? 'bad in the end' : `good ${at}`);
  await discord.slash('ping');
  await bot.release();
  await untilLeft(bot, [better, worse], ['good 49']);
  await expect.poll(() => app.activity.totals().counted).toBe(WITH_THREADS + 2);
  expect(await app.metrics.messagesAnalysed.total({})).toBe(WITH_THREADS + 2);
});

test('what a message becomes is judged once, however often Discord tells of it, and also where it tells little', async () => {
  await using bot = await startJudging();
  const { discord, app } = bot;
  const { guildId: guild } = discord;
  await forbid(bot, guild, 'bad');
  const [whole, partial, quiet] = await Promise.all(
    ['whole', 'partial', 'quiet'].map((content) => discord.message({ as: 'member', content })),
  );
  if (!whole || !partial || !quiet) throw new Error('three were written');
  const analysed = () => app.metrics.messagesAnalysed.total({});
  await expect.poll(analysed).toBe(3);
  const tell = (d: object, channel: string) => discord.state.emit({ t: 'MESSAGE_UPDATE', d, guild, channel });
  const { id, channel_id } = quiet;
  tell({ id, channel_id, guild_id: guild, embeds: [] }, channel_id); // what Discord tells when it has looked at a link
  const longAgo = { content: 'bad long ago', edited_timestamp: '2020-01-01T00:00:00Z', pinned: true };
  tell({ ...quiet, ...longAgo, member: { roles: [] }, guild_id: guild }, channel_id); // somebody pins what was edited long ago
  const edited = await discord.edit(whole, 'good after all');
  for (let at = 0; at < 3; at++) tell({ ...edited, guild_id: guild }, channel_id);
  await expect.poll(analysed).toBe(4);
  const stored = discord.state.messages.get(partial.id);
  if (!stored) throw new Error('it is there');
  const now = { content: 'bad in the end', edited_timestamp: new Date().toISOString() };
  discord.state.messages.replace({ ...stored, ...now });
  tell({ id: partial.id, channel_id, guild_id: guild, edited_timestamp: now.edited_timestamp }, channel_id);
  await untilLeft(bot, [whole, partial, quiet], ['good after all', 'quiet']);
  expect(await analysed()).toBe(5);
});

test('messages in flood and rules that change: each is judged by the old or the new, and then by the new alone', async () => {
  await using bot = await startJudging();
  const { discord } = bot;
  await forbid(bot, discord.guildId, 'bad');
  const write = (count: number) =>
    Array.from({ length: count }, (_, at) => [`bad ${at}`, `worse ${at}`])
      .flat()
      .map((content) => discord.message({ as: 'member', content }));
  const during = [...write(100)];
  const swapped = forbid(bot, discord.guildId, 'worse');
  during.push(...write(100));
  const [messages] = await Promise.all([Promise.all(during), swapped]);
  const after = await Promise.all(write(20));
  await untilLeft(
    bot,
    after,
    left(bot, after).filter((content) => content.startsWith('bad')),
  );
  expect(left(bot, after)).toHaveLength(20);
  await expect.poll(() => bot.app.activity.totals().counted).toBe(440);
  await expect.poll(() => bot.app.pipeline.open).toBe(0);
  // Whichever held, one of the two words of each pair was forbidden, or both were in turn.
  expect(left(bot, messages).length).toBeGreaterThan(0);
  expect(left(bot, messages).length).toBeLessThanOrEqual(200);
});

test('what was accepted before a stop is judged and done before it ends', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using database = await freshDatabase();
  const env = { DATABASE_URL: database.url };
  const bot = await startJudging({ discord, env });
  await forbid(bot, discord.guildId, 'bad');
  await discord.message({ as: 'member', content: bot.holding });
  const messages = await Promise.all(
    Array.from({ length: 60 }, (_, at) => discord.message({ as: 'member', content: `bad ${at}` })),
  );
  await expect.poll(() => bot.app.pipeline.open).toBe(61);
  const stopped = bot.app[Symbol.asyncDispose]();
  await bot.release();
  await stopped;
  expect(left(bot, messages)).toEqual([]);
  const [seen] =
    await database.db`select last_id::text as last from seen_messages where channel_id = ${discord.channels.general}`;
  expect(seen).toEqual({ last: messages.at(-1)?.id });
  await bot[Symbol.asyncDispose]();
});
