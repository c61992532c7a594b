import { expect, test, vi } from 'vitest';
import { startBot } from '../../../bot.ts';
import { type Cell, stylesOf, xlsxOf } from '../../../files/office.ts';
import { saidIn, upload } from './inspected.ts';

// Drawing takes the thread that draws a while on a busy machine, when it does so for the first time.
vi.setConfig({ testTimeout: 60_000 });

const workbook = {
  name: 'sales.xlsx',
  bytes: xlsxOf(
    {
      Cover: [],
      Sales: [['Sales of 2026'], ['day', 'sold', 'password'], ...[46023, 46024, 46025].map(dayAndNumber)],
      'North & South': [
        ['town', 'people'],
        ['Oslo', 717710],
        ['Rome', 2746984],
      ],
    },
    { styles: stylesOf(0, 'dd/mm/yyyy') },
  ),
  contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

function dayAndNumber(number: number, at: number): readonly Cell[] {
  return [{ number, style: 1 }, at + 3, 'Tr0ub4dor&3'];
}

const csv = {
  name: 'sales.csv',
  bytes: new TextEncoder().encode('day,sold\n2026-01-01,3\n2026-01-02,5\n2026-01-03,4\n'),
  contentType: 'text/csv',
};

test('draws a column over another as a picture, and says in words what it shows', async () => {
  await using bot = await startBot();
  const reply = await bot.discord.slash('chart', { file: csv, column: 'sold', over: 'day' });
  const shown = JSON.stringify(reply.message?.components);
  expect(shown).toContain('chart.png');
  expect(reply.content).toContain('A line of sold over day from 2026-01-01 to 2026-01-03; points: 3');
  expect(shown).toMatch(/"description":"[^"]*sold/);
});

test('draws dates and numbers as people write them, and says where it cannot tell the day from the month', async () => {
  await using bot = await startBot();
  const rows = (...days: string[]) => `day,sold\n${days.map((day, at) => `${day},"1,23${at}.50"`).join('\n')}\n`;
  const told = upload('told.csv', rows('31/01/2024', '01/02/2024', '2/2/2024'), 'text/csv');
  const first = await bot.discord.slash('chart', { file: told, column: 'sold', over: 'day' });
  expect(first.content).toContain(
    'A line of sold over day from 2024-01-31 to 2024-02-02; points: 3; the lowest 1230.5, the highest 1232.5',
  );
  expect(first.content).not.toContain('Nothing in day tells');
  const untold = upload('untold.csv', rows('01/02/2024', '03/04/2024'), 'text/csv');
  const second = await bot.discord.slash('chart', { file: untold, column: 'sold', over: 'day' });
  expect(second.content).toContain('from 2024-02-01 to 2024-04-03');
  expect(second.content).toContain('Nothing in day tells whether the day or the month comes first');
});

test('draws a sheet of a workbook, the first that holds anything or the one that is named, over its dates', async () => {
  await using bot = await startBot();
  const first = await bot.discord.slash('chart', { file: workbook, column: 'sold', over: 'day' });
  expect(first.content).toContain('A line of sold over day from 2026-01-01 to 2026-01-03; points: 3');
  expect(first.content).toContain('It is of the sheet Sales; there are: Cover, Sales, North & South');
  for (const sheet of ['north & south', '#3']) {
    const named = await bot.discord.slash('chart', { file: workbook, column: 'people', over: 'town', sheet });
    expect(named.content).toContain('the mean of people for each town; bars: 2; the highest is Rome');
  }
});

test.each([
  ['a sheet that is not there', workbook, 'sold', 'Nowhere', 'There is no sheet Nowhere. There are: Cover, Sales'],
  ['an empty sheet', workbook, 'sold', 'Cover', 'is no table'],
  ['a column of secrets', workbook, 'password', undefined, 'holds secrets'],
  ['a sheet of a text', csv, 'sold', 'Sales', 'has no sheets'],
])('%s is refused in words', async (_, file, column, sheet, sentence) => {
  await using bot = await startBot();
  const reply = await bot.discord.slash('chart', { file, column, ...(sheet && { sheet }) });
  await reply.until((seen) => saidIn(seen).includes(sentence));
});

