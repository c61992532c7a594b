import { describe, expect, test } from 'vitest';
import { dateText, kindOfFormat } from '../../../src/workers/inspect/office/number-formats.ts';
import type { Report } from '../../../src/workers/inspect/report.ts';
import { type Cell, pptxOf, stylesOf, xlsxOf } from '../../files/office.ts';
import { factsOf, inspect } from './inspecting.ts';

const tableOf = ({ previews }: Report) => previews.find(({ kind }) => kind === 'table');
const sheet = (rows: readonly (readonly Cell[])[], more?: Parameters<typeof xlsxOf>[1]) =>
  inspect(xlsxOf({ Sales: rows }, more), 'a.xlsx');

describe('a sheet of a workbook', () => {
  test('shows its columns with their types and statistics, as a table of text does', async () => {
    const day = (number: number) => ({ number, style: 1 });
    const report = await sheet(
      [
        ['name', 'age', 'height', 'member', 'joined', 'note'],
        ['Ada', 36, 1.7, { xml: '<c r="D2" t="b"><v>1</v></c>' }, day(45413)],
        ['Alan & T', 41, 0.30000000000000004, { xml: '<c r="D3" t="b"><v>1</v></c>' }, day(45414.5)],
        ['Ada', 42, 2, { xml: '<c r="D4" t="b"><v>0</v></c>' }, day(45415)],
      ],
      { styles: stylesOf(0, 'dd/mm/yyyy') },
    );
    expect(factsOf(report, 'tableSheet')).toEqual([{ name: 'Sales', rows: 3, columns: 6 }]);
    expect(factsOf(report, 'columnTextMost')).toEqual([
      { name: 'name', distinct: '2', empty: 0, most: 'Ada', times: 2 },
    ]);
    expect(factsOf(report, 'columnNumbers')).toMatchObject([
      { name: 'age', distinct: '3', empty: 0, min: '36', max: '42', mean: '39.6667' },
      { name: 'height', min: '0.3', max: '2' },
    ]);
    expect(factsOf(report, 'columnBooleans')).toMatchObject([{ name: 'member', most: 'true', times: 2 }]);
    expect(factsOf(report, 'columnDates')).toMatchObject([{ name: 'joined', min: '2024-05-01', max: '2024-05-03' }]);
    expect(factsOf(report, 'columnEmpty')).toMatchObject([{ name: 'note', empty: 3 }]);
    expect(tableOf(report)).toMatchObject({
      columns: ['name', 'age', 'height', 'member', 'joined', 'note'],
      rows: [
        ['Ada', '36', '1.7', 'true', '2024-05-01', ''],
        ['Alan & T', '41', '0.3', 'true', '2024-05-02 12:00:00', ''],
        ['Ada', '42', '2', 'false', '2024-05-03', ''],
      ],
    });
    expect(report.findings).toEqual([]);
  });

  test('is read where cells are left out, texts are in pieces and the names have prefixes', async () => {
    const files = {
      'xl/sharedStrings.xml':
        '<x:sst xmlns:x="x"><x:si><x:t>when</x:t></x:si><x:si><x:r><x:t>how </x:t></x:r><x:r><x:t xml:space="preserve">many</x:t></x:r><x:rPh><x:t>no</x:t></x:rPh></x:si></x:sst>',
      'xl/worksheets/sheet1.xml':
        '<x:worksheet xmlns:x="x"><!-- <row> --><x:sheetData><x:row><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c t=\'s\' r=\'C1\'><x:v>1</x:v></x:c></x:row>' +
        '<x:row/><x:row><x:c r="A3" s="1"/><x:c r="C3"><x:v>7</x:v></x:c></x:row><x:row><x:c r="A4" t="inlineStr"><x:is><x:t><![CDATA[<a>]]></x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>',
    };
    expect(tableOf(await sheet([], { files }))).toMatchObject({
      columns: ['when', '#2', 'how many'],
      rows: [
        ['', '', '7'],
        ['<a>', '', ''],
      ],
    });
  });

  test('a title above the table is no heading, and without a heading the first row counts', async () => {
    const titled = await sheet([['Sales of 2024'], [], ['day', 'sold'], ['Monday', 3], ['Tuesday', 5]]);
    expect(factsOf(titled, 'tableSheet')).toMatchObject([{ rows: 2, columns: 2 }]);
    expect(factsOf(titled, 'columnNumbers')).toMatchObject([{ name: 'sold', min: '3' }]);
    const bare = await sheet([
      [1, 2],
      [3, 4],
    ]);
    expect(factsOf(bare, 'tableSheet')).toMatchObject([{ rows: 2, columns: 2 }]);
    expect(tableOf(bare)).toMatchObject({ columns: ['#1', '#2'] });
  });

  test('an empty sheet is named, and the next one that holds anything is told of', async () => {
    const report = await inspect(xlsxOf({ Cover: [], Sales: [['day'], [1]] }), 'a.xlsx');
    expect(factsOf(report, 'sheet')).toMatchObject([{ name: 'Cover' }, { name: 'Sales' }]);
    expect(factsOf(report, 'tableSheet')).toMatchObject([{ name: 'Sales', rows: 1 }]);
  });

  test('hides columns whose names say that they hold secrets, and what is most in them', async () => {
    const report = await sheet([
      ['user', 'password'],
      ['ada', 'Tr0ub4dor&3'],
      ['alan', 'Tr0ub4dor&3'],
    ]);
    expect(factsOf(report, 'columnHidden')).toMatchObject([{ name: 'password' }]);
    expect(report.secrets).toEqual(['password']);
    expect(JSON.stringify(report)).not.toContain('Tr0ub4dor');
  });

  test('masks secrets before it cuts what is shown, and finds them behind the rows that are', async () => {
    const token = `ghp_${'a1B2'.repeat(9)}`;
    const address = 'postgres://someone:Sup3rS3cretPassphrase@db.example/orders?sslmode=require';
    const rows = Array.from({ length: 50 }, (_, at) => [at === 40 ? `use ${token}` : address, at]);
    const report = await sheet([['where', 'n'], ...rows]);
    expect(new Set(report.secrets)).toEqual(new Set(['githubToken', 'connectionString']));
    expect(JSON.stringify(report)).not.toMatch(/Sup3r|a1B2/);
  });

  test.each([
    ['xl/comments1.xml', 'comment', 't'],
    ['xl/threadedComments/threadedComment1.xml', 'threadedComment', 'text'],
    ['ppt/notesSlides/notesSlide1.xml', 'p', 't'],
    ['ppt/comments/comment1.xml', 'cm', 'text'],
  ])('what people wrote beside is searched: %s', async (path, note, text) => {
    const token = `ghp_${'a1B2'.repeat(9)}`;
    const notes = [`see https://discord-nitro.example/a`, `use </${text}><${text}>${token}`, 'and no more'];
    const xml = notes.map((one) => `<${note}><${text}>${one}</${text}></${note}>`).join('');
    const files = { [path]: `<x:all xmlns:x="x">${xml}</x:all>` };
    const bytes = path.startsWith('xl') ? xlsxOf({ a: [['a', 'b']] }, { files }) : pptxOf([{ inside: '' }], { files });
    const report = await inspect(bytes, path.startsWith('xl') ? 'a.xlsx' : 'a.pptx');
    expect(report.secrets).toEqual(['githubToken']);
    expect(report.links).toEqual(['https://discord-nitro.example/a']);
    expect(JSON.stringify(report)).not.toContain(token);
  });

  test.for([
    [
      'a text that sheets share',
      [['note'], ...Array.from({ length: 60 }, (_, at) => [at === 40 ? `use ghp_${'a1B2'.repeat(9)}` : 'none'])],
      'githubToken',
    ],
    [
      'a column that is called so',
      [
        ['user', 'password'],
        ['ada', 'hunter22'],
      ],
      'password',
    ],
    [
      'a text of its own',
      [
        ['note'],
        ...Array.from({ length: 60 }, (_, at) => [
          at === 40 ? { formula: 'A1', shown: `ghp_${'a1B2'.repeat(9)}` } : 'none',
        ]),
      ],
      'githubToken',
    ],
  ] as const)('a sheet that is not told of is searched: %s', async ([, rows, kind]) => {
    const report = await inspect(xlsxOf({ Told: [['day'], [1]], _Other: rows }), 'a.xlsx');
    expect(factsOf(report, 'tableSheet')).toMatchObject([{ name: 'Told' }]);
    expect(report.secrets).toEqual([kind]);
    expect(JSON.stringify(report)).not.toMatch(/a1B2|hunter22/);
  });

  test('dates and numbers that are written as texts are what they are', async () => {
    const report = await sheet([
      ['when', 'price'],
      ['31/01/2024', '1,234.50'],
      ['01/02/2024', '7'],
    ]);
    expect(factsOf(report, 'columnDates')).toMatchObject([{ min: '2024-01-31', max: '2024-02-01' }]);
    expect(factsOf(report, 'columnNumbers')).toMatchObject([{ min: '7', max: '1234.5' }]);
  });

  test('rows beyond the limit are left out, and the rest is told', async () => {
    const rows = Array.from({ length: 3_000 }, (_, at) => [at, at % 7]);
    const report = await inspect(xlsxOf({ A: [['id', 'n'], ...rows] }), 'a.xlsx', { rows: 1_000 });
    expect(report.limits).toMatchObject([{ limit: 'rows', allowed: 1_000 }]);
    expect(factsOf(report, 'columnNumbers')).toMatchObject([{ name: 'id' }, { name: 'n', max: '6' }]);
  });

  test('what is not as Excel would write it ends within its bounds', async () => {
    const wide = { xml: '<c r="XFD1"><v>1</v></c><c r="ZZZZ1"><v>2</v></c><c r="A1" t="s"><v>99</v></c>' };
    const lost = '<row><c r="A2"><v>3</v><c><v></row><row><c t="s"><v>-1</v></c></row></sheetData>';
    const report = await sheet([[wide], [1, { xml: `${lost}<row>` }]]);
    expect(factsOf(report, 'tableSheet')).toMatchObject([{ columns: 16_384 }]);
    const files = {
      'xl/sharedStrings.xml': `<sst><si><t>${'<!---->'.repeat(200_000)}x</t></si></sst>`,
      'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${'<row><c t="s"><v>0</v></c></row>'.repeat(200_000)}</sheetData></worksheet>`,
    };
    const slow = await inspect(xlsxOf({ A: [] }, { files }), 'a.xlsx', { milliseconds: 500 });
    expect(slow.limits).toMatchObject([{ limit: 'milliseconds' }]);
  });
});

test.each([
  ['yyyy-mm-dd', 'date'],
  ['[$-409]d-mmm-yy;@', 'date'],
  ['mmm', 'date'],
  ['h:mm AM/PM', 'time'],
  ['[h]:mm:ss', 'time'],
  ['General', undefined],
  ['0.00E+00', undefined],
  ['#,##0 "days"', undefined],
  ['[Red]-0.0;[Yellow]d', undefined],
  ['\\d0', undefined],
] as const)('the format %s is one of %s', (format, kind) => {
  expect(kindOfFormat(format)).toBe(kind);
});

test.each([
  [1, 'date', false, '1900-01-01'],
  [61, 'date', false, '1900-03-01'],
  [45413, 'date', false, '2024-05-01'],
  [45413.999999, 'date', false, '2024-05-02'],
  [43951, 'date', true, '2024-05-01'],
  [0.5, 'date', false, '12:00:00'],
  [1.25, 'time', false, '30:00:00'],
  [-1, 'date', false, undefined],
  [Number.NaN, 'date', false, undefined],
  [3e9, 'date', false, undefined],
] as const)('%d as a %s (from 1904: %s) is %s', (serial, kind, from1904, text) => {
  expect(dateText(serial, kind, from1904)).toBe(text);
});
