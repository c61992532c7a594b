import { describe, expect, test } from 'vitest';
import { Budget, type Limits } from '../../../src/workers/inspect/budget.ts';
import { openFile } from '../../../src/workers/inspect/open-file.ts';
import { levelOf, type Report } from '../../../src/workers/inspect/report.ts';
import { bookOf, cfbOf, moduleOf, ole10Native, vbaProject } from '../../files/cfb.ts';
import { mutated, truncated } from '../../files/mutated.ts';
import { docxOf, field, packageOf, paragraphs, pptxOf, type Related, rels, xlsxOf } from '../../files/office.ts';
import { randomOf } from '../../files/random.ts';
import { LIMITS } from './inspecting.ts';

function open(bytes: Uint8Array, limits: Partial<Limits> = {}): Promise<Report> {
  return openFile({ name: 'paper', declared: '', bytes }, new Budget({ ...LIMITS, ...limits }));
}

function codes({ findings }: Report): string[] {
  return findings.map(({ code, level }) => `${code} ${level}`);
}

async function codesOf(bytes: Uint8Array): Promise<string[]> {
  return codes(await open(bytes));
}

function valuesOf({ facts }: Report): Record<string, unknown> {
  return Object.fromEntries(facts.map(({ label, params }) => [label, params.value ?? params]));
}

const external = (type: string, target: string): Related => ({ id: 'x1', type, target, external: true });
const program = Uint8Array.from(
  { length: 300 },
  (_, at) => [0x4d, 0x5a][at] ?? (at === 0x3c ? 0x80 : at === 0x80 ? 0x50 : at === 0x81 ? 0x45 : 0),
);

