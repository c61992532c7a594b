import { expect, test } from 'vitest';
import { startBot } from '../../../bot.ts';

const text = (name: string, content: string | Uint8Array) => ({
  name,
  bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  contentType: 'text/plain',
});

test('shows what changed, line by line', async () => {
  await using bot = await startBot();
  const reply = await bot.discord.slash('diff', {
    before: text('a.txt', 'one\ntwo\nthree\n'),
    after: text('b.txt', 'one\n2\nthree\nfour\n'),
  });
  expect(reply.content).toContain('2 lines added, 1 removed');
  expect(reply.content).toContain('-two');
  expect(reply.content).toContain('+four');
});

test('two of the same are said to be, and what is no text is refused', async () => {
  await using bot = await startBot();
  const same = await bot.discord.slash('diff', { before: text('a.txt', 'x\n'), after: text('b.txt', 'x\n') });
  expect(same.content).toContain('the same, line by line');
  const png = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 0]);
  const refused = await bot.discord.slash('diff', { before: text('a.txt', 'x\n'), after: text('b.png', png) });
  expect(refused.content).toContain('b.png is not a text');
});
