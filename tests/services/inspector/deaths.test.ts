import { expect, test } from 'vitest';
import { startBot } from '../../bot.ts';
import { wordsOn } from './asking.ts';

const text = (name: string, content: string) => ({ name, bytes: new TextEncoder().encode(content) });

test('a thread lost to a file takes that file alone along, and after two the file is refused', async () => {
  const workerFile = new URL('../../workers/fixtures/deadly-worker.ts', import.meta.url).href;
  await using bot = await startBot({ workerFile });
  const deadly = text('deadly.txt', 'end this thread');
  const [died, waited] = await Promise.all([wordsOn(bot, deadly), wordsOn(bot, text('waiting.txt', 'harmless'))]);
  expect(died).toBe('That file could not be opened safely, so I left it closed.');
  expect(waited).toMatch(/^### waiting\.txt\n\*\*Safe\*\*/);
  expect(bot.app.workers.stats().bulk).toMatchObject({ failed: 1, done: 1, restarts: 1, threads: 1 });

  const again = await wordsOn(bot, { ...deadly, name: 'renamed.txt' });
  expect(again).toBe(died);
  const third = await wordsOn(bot, { ...deadly, name: 'renamed again.txt' });
  expect(third).toContain('so I do not open it any more. Treat it as dangerous.');
  expect(bot.app.workers.stats().bulk).toMatchObject({ failed: 2, restarts: 2 });
  expect(await wordsOn(bot, text('after.txt', 'all is well'))).toMatch(/^### after\.txt\n\*\*Safe\*\*/);
});
