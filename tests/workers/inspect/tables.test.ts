import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numberOf } from '../../../src/workers/inspect/cell-values.ts';
import { readCsv } from '../../../src/workers/inspect/csv.ts';
import { tableOf } from '../../files/text.ts';
import { factsOf, findingOf, inspect } from './inspecting.ts';

function rowsOf(text: string, delimiter: ',' | ';' = ',') {
  const rows: string[][] = [];
  let row: string[] = [];
  const end = readCsv(text, delimiter, {
    field: (_index, source, start, stop) => void row.push(source.slice(start, stop)),
    row: () => {
      rows.push(row);
      row = [];
      return true;
    },
  });
  return { rows, ...end };
}

describe('a table', () => {
  test('shows its columns with their types and statistics, its rows and a sample', async () => {
    const report = await inspect(
      'name,age,height,member,joined,note\nAda,36,1.7,true,2024-05-01,\n"Alan, T",41,2,true,2024-05-02T10:00:00Z,\nAda,42,n/a,false,2024-05-03,\n',
      'people.csv',
    );
    expect(report).toMatchObject({ type: 'csv', mime: 'text/csv' });
    expect(factsOf(report, 'tableComma')).toEqual([{ rows: 3, columns: 6 }]);
    expect(factsOf(report, 'columnTextMost')).toEqual(
      [
        { name: 'name', distinct: '2', empty: 0, most: 'Ada', times: 2 },
        { name: 'height', distinct: '3', empty: 0, most: '1.7', times: 1 },
      ].slice(0, 1),
    );
    expect(factsOf(report, 'columnNumbers')).toEqual([
      { name: 'age', distinct: '3', empty: 0, min: '36', max: '42', mean: '39.6667' },
    ]);
    expect(factsOf(report, 'columnBooleans')).toEqual([
      { name: 'member', distinct: '2', empty: 0, most: 'true', times: 2 },
    ]);
    expect(factsOf(report, 'columnDates')).toMatchObject([{ name: 'joined', min: '2024-05-01', max: '2024-05-03' }]);
    expect(factsOf(report, 'columnEmpty')).toMatchObject([{ name: 'note', empty: 3 }]);
    expect(report.previews).toEqual([
      {
        kind: 'table',
        columns: ['name', 'age', 'height', 'member', 'joined', 'note'],
        rows: [
          ['Ada', '36', '1.7', 'true', '2024-05-01', ''],
          ['Alan, T', '41', '2', 'true', '2024-05-02T10:00:00Z', ''],
          ['Ada', '42', 'n/a', 'false', '2024-05-03', ''],
        ],
      },
    ]);
  });

  test.for([
    [',', 'tableComma'],
    ['\t', 'tableTab'],
    [';', 'tableSemicolon'],
    ['|', 'tableBar'],
  ] as const)('cut by %j is one whatever its name', async ([delimiter, code]) => {
    const row = ['a', 'b', 'c'].join(delimiter);
    expect(factsOf(await inspect(`${row}\n${row}\n${row}\n`), code)).toEqual([{ rows: 2, columns: 3 }]);
  });

  test('of one column needs a name that says so', async () => {
    expect(factsOf(await inspect('id\n1\n2\n', 'ids.csv'), 'tableComma')).toEqual([{ rows: 2, columns: 1 }]);
    expect((await inspect('id\n1\n2\n', 'ids.txt')).type).toBe('text');
  });

  test('without a heading counts its first row, and its columns have numbers for names', async () => {
    const report = await inspect('1,2\n3,4\n5,6\n', 'a.csv');
    expect(factsOf(report, 'tableComma')).toEqual([{ rows: 3, columns: 2 }]);
    expect(factsOf(report, 'columnNumbers')).toMatchObject([{ name: '#1', min: '1', max: '5' }, { name: '#2' }]);
  });

  test('a few values that are no numbers do not hide what the others are', async () => {
    const rows = Array.from({ length: 100 }, (_, at) => (at === 50 ? 'n/a' : at)).join('\n');
    expect(factsOf(await inspect(`x,y\n${rows.replaceAll('\n', ',z\n')},z\n`), 'columnNumbersMixed')).toMatchObject([
      { name: 'x', min: '0', max: '99', odd: 1 },
    ]);
  });

  test('numbers with a decimal comma are numbers where commas do not separate', async () => {
    expect(factsOf(await inspect('a;b\n1,5;x\n2,5;y\n', 'a.csv'), 'columnNumbers')).toMatchObject([{ mean: '2' }]);
  });

  test.for([
    ['points between them', ['13.02.2024', '01.03.2024'], 'columnDates', '2024-02-13', '2024-03-01'],
    ['points, whatever comes first', ['01.02.2024', '02.01.2024'], 'columnDates', '2024-01-02', '2024-02-01'],
    ['a day behind the month', ['02/01/2024', '01/13/2024'], 'columnDates', '2024-01-13', '2024-02-01'],
    ['a day before the month', ['01/02/2024', '31/1/2024'], 'columnDates', '2024-01-31', '2024-02-01'],
    ['dashes', ['01-02-2024', '31-01-2024'], 'columnDates', '2024-01-31', '2024-02-01'],
    ['a time', ['02/13/2024 3:04 PM', '02/13/2024 12:00 AM'], 'columnDates', '2024-02-13', '2024-02-13T15:04:00Z'],
    ['ISO dates among them', ['2024-01-05', '31/01/2024'], 'columnDates', '2024-01-05', '2024-01-31'],
    ['nothing to tell the order by', ['01/02/2024', '04/03/2024'], 'columnDatesUnclear', '2024-02-01', '2024-03-04'],
    ['the same in both orders', ['05/05/2024', '06/06/2024'], 'columnDates', '2024-05-05', '2024-06-06'],
  ] as const)('dates are dates with %s', async ([, values, code, min, max]) => {
    const report = await inspect(`id,when\n${values.map((value, at) => `${at},${value}`).join('\n')}\n`, 'a.csv');
    expect(factsOf(report, code)).toMatchObject([{ name: 'when', min, max }]);
  });

  test.for([
    ['days of both orders', ['13/01/2024', '01/13/2024']],
    ['a day that no month has', ['30/02/2024', '01/02/2024']],
    ['addresses of the internet', ['192.168.100.200', '192.168.100.201']],
    ['versions', ['1.2.3', '1.234.5']],
    ['groups that are none', ['1,23,456', '12,3456']],
  ] as const)('%s are texts', async ([, values]) => {
    const report = await inspect(`id,what\n${values.map((value, at) => `${at},"${value}"`).join('\n')}\n`, 'a.csv');
    expect(factsOf(report, 'columnUnique')).toMatchObject([{ name: 'what' }]);
  });

  test.for(['en-US', 'de-DE', 'fr-FR', 'de-CH'])('numbers as people write them in %s are numbers', async (locale) => {
    const numbers = [1_234.5, 7, -1_234_567.25, 12, 1_000];
    const rows = numbers.map((number, at) => `${at};"${number.toLocaleString(locale).replace('−', '-')}"`);
    for (const delimiter of [',', ';']) {
      const text = `id;price\n${rows.join('\n')}\n`.replaceAll(';', delimiter);
      const [, price] = factsOf(await inspect(text, 'a.csv'), 'columnNumbers');
      expect([delimiter, price]).toMatchObject([delimiter, { name: 'price', min: '-1234570', max: '1234.5' }]);
    }
  });

  test.for([
    [',', ['1,234', '56'], '645'],
    [',', ['1,5', '2,5'], '2'],
    [';', ['1,234', '1,236'], '1.235'],
    [',', ['1.234', '1.236'], '1.235'],
    [';', ['1.234', '1.234,5'], '1234.25'],
    [';', ['1,234', '1,234,566'], '617900'],
    [',', ['1 234', '1 236'], '1235'],
  ] as const)(
    'between %s what a sign in a number means is told by the column: %j',
    async ([delimiter, values, mean]) => {
      const rows = values.map((value) => ['x', `"${value}"`].join(delimiter));
      const report = await inspect(`${['name', 'price'].join(delimiter)}\n${rows.join('\n')}\n`, 'a.csv');
      expect(factsOf(report, 'columnNumbers')).toMatchObject([{ name: 'price', mean }]);
    },
  );

  test('a first row with such a date or number is no heading', async () => {
    for (const first of ['x,01.02.2024', 'x,"1,234"'])
      expect(factsOf(await inspect(`${first}\n${first}\n`, 'a.csv'), 'tableComma')).toEqual([{ rows: 2, columns: 2 }]);
  });

  test('rows of another length, misplaced and unclosed quotes are counted and placed', async () => {
    expect(findingOf(await inspect(`a,b\n${'1,2\n'.repeat(60)}1,2,3\n1\n`, 'a.csv'), 'ragged-rows')).toEqual({
      count: 2,
    });
    expect(findingOf(await inspect('a,b\n"x"y,2\n3,4\n', 'a.csv'), 'misplaced-quotes')).toEqual({ count: 1 });
    const open = await inspect(`a,b\n1,2\n"never closed,4\n${'5,6\n'.repeat(50)}`, 'a.csv');
    expect(findingOf(open, 'unclosed-quote')).toMatchObject({ line: 3 });
    expect(factsOf(open, 'tableComma')).toEqual([{ rows: 52, columns: 2 }]);
  });

  test('prose with commas, and a program indented with tabs, are none', async () => {
    const prose = 'Dear all,\nthis is prose, with commas, and more.\nNo table, really.\nBye\n';
    expect((await inspect(prose)).type).toBe('text');
    const letter = 'Dear Ada, how are you?\nI was in Rome, where it rained.\nWrite soon, please.\n';
    expect((await inspect(letter)).type).toBe('text');
    expect((await inspect(letter, 'letter.csv')).type).toBe('csv');
    expect((await inspect("import a from 'a';\nimport b from 'b';\nexport { a, b };\n")).type).toBe('text');
    expect((await inspect(`func main() {\n${'\tcall()\n'.repeat(40)}}\n`)).type).toBe('text');
  });

  test.for(['city, people\nRome, 2746984\nOslo, 717710\n', 'who,where\nAda,London\nAlan,Bletchley\n'])(
    'two columns are enough for a table: %j',
    async (table) => expect((await inspect(table)).type).toBe('csv'),
  );

  test('beyond the limit of rows what was read is told', async () => {
    const report = await inspect(`a,b\n${'1,2\n'.repeat(5_000)}`, 'a.csv', { rows: 2_000 });
    expect(report.limits).toMatchObject([{ limit: 'rows', allowed: 2_000 }]);
    expect(factsOf(report, 'columnNumbers')).toMatchObject([{ min: '1' }, { min: '2' }]);
  });

  test('many different values are counted up to a thousand', async () => {
    const [id] = factsOf(await inspect(tableOf(200_000), 'a.csv'), 'columnNumbers');
    expect(id).toMatchObject({ name: 'id', distinct: '1000+', min: '0' });
  });
});