test('a workbook that unpacks to more than the server allows is not opened', async () => {
  await using bot = await startBot();
  await bot.set('files', { unpackedMegabytes: 1 });
  const rows = Array.from({ length: 40_000 }, (_, at) => [at, 'x'.repeat(20)]);
  const file = { ...workbook, bytes: xlsxOf({ A: [['n', 'x'], ...rows] }) };
  const reply = await bot.discord.slash('chart', { file, column: 'n' });
  await reply.until((seen) => saidIn(seen).includes('more than I may open'));
});

test('a column that is not there is answered with what is', async () => {
  await using bot = await startBot();
  const reply = await bot.discord.slash('chart', { file: csv, column: 'price' });
  await reply.until((seen) => saidIn(seen).includes('price'));
});

test.each([
  ['a column of numbers', 'n', undefined, /A histogram of n from 3 to 5; values: 3/],
  ['a column of words', 'word', undefined, /how often each word comes/],
  ['a pair of numbers', 'n', 'm', /n over m/],
  ['a column in other letters', 'N', undefined, /A histogram of n/],
])('%s is drawn, and its picture is described', async (_, column, over, said) => {
  await using bot = await startBot();
  const file = upload('a.csv', 'n,m,word\n3,1,x\n5,2,y\n4,3,x\n', 'text/csv');
  const reply = await bot.discord.slash('chart', { file, column, ...(over && { over }) });
  expect(reply.content).toMatch(said);
  expect(JSON.stringify(reply.message?.components)).toMatch(/"description":"[^"]*\w/);
});

test.each([
  ['no table', upload('a.txt', 'hello\nworld\n', 'text/plain'), 'n', 'is no table'],
  ['a column of nothing', upload('a.csv', 'n,e\n1,\n2,\n', 'text/csv'), 'e', 'nothing to draw in'],
  ['an empty file', upload('a.csv', '', 'text/csv'), 'n', 'is no table'],
  ['a column of secrets', upload('a.csv', 'n,password\n1,x\n2,y\n', 'text/csv'), 'password', 'holds secrets'],
])('%s is answered with what I draw', async (_, file, column, sentence) => {
  await using bot = await startBot();
  const reply = await bot.discord.slash('chart', { file, column });
  await reply.until((seen) => saidIn(seen).includes(sentence));
});

test('of a large table as much is drawn as the limits of the server allow, and what is left out is said', async () => {
  await using bot = await startBot();
  await bot.set('files', { rows: 1_000 });
  const rows = Array.from({ length: 200_000 }, (_, at) => `${at},${(at * 7919) % 1_000}`).join('\n');
  const file = upload('big.csv', `at,n\n${rows}\n`, 'text/csv');
  const asked = await bot.discord.slash('chart', { file, column: 'n', over: 'at' }, { settle: 'ack' });
  const reply = await asked.until(({ content }) => content !== '', { deadlineMs: 30_000 });
  expect(reply.content).toMatch(/Points of n over at from 0 to \d+; points: [\d,]{3,5}/);
  expect(reply.content).toContain('Only part of it was read');
});

test('hostile names of columns stay in their place', async () => {
  await using bot = await startBot();
  const hostile = '**@everyone** <@1> ](https://evil.example)';
  const file = upload('a.csv', `"${hostile}",m\n1,2\n2,3\n`, 'text/csv');
  const drawn = await bot.discord.slash('chart', { file, column: hostile });
  expect(drawn.content).toContain('A histogram of');
  // Its picture's description is no markdown, so it says the name as it is.
  const texts = JSON.stringify(drawn.message?.components).match(/"content":"(?:[^"\\\\]|\\\\.)*"/g) ?? [];
  expect(texts.join('')).not.toMatch(/\*\*@everyone|[^\\\\]\]\(/);
  expect(JSON.stringify(bot.discord.requests())).not.toMatch(/"allowed_mentions":\{"parse":\[[^\]]/);
  const refused = await bot.discord.slash('chart', { file, column: 'none' });
  await refused.until((seen) => saidIn(seen).includes('There is no column none'));
  expect(saidIn(refused)).not.toContain('**@everyone**');
});