describe('text documents', () => {
  test('a plain one: title, author, text, and nothing against it', async () => {
    const report = await open(docxOf(paragraphs('Hello & welcome', 'to the <colony>')));
    expect(report).toMatchObject({
      type: 'docx',
      findings: [],
      limits: [],
      previews: [{ kind: 'text', text: 'Hello & welcome\nto the <colony>' }],
    });
    expect(valuesOf(report)).toEqual({ title: 'On penguins', author: 'Some One' });
    expect(levelOf(report)).toBe('safe');
  });

  test('letters by their number and by name are read, names that a document makes up are not', async () => {
    const report = await open(
      docxOf('<w:p><w:r><w:t>&#72;&#x49; &lt;b&gt; &quot;&apos; &amp;amp; &x; <![CDATA[& <]]></w:t></w:r></w:p>'),
    );
    expect(report.previews).toMatchObject([{ text: 'HI <b> "\' &amp; &x; & <' }]);
  });

  test('links and what they are shown as', async () => {
    const body =
      '<w:p><w:hyperlink r:id="x1"><w:r><w:t>https://disc</w:t></w:r><w:r><w:t>ord.com</w:t></w:r></w:hyperlink></w:p>';
    const report = await open(docxOf(body, { related: [external('hyperlink', 'https://evil.example/?a=1&b=2')] }));
    expect(report.findings).toEqual([
      { code: 'link-masked', level: 'dangerous', params: { shown: 'discord.com', domain: 'evil.example' } },
    ]);
    expect(report.links).toEqual(['https://evil.example/?a=1&b=2', 'https://discord.com']);
  });

  test.each([
    ['a link as a field', 'HYPERLINK "https://evil.example/"', 'https://paypal.com', 'link-masked dangerous'],
    [
      'a link behind words',
      'HYPERLINK "https://evil.example/"',
      '\u{1f381} Click: paypal\u3002com',
      'link-masked dangerous',
    ],
    ['another program', 'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"', '!', 'dde dangerous'],
    ['another program, asked for quietly', '  dde "excel" "x"', '', 'dde dangerous'],
    ['a picture from elsewhere', 'INCLUDEPICTURE "https://track.example/a.png" \\d', '', 'remote-picture careful'],
    ['a text from elsewhere', 'INCLUDETEXT "https://evil.example/a.docx"', '', 'remote-object dangerous'],
  ])('%s', async (_, instruction, shown, code) => {
    expect(await codesOf(docxOf(field(instruction, shown)))).toEqual([code]);
  });

  test('an instruction in headers, and one that is never closed', async () => {
    const files = {
      'word/header1.xml':
        '<w:hdr xmlns:w="w"><w:fldChar w:fldCharType="begin"/><w:instrText>DDE x</w:instrText></w:hdr>',
    };
    expect(await codesOf(docxOf(paragraphs('Hello'), { files }))).toEqual(['dde dangerous']);
  });

  test.each([
    ['attachedTemplate', 'https://evil.example/a.dotm', ['remote-template dangerous']],
    ['attachedTemplate', '\\\\evil.example\\share\\a.dotm', ['remote-template dangerous']],
    ['attachedTemplate', 'file:///C:\\Users\\me\\Normal.dotm', []],
    ['oleObject', 'https://evil.example/a.html!', ['remote-object dangerous']],
    [
      'oleObject',
      'mhtml:https://evil.example/a.html!x-usc:https://evil.example/a.html',
      ['remote-object dangerous', 'link-scheme dangerous'],
    ],
    ['frame', 'https://evil.example/a', ['remote-object dangerous']],
    ['image', 'https://track.example/a.png', ['remote-picture careful']],
  ])('%s from %s', async (type, target, found) => {
    const settings = { 'word/_rels/settings.xml.rels': rels(external(type, target)) };
    const findings = await codesOf(docxOf(paragraphs('Hello'), { files: settings }));
    expect(findings).toEqual(found);
  });

  test.each([
    ['that start by themselves', 'Private Sub Document_Open()\r\nMsgBox 1\r\nEnd Sub', 'macros-start dangerous'],
    ['of an old name', "Sub AutoOpen()\r\n' hello\r\nEnd Sub", 'macros-start dangerous'],
    ['that start programs', 'Sub Hello()\r\nShell "calc"\r\nEnd Sub', 'macros-suspicious dangerous'],
    ['that do little', 'Sub Hello()\r\nMsgBox 1\r\nEnd Sub', 'macros careful'],
  ])('macros %s', async (_, source, code) => {
    const files = { 'word/vbaProject.bin': vbaProject(source) };
    expect(await codesOf(docxOf(paragraphs('Hello'), { files }))).toEqual([code]);
  });

  test('macros without any code are none', async () => {
    const files = { 'word/vbaProject.bin': vbaProject("Option Explicit\r\n' nothing") };
    expect(await codesOf(docxOf(paragraphs('Hello'), { files }))).toEqual([]);
  });

  test('macros under another name, found by what is said of them', async () => {
    const related = [{ id: 'm', type: 'vbaProject', target: 'media/image1.png' }];
    const files = { 'word/media/image1.png': vbaProject('Sub AutoOpen()\r\nx = 1\r\nEnd Sub') };
    expect(await codesOf(docxOf(paragraphs('Hello'), { related, files }))).toEqual(['macros-start dangerous']);
  });

  test('macros whose source was taken away', async () => {
    const files = { 'word/vbaProject.bin': cfbOf({ 'VBA/dir': 'x', 'VBA/Module1': 'compiled only' }) };
    expect(await codesOf(docxOf(paragraphs('Hello'), { files }))).toEqual(['macros-hidden dangerous']);
  });

  test('addresses in macros are judged', async () => {
    const files = { 'word/vbaProject.bin': vbaProject('Sub A()\r\nu = "http://203.0.113.9/a.exe"\r\nEnd Sub') };
    expect((await open(docxOf(paragraphs('Hello'), { files }))).links).toEqual(['http://203.0.113.9/a.exe']);
  });

  test('what lies in it is opened: a program in an object, and a workbook for a chart that is nobody’s concern', async () => {
    const files = {
      'word/embeddings/oleObject1.bin': cfbOf({ '\u0001Ole10Native': ole10Native('invoice.exe', program) }),
      'word/embeddings/Microsoft_Excel_Sheet1.xlsx': xlsxOf({ Data: [['a', 1]] }),
    };
    const { findings } = await open(docxOf(paragraphs('Hello'), { files }));
    expect(findings.filter(({ level }) => level === 'dangerous').length).toBeGreaterThan(0);
    expect(findings.find(({ level }) => level === 'dangerous')?.params.inFile).toContain('invoice.exe');
    expect(findings.filter(({ params }) => String(params.inFile ?? params.file).includes('xlsx'))).toEqual([]);
  });
});

