import { expect, test } from 'vitest';
import judgeMessage from '../../../src/workers/tasks/judge-message.ts';

/** A message of which nothing but its text matters. */
function saying(text: unknown) {
  const author = { id: '123456789012345678', roles: [], accountMs: 0 };
  return { text, author, channel: { id: '223456789012345678' }, edited: false, forwarded: false, count: true };
}

test.for([
  ['', 0, 0, 0],
  ['hello there, how are you?', 5, 0, 0],
  ["it's a well-known fact", 4, 0, 0],
  ['see https://example.com/a?b=c and http://x.y', 2, 2, 0],
  ['<@123456789012345678> <@!123456789012345678> <@&123456789012345678> @everyone hi', 1, 0, 4],
  ['<#123456789012345678> <:wave:123456789012345678> <a:party:123456789012345678> <t:1700000000:R> ok', 1, 0, 0],
  ['</help:123456789012345678> is a command', 3, 0, 0],
  ['\u0441\u043b\u043e\u0432\u043e \u03bb\u03cc\u03b3\u03bf\u03c2 \u05de\u05d9\u05dc\u05d4', 3, 0, 0],
  ['\u{1f427}\u{1f427} !!! ...', 0, 0, 0],
] as const)('%j has %i words, %i links and %i mentions', async ([content, words, links, mentions]) => {
  const value = { activity: { words, links, mentions }, hits: [] };
  expect(await judgeMessage.run(saying(content))).toEqual({ ok: true, value });
});

test('words are found where no spaces stand between them', async () => {
  const outcome = await judgeMessage.run(saying('\u6211\u4eca\u5929\u53bb\u4e86\u5546\u5e97'));
  expect(outcome.ok && outcome.value.activity?.words).toBeGreaterThan(2);
});

test.for([
  '\ud800'.repeat(4_000),
  'a'.repeat(100_000),
  '<@'.repeat(50_000),
  '<a:'.repeat(50_000),
  'https://'.repeat(20_000),
  'e\u0301'.repeat(20_000),
  "a'".repeat(50_000),
  '\u0000'.repeat(4_000),
])('hostile text of %# is counted', async (content) => {
  expect(await judgeMessage.run(saying(content))).toMatchObject({ ok: true });
});

test('what is no text is refused', async () => {
  expect(await judgeMessage.run(saying(5))).toMatchObject({ ok: false, error: { name: 'TaskError' } });
});
