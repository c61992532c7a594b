import { GatewayCloseCodes } from 'discord-api-types/v10';
import { expect, test, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/server/sandbox.ts';
import { touchRules } from '../../../src/db/automod-rules.ts';
import { BusyError, DeadlineError } from '../../../src/lib/errors.ts';
import { MissedMessages } from '../../../src/services/automod/missed.ts';
import type { RuleSource } from '../../../src/services/automod/rule-source.ts';
import { type StartBotOptions, startBot, type TestBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';
import { runMain, says } from '../../process.ts';
import { forbid, left, startJudging, untilLeft } from './judging-bot.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Ends the bot's session, has things happen before the next one can begin, and waits until it has. */
async function outage({ discord, app }: TestBot, meanwhile: () => Promise<void>): Promise<void> {
  const starts = discord.gateway.sessionStarts;
  discord.gateway.sessions.clear();
  discord.faults.gateway.drop(GatewayCloseCodes.SessionTimedOut);
  await meanwhile();
  await expect.poll(() => discord.gateway.sessionStarts).toBe(starts + 1);
  await expect.poll(() => app.missed.stats().reading).toBe(false);
}

/** The bot on a Discord and a database that outlive it. */
async function startWorld() {
  await using opened = new AsyncDisposableStack();
  const discord = opened.use(await startSandbox({ port: 0, rateLimits: 'off' }));
  const database = opened.use(await freshDatabase());
  const owned = opened.move();
  const start = (options: StartBotOptions = {}) =>
    startJudging({ discord, ...options, env: { DATABASE_URL: database.url, ...options.env } });
  return { discord, database, start, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function write(discord: Sandbox, contents: readonly string[], channel = 'general') {
  return Promise.all(contents.map((content) => discord.message({ as: 'member', content, channel })));
}

const CANNOT_COMPILE = 'the rules of a server cannot be compiled, what held before holds on';

/** Has the rules be compiled anew. */
function touch({ app, discord }: TestBot): Promise<number> {
  return app.database.begin((tx, notify) => touchRules({ tx, notify }, discord.guildId));
}

test('what was written in an outage is judged after it, where there are rules, and the rest is not read', async () => {
  await using bot = await startJudging();
  const { discord, app } = bot;
  await outage(bot, async () => {
    await write(discord, ['bad before there are rules']);
  });
  expect(app.missed.stats().messages).toBe(0);
  expect(await bot.db`select * from seen_messages`).toEqual([]);
  await forbid(bot, discord.guildId, 'bad');
  const before = await write(discord, ['good before', 'bad before']);
  await untilLeft(bot, before, ['good before']);
  const messages: Awaited<ReturnType<typeof write>> = [];
  await outage(bot, async () => {
    messages.push(...(await write(discord, ['bad meanwhile', 'good meanwhile'])));
    messages.push(...(await write(discord, ['bad elsewhere'], 'random')));
  });
  const after = await write(discord, ['bad after', 'good after']);
  await untilLeft(bot, [...messages, ...after], ['good meanwhile', 'good after']);
  await expect.poll(() => app.missed.stats()).toEqual({ messages: 3, channelsCutShort: 0, reading: false });
  await expect.poll(() => app.activity.totals().counted).toBe(7);
  const status = await discord.slash('status');
  expect(JSON.stringify(status.message)).toContain('3 read after I was away, 0 channels where there was more');
});

test('a channel that may not be read, and more than may be read in all, are out of reach and said to be', async () => {
  await using bot = await startJudging({ env: { MISSED_MESSAGES: '150' } });
  const { discord, app } = bot;
  await forbid(bot, discord.guildId, 'bad');
  await untilLeft(bot, await write(discord, ['bad']), []);
  const messages: Awaited<ReturnType<typeof write>> = [];
  discord.faults.rest(
    `/channels/${discord.channels.random}/messages`,
    { kind: 'status', status: 403 },
    { method: 'GET' },
  );
  await outage(bot, async () => {
    messages.push(...(await write(discord, ['bad in random'], 'random')));
    const many = Array.from({ length: 200 }, (_, at) => `bad ${at}`);
    messages.push(...(await write(discord, many)));
  });
  const old = Array.from({ length: 50 }, (_, at) => `bad ${at}`);
  await untilLeft(bot, messages, ['bad in random', ...old]);
  await expect.poll(() => app.missed.stats()).toEqual({ messages: 150, channelsCutShort: 2, reading: false });
  expect(await app.metrics.messagesCaughtUp.total({})).toBe(150);
  // What was out of reach once is not tried again.
  discord.faults.clear();
  await outage(bot, async () => {});
  expect(left(bot, messages)).toHaveLength(51);
});

test('moderators are exempt in what was missed as well, and people who have left are not', async () => {
  await using bot = await startJudging();
  const { discord } = bot;
  await forbid(bot, discord.guildId, 'bad');
  await untilLeft(bot, await write(discord, ['bad']), []);
  const messages: Awaited<ReturnType<typeof write>> = [];
  await outage(bot, async () => {
    messages.push(await discord.message({ as: 'moderator', content: 'bad, says a moderator' }));
    messages.push(await discord.message({ as: 'newcomer', content: 'bad, and gone' }));
    await discord.leave('newcomer');
  });
  await untilLeft(bot, messages, ['bad, says a moderator']);
});

test('what was written while the bot was not running is judged at the next start, and nothing twice', async () => {
  await using at = await startWorld();
  const first = await at.start();
  await forbid(first, at.discord.guildId, 'bad');
  await untilLeft(first, await write(at.discord, ['bad']), []);
  await first[Symbol.asyncDispose]();
  const messages = await write(at.discord, ['bad meanwhile', 'good meanwhile']);
  const second = await at.start();
  await untilLeft(second, messages, ['good meanwhile']);
  await expect.poll(() => second.app.missed.stats().messages).toBe(2);
  await second[Symbol.asyncDispose]();
  const { mark } = at.discord.journal;
  await using third = await at.start();
  await untilLeft(third, await write(at.discord, ['bad again']), []);
  await expect.poll(() => third.app.missed.stats()).toEqual({ messages: 0, channelsCutShort: 0, reading: false });
  const read = at.discord.journal.requests(mark).filter(({ method }) => method === 'GET');
  expect(read.filter(({ route }) => route === '/channels/{channel_id}/messages')).toEqual([]);
});

test('of a time without rules nothing is judged later', async () => {
  await using at = await startWorld();
  const first = await at.start();
  await forbid(first, at.discord.guildId, 'bad');
  await untilLeft(first, await write(at.discord, ['bad']), []);
  await forbid(first, at.discord.guildId, undefined);
  await first[Symbol.asyncDispose]();
  const messages = await write(at.discord, ['bad without rules']);
  const second = await at.start();
  await expect.poll(() => at.database.db`select * from seen_messages`).toEqual([]);
  await forbid(second, at.discord.guildId, 'bad');
  await second[Symbol.asyncDispose]();
  await using third = await at.start();
  messages.push(...(await write(at.discord, ['bad with rules'])));
  await untilLeft(third, messages, ['bad without rules']);
});

test('of a time in which the bot was not in a server nothing is judged later', async () => {
  await using at = await startWorld();
  const { discord } = at;
  const first = await at.start();
  await forbid(first, discord.guildId, 'bad');
  await untilLeft(first, await write(discord, ['bad']), []);
  const guild = discord.state.guild(discord.guildId);
  const known = () => first.app.discord.guilds.cache.has(guild.id);
  discord.state.emit({ t: 'GUILD_DELETE', d: { id: guild.id }, guild: guild.id });
  await expect.poll(known).toBe(false);
  guild.unavailable = true;
  const messages = await write(discord, ['bad without the bot']);
  guild.unavailable = false;
  discord.gateway.announceGuild(guild);
  await expect.poll(known).toBe(true);
  await first[Symbol.asyncDispose]();
  await using second = await at.start();
  messages.push(...(await write(discord, ['bad with the bot'])));
  await untilLeft(second, messages, ['bad without the bot']);
  await expect.poll(() => second.app.missed.stats()).toEqual({ messages: 0, channelsCutShort: 0, reading: false });
});

test('while the rules cannot be compiled after a start nothing is taken to be without rules, and all is judged once they can', async () => {
  await using at = await startWorld();
  const { db } = at.database;
  const first = await at.start();
  await forbid(first, at.discord.guildId, 'bad');
  await untilLeft(first, await write(at.discord, ['bad']), []);
  await first[Symbol.asyncDispose]();
  const messages = await write(at.discord, ['bad meanwhile', 'good meanwhile']);
  await db`alter table automod_lists rename to automod_lists_away`;
  await using second = await at.start();
  await expect.poll(() => second.log.some(({ msg }) => msg === CANNOT_COMPILE)).toBe(true);
  messages.push(...(await write(at.discord, ['bad before they are', 'good before they are'])));
  await expect.poll(() => second.app.pipeline.waiting).toBe(2);
  expect(await db`select * from seen_messages`).not.toEqual([]);
  await db`alter table automod_lists_away rename to automod_lists`;
  await touch(second);
  await untilLeft(second, messages, ['good meanwhile', 'good before they are']);
});

test('that the newest rules cannot be compiled is said where rules are shown, and in the log', async () => {
  await using bot = await startJudging();
  const { app, discord } = bot;
  await bot.set('logs', { logChannel: discord.channels['mod-log'] ?? null });
  await forbid(bot, discord.guildId, 'bad');
  const offload = app.workers.offload.bind(app.workers);
  app.workers.offload = async (name, ...rest) => {
    if (name === 'compileRules') throw new DeadlineError('compileRules took over 30000 ms');
    return await offload(name, ...rest);
  };
  for (let tries = 0; tries < 3; tries++) {
    await touch(bot);
    await expect.poll(() => bot.log.filter(({ msg }) => msg === CANNOT_COMPILE).length).toBeGreaterThan(tries);
  }
  const { message } = await discord.slash('automod rules', {}, { as: 'owner' });
  expect(JSON.stringify(message)).toContain('but as they were before');
  const logged = () => JSON.stringify(discord.state.messages.list(discord.channels['mod-log'] ?? '', { limit: 10 }));
  await expect.poll(logged).toContain('The newest rules do not hold');
  await untilLeft(bot, [await discord.message({ as: 'member', content: 'bad all the same' })], []);
});

test('what was missed is read however often that has failed before', async () => {
  await using bot = await startJudging();
  const { app, discord } = bot;
  await forbid(bot, discord.guildId, 'bad');
  let failures = 10;
  const rules: RuleSource = {
    peek: (guild) => app.rules.peek(guild),
    of: async (guild) => {
      if (failures-- > 0) throw new BusyError('the queue is full');
      return await app.rules.of(guild);
    },
  };
  const missed = new MissedMessages({ ...app, rules, pauseMs: 1 });
  const guild = app.discord.guilds.cache.get(discord.guildId);
  if (!guild) throw new Error('the bot is in it');
  missed.look(guild);
  await expect.poll(() => missed.stats().reading).toBe(false);
  expect(failures).toBe(-1);
});

test('what is not judged within the grace of a stop is judged by the next process', async () => {
  await using at = await startWorld();
  await using first = await at.start({ env: { SHUTDOWN_GRACE_MS: '200' } });
  await forbid(first, at.discord.guildId, 'bad');
  await untilLeft(first, await write(at.discord, ['bad']), []);
  const held = await write(at.discord, [first.holding]);
  const messages = await write(at.discord, ['bad one', 'bad two']);
  await expect.poll(() => first.app.pipeline.open).toBe(3);
  await first.app[Symbol.asyncDispose]();
  expect(left(first, messages)).toHaveLength(2);
  await first.release();
  await using second = await at.start();
  await untilLeft(second, [...held, ...messages], [held[0]?.content ?? '']);
});

test('two processes of one bot: what one changes holds in the other', async () => {
  await using at = await startWorld();
  await using other = await startSandbox({ port: 0, rateLimits: 'off', now: () => Date.now() - 60_000 });
  await using here = await at.start();
  await using there = await startBot({ discord: other, env: { DATABASE_URL: at.database.url } });
  const write = (content: string) => other.message({ as: 'member', content });
  const before = await write('bad before');
  await expect.poll(() => there.app.activity.totals().counted).toBe(1);
  await forbid(here, other.guildId, 'bad');
  await expect.poll(() => there.app.rules.peek(other.guildId) ?? null).not.toBe(null);
  await untilLeft(there, [before, await write('bad after')], ['bad before']);
  expect(here.app.activity.totals().counted).toBe(0);
});

test.skipIf('Deno' in globalThis)('a process that is killed again and again loses no message', async () => {
  await using at = await startWorld();
  const setUp = await at.start();
  await forbid(setUp, at.discord.guildId, 'bad');
  await untilLeft(setUp, await write(at.discord, ['bad']), []);
  await setUp[Symbol.asyncDispose]();
  const env = {
    DISCORD_TOKEN: at.discord.token,
    DISCORD_API_URL: at.discord.apiUrl,
    DATABASE_URL: at.database.url,
    HTTP_ADDRESS: 'off',
    TLDR_URL: 'off',
    WORKER_THREADS: '2',
  };
  const messages: Awaited<ReturnType<typeof write>> = [];
  for (let round = 0; round < 3; round++) {
    await using bot = await runMain(['run'], env);
    await bot.line(says('ready'));
    const deleted = new Promise<void>((resolve) => {
      at.discord.state.listeners.add(({ t }) => {
        if (t === 'MESSAGE_DELETE') resolve();
      });
    });
    messages.push(
      ...(await write(
        at.discord,
        Array.from({ length: 100 }, (_, number) => `bad ${round} ${number}`),
      )),
    );
    await deleted; // the others are on their way
    bot.kill('SIGKILL');
    await bot.ended;
    messages.push(...(await write(at.discord, [`bad between ${round}`])));
  }
  await using last = await at.start();
  await untilLeft(last, messages, []);
});