describe('workbooks', () => {
  test('sheets, rows, and the first rows as a table', async () => {
    const rows = Array.from({ length: 100 }, (_, at) => [`name ${at}`, at, { formula: 'A1+1' }] as const);
    const report = await open(xlsxOf({ 'Pay & more': [['name', 'age', 'next'], ...rows], _secret: [['x']] }));
    expect(report).toMatchObject({ type: 'xlsx', findings: [], limits: [] });
    expect(report.facts.slice(0, 3)).toEqual([
      { label: 'sheet', code: 'sheet', params: { name: 'Pay & more', rows: 101 } },
      { label: 'sheet', code: 'sheetHidden', params: { name: '_secret', rows: 1 } },
      { label: 'table', code: 'tableSheet', params: { name: 'Pay & more', rows: 100, columns: 3 } },
    ]);
    const [table] = report.previews;
    expect(table).toMatchObject({ kind: 'table', columns: ['name', 'age', 'next'] });
    expect(table?.kind === 'table' && table.rows.slice(0, 2)).toEqual([
      ['name 0', '0', 'x'],
      ['name 1', '1', 'x'],
    ]);
  });

  test('too many rows are said to be too many', async () => {
    const rows = Array.from({ length: 100 }, (_, at) => [at]);
    const report = await open(xlsxOf({ A: rows }), { rows: 50 });
    expect(report.limits).toEqual([{ limit: 'rows', allowed: 50, seen: 100 }]);
  });

  test('links in cells and in formulas', async () => {
    const related = { A: [external('hyperlink', 'https://evil.example/')] };
    const tail = '<hyperlinks><hyperlink ref="A1" r:id="x1" display="https://discord.com/x"/></hyperlinks>';
    const cells: readonly (readonly [string, { formula: string }])[] = [
      ['a', { formula: 'HYPERLINK("https://d1scord.com/?a=1&b","go")' }],
    ];
    const report = await open(xlsxOf({ A: cells }, { related, tail }));
    expect(codes(report).sort()).toEqual(['link-lookalike dangerous', 'link-masked dangerous']);
    expect(report.links).toContain('https://d1scord.com/?a=1&b');
  });

  test('what a cell shows is held against where it leads, in every sheet', async () => {
    const related = { B: [external('hyperlink', 'https://evil.example/')] };
    const tail = '<hyperlinks><hyperlink ref="B2:B2" r:id="x1"/></hyperlinks>';
    const leading = (shown: string) => xlsxOf({ A: [['a']], B: [['a'], ['b', shown]] }, { related, tail });
    expect(codes(await open(leading('Click: discord.com/nitro')))).toEqual(['link-masked dangerous']);
    expect(codes(await open(leading('see chapter 3.2 of report.pdf')))).toEqual([]);
    const formula = { formula: 'HYPERLINK("https://evil.example/?a=1&b=2",C1)', shown: 'discord\u3002com' };
    expect(codes(await open(xlsxOf({ A: [['a']], B: [[formula]] })))).toEqual(['link-masked dangerous']);
  });

  test('a long sheet is counted and shown as far as it is read', async () => {
    const row = `<row><c t="inlineStr"><is><t>${'x'.repeat(200)}</t></is></c></row>`;
    const files = {
      'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${row.repeat(150_000)}</sheetData></worksheet>`,
    };
    const report = await open(xlsxOf({ A: [] }, { files }));
    expect(report.limits).toMatchObject([{ limit: 'bytesOut', allowed: 32_000_000 }]);
    expect(report.previews).toMatchObject([{ kind: 'table' }]);
    expect(report.facts[0]?.params.rows).toBeGreaterThan(100_000);
  });

  test('a sheet with a document type is broken', async () => {
    const files = {
      'xl/worksheets/sheet1.xml': '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet>&b;</worksheet>',
    };
    expect(await codesOf(xlsxOf({ A: [] }, { files }))).toEqual(['broken careful']);
  });

  test.each([
    ['macros of the old kind', { 'xl/macrosheets/sheet1.xml': '<x/>' }, 'macros-old dangerous'],
    [
      'another program',
      {
        'xl/externalLinks/externalLink1.xml':
          '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>',
      },
      'dde dangerous',
    ],
    [
      'a query',
      {
        'xl/connections.xml':
          '<connections><connection><webPr url="https://evil.example/q"/></connection></connections>',
      },
      'remote-data careful',
    ],
    [
      'data from a share',
      {
        'xl/externalLinks/_rels/externalLink1.xml.rels': rels(external('externalLinkPath', '\\\\evil.example\\a.xlsx')),
      },
      'remote-data careful',
    ],
    ['controls', { 'xl/activeX/activeX1.bin': 'x' }, 'active-x careful'],
  ])('%s', async (_, files, code) => {
    expect(await codesOf(xlsxOf({ A: [['a']] }, { files }))).toContain(code);
  });
});

