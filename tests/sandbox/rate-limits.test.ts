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

test('old messages have a bucket of their own, giving and taking roles one together', async () => {
  const week = 7 * 24 * 3_600_000;
  let ahead = -3 * week;
  await using sandbox = await startSandbox({ port: 0, now: () => Date.now() + ahead });
  const old = await sandbox.message({ content: 'long ago' });
  ahead = 0;
  const fresh = await sandbox.message({ content: 'now' });
  const remove = (id: string) =>
    ask(sandbox, `/channels/${sandbox.channels.general}/messages/${id}`, { method: 'DELETE' });
  const limits = async (answer: Promise<Response>) => (await answer).headers.get('x-ratelimit-limit');
  expect([await limits(remove(old.id)), await limits(remove(fresh.id))]).toEqual(['30', '5']);
  const role = `/guilds/${sandbox.guildId}/members/${sandbox.people.newcomer}/roles/${sandbox.roles.member}`;
  for (let left = 9; left >= 0; left--) {
    const { headers } = await ask(sandbox, role, { method: left % 2 === 0 ? 'PUT' : 'DELETE' });
    expect(headers.get('x-ratelimit-remaining')).toBe(String(left));
  }
  expect((await ask(sandbox, role, { method: 'PUT' })).status).toBe(429);
});
