import { expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';
import { restBot } from './rest.ts';

function ask(sandbox: Sandbox, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${sandbox.apiUrl}/v10${path}`, {
    ...init,
    headers: { authorization: `Bot ${sandbox.token}`, 'content-type': 'application/json' },
  });
}

test('the sixth message in five seconds is refused, with the headers and the body of Discord', async () => {
  await using sandbox = await startSandbox({ port: 0 });
  const post = (channel: string) =>
    ask(sandbox, `/channels/${channel}/messages`, { method: 'POST', body: JSON.stringify({ content: 'x' }) });
  for (let left = 4; left >= 0; left--) {
    const { status, headers } = await post(sandbox.channels.general);
    expect([status, headers.get('x-ratelimit-remaining')]).toEqual([200, String(left)]);
  }
  const over = await post(sandbox.channels.general);
  expect(over.status).toBe(429);
  expect(over.headers.get('x-ratelimit-scope')).toBe('user');
  expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await over.json()).toMatchObject({ message: 'You are being rate limited.', global: false });
  // Another channel is another bucket.
  expect((await post(sandbox.channels.random)).status).toBe(200);
});

test('all requests together have a limit of their own', async () => {
  await using sandbox = await startSandbox({
    port: 0,
    rateLimits: { global: { limit: 3, windowMs: 60_000 }, other: { limit: 100, windowMs: 1_000 } },
  });
  for (const path of ['/users/@me', `/guilds/${sandbox.guildId}`, '/gateway/bot']) {
    expect((await ask(sandbox, path)).status).toBe(200);
  }
  const over = await ask(sandbox, '/users/@me');
  expect(over.status).toBe(429);
  expect(over.headers.get('x-ratelimit-global')).toBe('true');
  expect(await over.json()).toMatchObject({ global: true });
});

test('discord.js waits for its bucket and loses nothing', async () => {
  await using bot = await restBot({
    rateLimits: { routes: { 'POST /channels/{channel_id}/messages': { limit: 2, windowMs: 150 } } },
  });
  const { sandbox, rest } = bot;
  rest.options.rejectOnRateLimit = null;
  const path = `/channels/${sandbox.channels.general}/messages` as const;
  await Promise.all(Array.from({ length: 7 }, (_, at) => rest.post(path, { body: { content: String(at) } })));
  expect(sandbox.state.messages.idsOf(sandbox.channels.general)).toHaveLength(7);
});