describe('slides', () => {
  test('their text in their order, and their number', async () => {
    const slide = (text: string) => ({ inside: `<a:p><a:r><a:t>${text}</a:t></a:r></a:p>` });
    const report = await open(pptxOf(Array.from({ length: 11 }, (_, at) => slide(`Slide ${at + 1}`))));
    expect(report).toMatchObject({ type: 'pptx', findings: [], facts: [{ label: 'slides', params: { value: 11 } }] });
    const [text] = report.previews;
    expect(text?.kind === 'text' && text.text.split('\n').slice(0, 11)).toEqual(
      Array.from({ length: 11 }, (_, at) => `Slide ${at + 1}`),
    );
  });

  test('links, and what a touch starts', async () => {
    const related = [external('hyperlink', 'https://evil.example/'), { ...external('hyperlink', 'cmd.exe'), id: 'x2' }];
    const inside =
      '<a:p><a:r><a:rPr><a:hlinkClick r:id="x1"/></a:rPr><a:t>https://github.com</a:t></a:r></a:p>' +
      '<p:cNvPr><a:hlinkHover r:id="x2" action="ppaction://program"/></p:cNvPr>';
    const report = await open(pptxOf([{ inside, related }]));
    expect(codes(report)).toContain('slide-runs dangerous');
    expect(codes(report)).toContain('link-masked dangerous');
    const behindWords = inside.replace('https://github.com', 'Click: git\u200bhub.com/login');
    expect(codes(await open(pptxOf([{ inside: behindWords, related }])))).toContain('link-masked dangerous');
  });
});

