import { expect, test } from 'vitest';
import { startBot } from '../../../bot.ts';

test('answers at once, then edits in each round trip', async () => {
  await using bot = await startBot();
  const reply = await bot.discord.slash('ping');
  expect(reply.kind).toBe('message');
  await reply.until(({ content }) => !content.includes('measuring'));
  expect(reply.content).toMatch(/Database\*\* [\d.]+ ms/);
  expect(reply.content).toMatch(/REST\*\* [\d.]+ ms/);
  expect(reply.content).toMatch(/Worker thread\*\* [\d.]+ ms/);
  expect(reply.content).toMatch(/Gateway\*\* ([\d.]+ ms|no heartbeat answered yet)/);
});

test('a part that does not answer is named, and holds up no other', async () => {
  await using bot = await startBot();
  bot.discord.faults.rest('/users/@me', { kind: 'status', status: 500 });
  const reply = await bot.discord.slash('ping');
  await reply.until(({ content }) => !content.includes('measuring'));
  expect(reply.content).toContain('REST** no answer');
  expect(reply.content).toMatch(/Database\*\* [\d.]+ ms/);
});

test('works in a direct message', async () => {
  await using bot = await startBot();
  const reply = await bot.discord.slash('ping', {}, { as: 'member', channel: 'dm' });
  expect(reply.content).toContain('Pong');
});

test('edits of an answer need no place among the requests that Discord counts', async () => {
  await using bot = await startBot();
  const { rest } = bot.app.discord;
  const hour = Date.now() + 3_600_000;
  Object.assign(rest, { globalRemaining: 0, globalReset: hour });
  const reply = await bot.discord.slash('ping');
  await reply.until(({ content }) => /Database\*\* [\d.]+ ms/.test(content));
  expect(rest).toMatchObject({ globalRemaining: 0, globalReset: hour });
  rest.globalReset = 0; // what waits for it goes on
});

test('many who ask at once are told of one request to Discord', async () => {
  await using bot = await startBot();
  const people = ['owner', 'moderator', 'member', 'newcomer'] as const;
  const before = bot.discord.requests().length;
  const replies = await Promise.all(people.map((as) => bot.discord.slash('ping', {}, { as })));
  await Promise.all(replies.map((reply) => reply.until(({ content }) => /REST\*\* [\d.]+ ms/.test(content))));
  const asked = bot.discord.requests().slice(before);
  expect(asked.filter(({ path }) => path.endsWith('/users/@me')).length).toBeLessThan(people.length);
});
