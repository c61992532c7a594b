import { expect, test } from 'vitest';
import { startBot } from '../../../bot.ts';
import { saidIn } from './inspected.ts';

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
  expect(reply.content).toContain('Lines added: 2; removed: 1');
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

test('columns of passwords are hidden, and the rows stay what they are', async () => {
  await using bot = await startBot();
  const table = (...rows: string[]) => ['sep=;', 'user;password;note', ...rows].join('\n');
  const reply = await bot.discord.slash('diff', {
    before: text('a.csv', table('ada;plainword;x', 'alan;"with ""quotes""";y')),
    after: text('b.csv', table('ada;otherword;x', 'alan;"with ""marks""";z', 'grace;thirdword;"a ""b"""')),
  });
  const said = saidIn(reply);
  expect(said).toContain('Lines added: 3; removed: 2');
  expect(said).not.toMatch(/plainword|otherword|thirdword|quotes|marks/);
  for (const line of ['-ada;*********;x', '+ada;*********;x', '+grace;*********;"a ""b"""'])
    expect(said).toContain(line);
  expect(said).toContain(`-alan;"${'*'.repeat(15)}";y`);
  expect(said).toContain(`+alan;"${'*'.repeat(14)}";z`);
});

test('what is too long for an answer comes as a file beside it', async () => {
  await using bot = await startBot();
  const lines = (word: string) => Array.from({ length: 1_000 }, (_, at) => `${word} ${at}`).join('\n');
  const reply = await bot.discord.slash('diff', {
    before: text('a.txt', lines('old')),
    after: text('b.txt', lines('new')),
  });
  expect(reply.content).toContain('Lines added: 1,000; removed: 1,000');
  expect(JSON.stringify(reply.message?.components)).toContain('changes.diff');
});

test.each([
  ['two that are empty', '', '', 'the same'],
  ['two that differ in how lines end', 'a\nb\n', 'a\r\nb\r\n', 'how their lines end'],
  ['a text and an empty one', 'a\nb\n', '', 'removed: 2'],
])('%s', async (_, before, after, sentence) => {
  await using bot = await startBot();
  const reply = await bot.discord.slash('diff', { before: text('a.txt', before), after: text('b.txt', after) });
  expect(reply.content).toContain(sentence);
});

test('what is beyond the limits of the server is refused, with the limit', async () => {
  await using bot = await startBot();
  await bot.set('files', { maxMegabytes: 1 });
  const huge = text('huge.txt', 'x'.repeat(1_100_000));
  const reply = await bot.discord.slash('diff', { before: huge, after: text('b.txt', 'x') });
  await reply.until((seen) => saidIn(seen).includes('at most 1 MB'));
});

test('what a text says stays inside the comparison', async () => {
  await using bot = await startBot();
  const hostile = '```\n@everyone <@1> **bold**\n';
  const reply = await bot.discord.slash('diff', { before: text('a.txt', 'x\n'), after: text('b.txt', hostile) });
  expect(reply.content.match(/```/g)).toHaveLength(2);
});