describe('older documents', () => {
  const summary = () => {
    const view = new DataView(new ArrayBuffer(120));
    view.setUint32(44, 48, true);
    view.setUint32(52, 2, true);
    for (const [index, [id, offset]] of [
      [2, 30],
      [4, 50],
    ].entries()) {
      view.setUint32(56 + index * 8, id ?? 0, true);
      view.setUint32(60 + index * 8, offset ?? 0, true);
    }
    const put = (at: number, text: string) => {
      view.setUint32(at, 0x1e, true);
      view.setUint32(at + 4, text.length + 1, true);
      for (let index = 0; index < text.length; index++) view.setUint8(at + 8 + index, text.charCodeAt(index));
    };
    put(78, 'Penguins');
    put(98, 'Some One');
    return new Uint8Array(view.buffer);
  };

  test('a container of a program that nobody here knows is not called safe', async () => {
    expect(codes(await open(cfbOf({ 'Contents/Tables': new Uint8Array(600) })))).toEqual(['parts-unseen unseen']);
    expect(codes(await open(cfbOf({ Workbook: bookOf([{ name: 'One' }]) })))).toEqual([]);
  });

  test('title and author, sheets, and nothing against it', async () => {
    const report = await open(
      cfbOf({ '\u0005SummaryInformation': summary(), Workbook: bookOf([{ name: 'One' }, { name: 'Two', state: 1 }]) }),
    );
    expect(report).toMatchObject({ type: 'legacyOffice', findings: [], limits: [] });
    expect(report.facts.map(({ label, code, params }) => [label, code, Object.values(params)[0]])).toEqual([
      ['title', 'plain', 'Penguins'],
      ['author', 'plain', 'Some One'],
      ['sheet', 'plain', 'One'],
      ['sheet', 'hidden', 'Two'],
    ]);
  });

  test.each<[string, Parameters<typeof cfbOf>[0], string]>([
    [
      'macros that start by themselves',
      { 'Macros/VBA/ThisDocument': moduleOf('Sub Document_Open()\r\nx = 1\r\nEnd Sub') },
      'macros-start dangerous',
    ],
    [
      'macros of a workbook',
      { '_VBA_PROJECT_CUR/VBA/Sheet1': moduleOf('Sub A()\r\nSet x = CreateObject("x")\r\nEnd Sub') },
      'macros-suspicious dangerous',
    ],
    ['macros of the old kind', { Workbook: bookOf([{ name: 'M', kind: 1, state: 2 }]) }, 'macros-old dangerous'],
    [
      'another program',
      { Workbook: bookOf([{ name: 'A' }], [[0x1ae, '\x01\0\x0b\0\0cmd\x03/c calc']]) },
      'dde dangerous',
    ],
    [
      'another program in a text',
      { WordDocument: `${'\0'.repeat(64)}\x13 DDEAUTO c:\\\\cmd.exe \x14 \x15` },
      'dde dangerous',
    ],
    ['a password', { EncryptedPackage: 'x' }, 'office-encrypted careful'],
    ['a password of a workbook', { Workbook: bookOf([{ name: 'A' }], [[0x2f, 'x']]) }, 'office-encrypted careful'],
    ['objects', { 'ObjectPool/_1/\u0003ObjInfo': 'x' }, 'objects-inside careful'],
  ])('%s', async (_, streams, code) => {
    expect(await codesOf(cfbOf(streams))).toContain(code);
  });

  test('a program that lies in it', async () => {
    const report = await open(cfbOf({ 'ObjectPool/_1/\u0001Ole10Native': ole10Native('photo.scr', program) }));
    expect(levelOf(report)).toBe('dangerous');
    expect(report.findings.some(({ params }) => String(params.inFile).includes('photo.scr'))).toBe(true);
  });

  test('links in one byte a letter and in two', async () => {
    const wide = Array.from('https://wide.example/a', (char) => `${char}\0`).join('');
    const { links } = await open(cfbOf({ WordDocument: `${'\0'.repeat(40)}http://narrow.example/b \0\0${wide}\0\0` }));
    expect(links).toEqual(expect.arrayContaining(['http://narrow.example/b', 'https://wide.example/a']));
  });
});

