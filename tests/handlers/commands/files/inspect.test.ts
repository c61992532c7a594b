import { expect, test } from 'vitest';
import { startBot } from '../../../bot.ts';

const file = (name: string, text: string, contentType = 'text/plain') => ({
  name,
  bytes: new TextEncoder().encode(text),
  contentType,
});

test.each([
  [
    'a CSV',
    file('a.csv', 'name,age\nAda,36\nAlan,41\n', 'text/csv'),
    ['a table (CSV)', '2 rows, 2 columns', '`age (integer)`'],
  ],
  ['JSON', file('a.json', '{"a":[1,2,{"b":null}]}', 'application/json'), ['JSON', 'levels deep', '`a`']],
  ['broken JSON', file('a.json', '{"a":\n oops}'), ['JSON, but broken', 'line 2, column']],
  [
    'a log',
    file('a.log', '2026-01-01T00:00:00Z ERROR no\n2026-01-01T00:00:01Z INFO yes\n2026-01-01T00:00:02Z ERROR no\n'),
    ['a log', 'error 2'],
  ],
  ['plain text', file('a.txt', 'hello\nworld'), ['plain text', 'Lines** 2']],
  ['an empty file', file('a.txt', ''), ['an empty file']],
])('says what %s is', async (_, attached, sentences) => {
  await using bot = await startBot();
  const reply = await bot.discord.slash('inspect', { file: attached });
  for (const sentence of sentences) expect(reply.content).toContain(sentence);
});

test('a file is opened in a worker: the lane has one task more', async () => {
  await using bot = await startBot();
  const before = bot.app.workers.stats().bulk.done;
  await bot.discord.slash('inspect', { file: file('a.txt', 'x') });
  expect(bot.app.workers.stats().bulk.done).toBe(before + 1);
});

test('what is not text is named by its content', async () => {
  await using bot = await startBot();
  const png = new Uint8Array([
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0,
  ]);
  const reply = await bot.discord.slash('inspect', {
    file: { name: 'notes.txt', bytes: png, contentType: 'text/plain' },
  });
  expect(reply.content).toContain('not text');
  expect(reply.content).toContain('image/png');
});

test('hostile names and texts cannot leave their place', async () => {
  await using bot = await startBot();
  const reply = await bot.discord.slash('inspect', { file: file('**@everyone**.txt', '``` @everyone <@1>\n') });
  expect(reply.content).not.toContain('``` @everyone');
  expect(reply.content).not.toContain('**@everyone**');
});

test.each([
  ['is gone', { kind: 'status', status: 404 }, 'no longer there'],
  ['is cut off', { kind: 'reset' }, 'could not be fetched'],
] as const)('a file that %s is answered with what to do', async (_, fault, sentence) => {
  await using bot = await startBot();
  bot.discord.faults.files('a.txt', fault);
  const reply = await bot.discord.slash('inspect', { file: file('a.txt', 'hello') });
  expect(reply.content).toContain(sentence);
  expect(reply.ephemeral).toBe(true);
});
