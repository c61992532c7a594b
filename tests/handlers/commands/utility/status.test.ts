import { expect, test } from 'vitest';
import { startSandbox } from '../../../../sandbox/server/sandbox.ts';
import { startBot } from '../../../bot.ts';

test('shows loop, answers, threads, gateway, budget, caches and versions, and can be refreshed', async () => {
  await using bot = await startBot();
  const reply = await bot.discord.slash('status');
  for (const part of [
    'Event loop delay',
    'quick lane',
    'bulk lane',
    'Gateway',
    'REST budget',
    'Database',
    'Caches',
    'Versions',
  ]) {
    expect(reply.content).toContain(part);
  }
  expect(reply.content).toContain('Lists of dangerous domains** none, so links are judged without');
  expect(reply.content).toContain('First answers** none yet');
  if (!reply.message) throw new Error('no message');
  await expect.poll(() => bot.app.metrics.ack.percentile(50)).toBeGreaterThan(0);
  const fresh = await bot.discord.click(reply.message, 'status:1');
  expect(fresh.content).toMatch(/First answers\*\* p50 [\d.]+ ms/);
});

test('names what is off for want of a privileged intent', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off', intents: { content: false } });
  await using bot = await startBot({ discord });
  const reply = await discord.slash('status');
  expect(reply.content).toContain('Off, because the Message Content intent is not enabled');
  expect(bot.log.some(({ intent }) => intent === 'Message Content')).toBe(true);
});
