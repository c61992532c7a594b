import { expect, test } from 'vitest';
import { startBot } from '../../bot.ts';
import { chunk, png } from '../../files/png.ts';
import { scene } from '../../files/scenes.ts';
import { saidIn } from '../../handlers/commands/files/inspected.ts';
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

const REFUSED = 'so I do not open it any more. Treat it as dangerous.';

test('threads lost to drawing a file count against it as well, and it is not opened for anything else', async () => {
  const workerFile = new URL('../../workers/fixtures/deadly-worker.ts', import.meta.url).href;
  await using bot = await startBot({ workerFile });
  const file = text('deadly.csv', 'end this thread');
  const draw = async () => {
    const [as = ''] = await bot.discord.join(1);
    const reply = await bot.discord.slash('chart', { file, column: 'a' }, { as, deadlineMs: 30_000 });
    return saidIn(await reply.until((one) => /opened safely|any more/.test(saidIn(one)), { deadlineMs: 30_000 }));
  };
  expect(await draw()).toContain('could not be opened safely');
  expect(await draw()).toContain('could not be opened safely');
  expect(await draw()).toContain(REFUSED);
  expect(bot.app.workers.stats().bulk).toMatchObject({ failed: 2, restarts: 2 });
  expect(await wordsOn(bot, { ...file, name: 'renamed.txt' })).toContain(REFUSED);
  const asked = { before: file, after: text('b.txt', 'harmless') };
  const compared = await bot.discord.slash('diff', asked, { deadlineMs: 30_000 });
  await compared.until((one) => saidIn(one).includes(REFUSED), { deadlineMs: 30_000 });
});

test('a copy without metadata is not made of a file that has cost threads since', async () => {
  await using bot = await startBot();
  const bytes = png(scene(3, 64, 48), { before: [chunk('tEXt', 'Comment\0at home')] });
  const file = { name: 'home.png', bytes, contentType: 'image/png' };
  const reply = await bot.discord.slash('inspect', { file }, { deadlineMs: 30_000 });
  const { message } = await reply.until(({ content }) => content.includes('SHA-256'), { deadlineMs: 30_000 });
  const button = /inspect\.strip:1:\d+/.exec(JSON.stringify(message?.components))?.[0];
  if (!message || !button) throw new Error('no button');
  await bot.db`update inspections set deaths = 2`;
  const copy = await bot.discord.click(message, button, { deadlineMs: 30_000 });
  await copy.until((one) => saidIn(one).includes(REFUSED), { deadlineMs: 30_000 });
});