describe('the reader of tables', () => {
  test('gives back what a writer wrote, quotes, delimiters and line ends in fields included', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', ' ', 'é'), maxLength: 8 });
    const row = fc.array(field, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), fc.constantFrom('\n', '\r\n'), (rows, lineEnd) => {
        const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
        const text = rows.map((one) => one.map(quoted).join(',')).join(lineEnd);
        expect(rowsOf(text)).toEqual({ rows, whole: true, misplaced: 0 });
      }),
      { numRuns: 500 },
    );
  });

  test('takes quotes inside of plain fields as they are', () => {
    expect(rowsOf('a "b" c,d\n5" disk,"e"\n').rows).toEqual([
      ['a "b" c', 'd'],
      ['5" disk', 'e'],
    ]);
  });

  test('a first line that names the delimiter is no row', async () => {
    expect(factsOf(await inspect('sep=;\na;b\n1;2\n', 'a.csv'), 'tableSemicolon')).toEqual([{ rows: 1, columns: 2 }]);
  });
});

test('numbers are read as the runtime reads them; names made of digits are none', () => {
  const read = (text: string) => numberOf(text, 0, text.length, false);
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }), (number) => {
      expect(read(String(number))).toBeCloseTo(number, 9);
    }),
  );
  expect(['007', '1234567890123456789', '1-2', '', '-', '.', '1e', '1.2.3', '0x10'].map(read)).toEqual(
    new Array(9).fill(Number.NaN),
  );
  expect(['0', '-0.5', '+7', '.5', '5.', '1e3', '0.1234567890123456789'].map(read)).toEqual([
    0, -0.5, 7, 0.5, 5, 1_000, 0.12345678901234568,
  ]);
});
