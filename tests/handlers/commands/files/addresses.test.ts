import { expect, test } from 'vitest';
import { parseMarkdown } from '../../../../sandbox/page/markdown.ts';
import { startBot } from '../../../bot.ts';
import { docxOf, paragraphs, rels } from '../../../files/office.ts';
import { zip } from '../../../files/zip.ts';
import { upload } from './inspected.ts';

const EVIL = 'https://evil.example/a';

/** Where a text leads whoever clicks in it, as Discord reads it. */
function clickable(text: string): readonly string[] {
  const found: string[] = [];
  JSON.stringify(parseMarkdown(text), (_, value: unknown) => {
    if (typeof value === 'object' && value !== null && 'target' in value) found.push(String(value.target));
    return value;
  });
  return found;
}

const TEMPLATE = rels({ id: 'r1', type: 'attachedTemplate', target: EVIL, external: true });
const ERROR = `2026-01-01T00:00:00Z ERROR GET ${EVIL} failed\n`;

test.each([
  [
    'a point, and among the links',
    upload('a.docx', docxOf(paragraphs('x'), { files: { 'word/_rels/settings.xml.rels': TEMPLATE } })),
    [`: \`${EVIL}\``, `Links** \`${EVIL}\``],
  ],
  ['a fact', upload('a.log', ERROR.repeat(3), 'text/plain'), ['GET https:\\//evil.example/a failed']],
  ['a column', upload('a.csv', `${EVIL},b c ${EVIL}\n1,2\n`, 'text/csv'), ['b c https:\\//evil.example/a: numbers']],
  [
    'a file within the file',
    upload('a.zip', zip([{ path: `x ${EVIL}.exe`, content: 'x' }])),
    ['x https:\\//evil.example/a.exe'],
  ],
])('an address in %s of a card cannot be clicked', async (_, file, shown) => {
  await using bot = await startBot();
  const reply = await bot.discord.slash('inspect', { file }, { settle: 'ack' });
  const { content } = await reply.until((one) => one.content.includes('SHA-256'), { deadlineMs: 30_000 });
  for (const part of shown) expect(content).toContain(part);
  expect(clickable(content)).toEqual([]);
});

test('nor in what a chart is said to show', async () => {
  await using bot = await startBot();
  const file = upload('a.csv', `"b c ${EVIL}"\n1\n2\n`, 'text/csv');
  const reply = await bot.discord.slash('chart', { file, column: `b c ${EVIL}` }, { settle: 'ack' });
  const { content } = await reply.until((one) => one.content.includes('histogram'), { deadlineMs: 30_000 });
  const [, said = ''] = content.split('\n'); // what stands last is the picture's description, which is no markdown
  expect(said).toContain('b c https:\\//evil.exampl…');
  expect(clickable(said)).toEqual([]);
});
