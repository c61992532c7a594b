import { Events } from 'discord.js';
import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import { startBot, type TestBot } from '../../bot.ts';

// A new session takes discord.js over five seconds, and several at once on a busy machine far more.
vi.setConfig({ testTimeout: 60_000 });

/** Does something to the connection, waits for the bot to have a session again, and has it answer. */
async function survives(bot: TestBot, harm: () => void | Promise<void>, how: RegExp = /ready|resumed/): Promise<void> {
  const since = bot.discord.mark();
  await harm();
  await bot.discord.waitFor((entry) => entry.kind === 'session' && how.test(entry.what), { since, deadlineMs: 50_000 });
  expect((await bot.discord.slash('ping')).content).toContain('Pong');
}

test.concurrent.each([1000, 1001, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009])(
  'close code %i: the bot comes back',
  async (code) => {
    await using bot = await startBot();
    await survives(bot, () => bot.discord.faults.gateway.drop(code));
  },
);

test('a cut line: the session is resumed', async () => {
  await using bot = await startBot();
  await survives(bot, () => bot.discord.faults.gateway.drop(), /resumed/);
});

test.concurrent.each([4004, 4010, 4011, 4012, 4013, 4014])(
  'close code %i: the bot ends, and says why',
  async (code) => {
    await using bot = await startBot();
    const ended = bot.app.lost.catch((error: unknown) => error);
    bot.discord.faults.gateway.drop(code);
    expect(await ended).toMatchObject({ name: code === 4004 ? 'ConfigError' : 'GatewayLostError' });
    expect(String(await ended)).toMatch(code === 4004 ? /Check DISCORD_TOKEN/ : new RegExp(`${code}`));
  },
);

test('a connection that acknowledges no heartbeat any more is given up and made anew', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off', heartbeatIntervalMs: 300 });
  await using bot = await startBot({ discord });
  await survives(bot, async () => {
    const since = discord.mark();
    discord.faults.gateway.zombie();
    await discord.waitFor((entry) => entry.kind === 'session' && entry.what === 'closed', { since });
    discord.faults.gateway.zombie(false);
  });
});

test('asked to reconnect, the bot does', async () => {
  await using bot = await startBot();
  await survives(bot, () => bot.discord.faults.gateway.reconnect());
});

test.concurrent.each([true, false])(
  'an invalid session (resumable: %s) is followed by a valid one',
  async (resumable) => {
    await using bot = await startBot();
    await survives(bot, () => bot.discord.faults.gateway.invalidSession(resumable));
  },
);

test.each([
  ['bad JSON', '{"op":0,', undefined],
  ['no object', '[]', undefined],
  ['an unknown op', '{"op":99,"d":{}}', undefined],
  ['an unknown event', '{"op":0,"s":999,"t":"NEVER_HEARD_OF","d":{"a":1}}', undefined],
  ['an event without its data', '{"op":0,"s":999,"t":"MESSAGE_CREATE","d":null}', 'malformed'],
  [
    'an interaction that is none',
    '{"op":0,"s":999,"t":"INTERACTION_CREATE","d":{"id":"1","type":77}}',
    'unknown interaction',
  ],
])('%s at the gateway ends nothing', async (_, frame, counted) => {
  await using bot = await startBot();
  bot.discord.faults.gateway.frame(frame);
  await expect
    .poll(
      async () => (await bot.discord.slash('ping', {}, { deadlineMs: 2_000 }).catch(() => undefined))?.content ?? '',
    )
    .toContain('Pong');
  const events = await bot.app.metrics.registry.getSingleMetricAsString('rockhopper_gateway_events_total');
  if (counted) expect(events).toContain(`rockhopper_gateway_events_total{event="${counted}"} 1`);
});

test.concurrent('a server that is gone for ten seconds is waited for', async () => {
  await using bot = await startBot();
  await survives(bot, () => bot.discord.faults.away(10_000));
});

test('while Discord answers 503 at start, the bot waits; then it comes', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  discord.faults.rest('/applications/@me', { kind: 'status', status: 503 }, { times: 2 });
  discord.faults.rest('/gateway/bot', { kind: 'status', status: 503 }, { times: 3 });
  await using bot = await startBot({ discord });
  expect(bot.log.filter(({ msg }) => msg.includes('out of reach')).length).toBeGreaterThan(0);
  expect((await discord.slash('ping')).content).toContain('Pong');
});

test('a refused token ends the start with one clear line', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const refused = startBot({ discord, env: { DISCORD_TOKEN: 'not.the.token.of.this.bot.at.all' } });
  await expect(refused).rejects.toMatchObject({
    name: 'ConfigError',
    message: expect.stringContaining('Discord refuses the token'),
  });
});

test('without a privileged intent the bot starts, and names what is off', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off', intents: { members: false, content: false } });
  await using bot = await startBot({ discord });
  expect(bot.log.filter(({ intent }) => intent !== undefined).map(({ intent }) => intent)).toEqual([
    'Message Content',
    'Server Members',
  ]);
  expect((await discord.slash('ping')).content).toContain('Pong');
});

test('commands are registered once, and again only when they differ', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const puts = () =>
    discord.requests().filter(({ method, path }) => method === 'PUT' && path.endsWith('/commands')).length;
  await using _first = await startBot({ discord });
  expect(puts()).toBe(1);
  await using _second = await startBot({ discord });
  expect(puts()).toBe(1);
});

test('the log says where the bot is invited from', async () => {
  await using bot = await startBot();
  const line = await bot.logged(({ msg }) => msg === 'ready');
  expect(String(line.invite)).toMatch(
    /^https:\/\/discord\.com\/oauth2\/authorize\?client_id=\d+&scope=bot\+applications\.commands&permissions=\d+$/,
  );
});

test('a session in which nothing happens is not taken for a dead one: its heartbeats are answered', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off', heartbeatIntervalMs: 300 });
  await using bot = await startBot({ discord });
  let lastEventAt = Date.now();
  bot.app.discord.on(Events.Raw, () => {
    lastEventAt = Date.now();
  });
  await expect.poll(() => Date.now() - lastEventAt - bot.app.gateway.quietMs).toBeGreaterThan(300);
});

test('shards that cannot be are refused at once, with what to mend', async () => {
  const started = startBot({ env: { SHARDS: '5', SHARD_COUNT: '2' } });
  await expect(started).rejects.toMatchObject({ name: 'ConfigError', message: expect.stringContaining('SHARD_COUNT') });
});

test('a number of shards alone means all of them', async () => {
  await using bot = await startBot({ env: { SHARD_COUNT: '2' } });
  expect(bot.app.discord.ws.shards.size).toBe(2);
});
