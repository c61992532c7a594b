import { expect, test } from 'vitest';
import { inspect } from '../../bench/load/inspect.ts';
import { startBot } from '../bot.ts';

const file = (name: string) => ({
  name,
  bytes: new TextEncoder().encode('hello'.repeat(50)),
  contentType: 'text/plain',
});

test('a card is done, "try again" is busy', async () => {
  await using bot = await startBot({ env: { FILES_AT_ONCE: '1', FILES_WAITING: '0' } });
  const held = Promise.withResolvers<void>();
  bot.discord.faults.files('held.txt', { kind: 'held', until: held.promise });
  const first = inspect(file('held.txt'), (...o) => bot.discord.slash(...o));
  await expect.poll(() => bot.app.inspector.admission.stats().underWay).toBe(1);
  expect(await inspect(file('a.txt'), (...o) => bot.discord.slash(...o))).toEqual({ kind: 'busy' });
  held.resolve();
  expect(await first).toEqual({ kind: 'done' });
});

test('an answer that follows a promised one, for one person alone, is heard too', async () => {
  await using bot = await startBot();
  await bot.set('files', { downloadSeconds: 3 });
  bot.discord.faults.files('slow.txt', { kind: 'slow', bytesPerSecond: 10 });
  const outcome = await inspect(file('slow.txt'), (...o) => bot.discord.slash(...o));
  expect(outcome).toEqual({
    kind: 'failed',
    why: 'slow.txt: That file did not arrive within 3 s. Try again in a moment.',
  });
});