describe('what is made to hurt', () => {
  test('entities that stand for entities are an error, never text', async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'.repeat(9)}]><w:document xmlns:w="w"><w:t>&b;</w:t></w:document>`;
    const report = await open(docxOf('', { files: { 'word/document.xml': bomb } }));
    expect(codes(report)).toEqual(['broken careful']);
    expect(report.previews).toEqual([]);
  });

  const hostile: Readonly<Record<string, string>> = {
    'elements in elements': '<w:p>'.repeat(1_500_000),
    'comments without end': '<!--'.repeat(2_000_000),
    'comments in a row': '<!---->'.repeat(1_000_000),
    'a comment of dashes': `<a><!--${'-x'.repeat(4_000_000)}--></a>`,
    'literals of brackets': `<a><![CDATA[${']'.repeat(8_000_000)}]]></a>`,
    'attributes without end': `<a ${'b="" '.repeat(1_500_000)}/>`,
    'a name without end': `<${'a'.repeat(8_000_000)}`,
    'many small references': `<w:document xmlns:w="w"><w:t>${'&amp;'.repeat(1_500_000)}</w:t></w:document>`,
    'fields in fields': `<w:document xmlns:w="w">${'<w:fldChar w:fldCharType="begin"/><w:instrText>x</w:instrText>'.repeat(100_000)}</w:document>`,
    'formulas without end': `<worksheet>${'HYPERLINK("&amp;&amp;'.repeat(300_000)}</worksheet>`,
    'links without end': `<worksheet>${'<hyperlink '.repeat(700_000)}</worksheet>`,
  };

  test.each(Object.keys(hostile))('%s', async (kind) => {
    const xml = hostile[kind] ?? '';
    const started = performance.now();
    await open(docxOf('', { files: { 'word/document.xml': xml } }));
    await open(xlsxOf({ A: [] }, { files: { 'xl/worksheets/sheet1.xml': xml, 'xl/sharedStrings.xml': xml } }));
    // Not a measurement: whoever takes time that grows with the square is minutes away from this.
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  test('a part that is too large to be read is said to be', async () => {
    const files = { 'word/document.xml': `<w:document xmlns:w="w">${' '.repeat(13_000_000)}</w:document>` };
    expect((await open(docxOf('', { files }))).limits).toMatchObject([{ limit: 'bytesOut', allowed: 12_000_000 }]);
  });

  test('nothing more is unpacked than the budget holds', async () => {
    const budget = new Budget({ ...LIMITS, bytesOut: 20_000 });
    const bytes = docxOf(paragraphs('x'.repeat(100_000)));
    expect((await openFile({ name: 'a', declared: '', bytes }, budget)).limits).toMatchObject([{ limit: 'bytesOut' }]);
  });

  test('a document in a document in a document', async () => {
    let inner = docxOf(paragraphs('at the bottom'));
    for (let depth = 0; depth < 6; depth++)
      inner = docxOf(paragraphs('Hello'), { files: { 'word/embeddings/a.docx': inner } });
    expect((await open(inner)).limits).toMatchObject([{ limit: 'depth', allowed: 3 }]);
  });

  test('a compound file whose chains and folders run in circles', async () => {
    const bytes = cfbOf({ 'a/b/c': 'x', Workbook: bookOf([{ name: 'A' }]) });
    const view = new DataView(bytes.buffer);
    for (let at = 512; at < bytes.length; at += 4) {
      const value = view.getUint32(at, true);
      if (value > 0xfffffff0 && value < 0xffffffff) view.setUint32(at, 0, true);
    }
    expect((await open(bytes)).type).toBe('legacyOffice');
  });

  const samples: Readonly<Record<string, Uint8Array>> = {
    docx: docxOf(field('DDEAUTO cmd') + paragraphs('Hello'), {
      related: [external('hyperlink', 'https://d1scord.com')],
    }),
    xlsx: xlsxOf({ A: [['a', 1, { formula: 'HYPERLINK("https://d1scord.com")' }]] }),
    pptx: pptxOf([{ inside: '<a:p><a:r><a:t>Hi</a:t></a:r></a:p>' }]),
    macros: packageOf({
      '[Content_Types].xml': '<Types/>',
      'word/vbaProject.bin': vbaProject('Sub AutoOpen()\r\nx = 1\r\nEnd Sub'),
    }),
    legacy: cfbOf({
      Workbook: bookOf([{ name: 'A' }]),
      'Macros/VBA/M': moduleOf('Sub A()\r\nEnd Sub'),
      '\u0001Ole10Native': ole10Native('a.txt', program),
    }),
  };

  test.each(Object.keys(samples))('%s, cut off anywhere, is still read as far as it goes', async (kind) => {
    const whole = samples[kind] ?? new Uint8Array(0);
    for (const part of truncated(whole.subarray(0, 4_000))) await open(part);
    await open(whole.subarray(0, whole.length - 100));
  });

  test.each(Object.keys(samples))(
    '%s, changed anywhere, ends within its budget',
    async (kind) => {
      const random = randomOf(5);
      const whole = samples[kind] ?? new Uint8Array(0);
      for (let round = 0; round < 600; round++) {
        const budget = new Budget({ ...LIMITS, bytesOut: 2_000_000 });
        const report = await openFile({ name: 'a', declared: '', bytes: mutated(whole, random) }, budget);
        expect(report.limits.filter(({ limit }) => limit === 'milliseconds')).toEqual([]);
        expect(budget.left('bytesOut')).toBeGreaterThanOrEqual(0);
      }
    },
    60_000,
  );
});
