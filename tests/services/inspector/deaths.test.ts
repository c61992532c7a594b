import { expect, test } from 'vitest';
import { startBot, type TestBot } from '../../bot.ts';

const text = (name: string, content: string) => ({ name, bytes: new TextEncoder().encode(content) });

/** Somebody new each time: nobody may ask as often as this. */
async function ask(bot: TestBot, file: ReturnType<typeof text>) {
  const [as = ''] = await bot.discord.join(1);
  return bot.discord.slash('inspect', { file }, { as, deadlineMs: 30_000 });
}

test('a thread lost to a file takes that file alone along, and after two the file is refused', async () => {
  const workerFile = new URL('../../workers/fixtures/deadly-worker.ts', import.meta.url).href;
  await using bot = await startBot({ workerFile });
  const deadly = text('deadly.txt', 'end this thread');
  const [died, waited] = await Promise.all([ask(bot, deadly), ask(bot, text('waiting.txt', 'harmless'))]);
  expect(died.content).toBe('That file could not be opened safely, so I left it closed.');
  expect(died.ephemeral).toBe(true);
  expect(waited.content).toMatch(/^### waiting\.txt\n\*\*Safe\*\*/);
  expect(bot.app.workers.stats().bulk).toMatchObject({ failed: 1, done: 1, restarts: 1, threads: 1 });

  const again = await ask(bot, { ...deadly, name: 'renamed.txt' });
  expect(again.content).toBe(died.content);
  const third = await ask(bot, { ...deadly, name: 'renamed again.txt' });
  expect(third.content).toContain('so I do not open it any more. Treat it as dangerous.');
  expect(bot.app.workers.stats().bulk).toMatchObject({ failed: 2, restarts: 2 });
  expect((await ask(bot, text('after.txt', 'all is well'))).content).toMatch(/^### after\.txt\n\*\*Safe\*\*/);
});
