import { describe, expect, test } from 'vitest';
import { Budget, type Limits } from '../../../src/workers/inspect/budget.ts';
import { openFile } from '../../../src/workers/inspect/open-file.ts';
import { levelOf, type Report } from '../../../src/workers/inspect/report.ts';
import { concat } from '../../files/bytes.ts';
import { mutated, truncated } from '../../files/mutated.ts';
import {
  COMPOSITE_FONT,
  composite,
  HOSTILE,
  onePage,
  packed,
  packedObjects,
  pageLoop,
  pdfOf,
  streamBomb,
  utf16,
} from '../../files/pdf.ts';
import { randomOf } from '../../files/random.ts';
import { behindEmptyBlocks } from '../../files/zip.ts';
import { findingOf, inspect, LIMITS } from './inspecting.ts';

function open(bytes: Uint8Array, limits: Partial<Limits> = {}): Promise<Report> {
  return openFile({ name: 'paper.pdf', declared: 'application/pdf', bytes }, new Budget({ ...LIMITS, ...limits }));
}

function codes({ findings }: Report): string[] {
  return findings.map(({ code, level }) => `${code} ${level}`);
}

function factsOf({ facts }: Report): Record<string, unknown> {
  return Object.fromEntries(facts.map(({ label, params }) => [label, params.value]));
}

function textOf({ previews }: Report): string {
  return previews.map((one) => (one.kind === 'text' ? one.text : '')).join('');
}

describe('what it says', () => {
  test('a plain page: its text, pages, title and author, and nothing against it', async () => {
    const info = { 9: `<</Title ${utf16('Über Pinguine')} /Author (Some \\(One\\)\\041)>>` };
    const report = await open(
      onePage({ lines: ['Hello, penguins', 'of the \\344r'], more: info, trailer: '/Info 9 0 R' }),
    );
    expect(textOf(report)).toBe('Hello, penguins\nof the är');
    expect(factsOf(report)).toEqual({ pages: 1, title: 'Über Pinguine', author: 'Some (One)!' });
    expect(report).toMatchObject({ type: 'pdf', findings: [], limits: [], links: [] });
    expect(levelOf(report)).toBe('safe');
  });

  test('letters of fonts that have a table of their own', async () => {
    const page = `/Resources <</Font <</F1 20 0 R>>>>`;
    const contents = {
      4: { dict: '', stream: `BT /F1 12 Tf ${composite('Pay 5')} Tj <0467> Tj 0 -12 Td <04680469> Tj ET` },
    };
    const report = await open(onePage({ page, more: { ...contents, ...COMPOSITE_FONT } }));
    expect(textOf(report)).toBe('Pay 5€\nHi🐧');
  });

  test('glyphs by name, gaps as spaces, and drawings inside the page', async () => {
    const more = {
      4: { dict: '', stream: 'BT /F1 9 Tf [(A) -20 (B) -400 (\\001\\002)] TJ ET BI /W 1 ID (x) Tj EI /X1 Do' },
      5: '<</Type /Font /Subtype /Type1 /Encoding <</BaseEncoding /WinAnsiEncoding /Differences [1 /eacute /uni20AC]>>>>',
      6: { dict: '/Type /XObject /Subtype /Form', stream: 'BT (in the form) Tj ET /X1 Do' },
    };
    const page = '/Resources <</Font <</F1 5 0 R>> /XObject <</X1 6 0 R>>>>';
    expect(textOf(await open(onePage({ page, more })))).toBe('AB é€ in the form');
  });

  test('all pages are counted, a few are read', async () => {
    const pages = Array.from({ length: 300 }, (_, at) => at + 10);
    const report = await open(
      pdfOf({
        1: '<</Type /Catalog /Pages 2 0 R>>',
        2: `<</Type /Pages /Kids [${pages.map((number) => `${number} 0 R`).join(' ')}] /Count 1>>`,
        4: { dict: '', stream: `BT (${'many words '.repeat(30)}) Tj ET` },
        ...Object.fromEntries(pages.map((number) => [number, '<</Type /Page /Parent 2 0 R /Contents 4 0 R>>'])),
      }),
    );
    expect(factsOf(report)).toEqual({ pages: 300 });
    expect(report.limits).toEqual([]);
  });

  test('past the limit of pages the card says so, and shows what was read', async () => {
    const report = await open(
      pdfOf({
        1: '<</Type /Catalog /Pages 2 0 R>>',
        2: '<</Type /Pages /Kids [3 0 R 5 0 R 6 0 R]>>',
        3: '<</Type /Page /Contents 4 0 R>>',
        5: '<</Type /Page /Contents 4 0 R>>',
        6: '<</Type /Page /Contents 4 0 R>>',
        4: { dict: '', stream: 'BT (one) Tj ET' },
      }),
      { pages: 2 },
    );
    expect(report.limits).toEqual([{ limit: 'pages', allowed: 2, seen: 3 }]);
    expect(textOf(report)).toBe('one\none');
  });
});

describe('what it could do', () => {
  const action = (text: string) =>
    open(onePage({ page: '/Annots [10 0 R]', more: { 10: `<</Type /Annot /A ${text}>>` } }));

  test.each([
    ['a script behind a button', '<</S /JavaScript /JS (app.alert\\(1\\))>>', 'pdf-script careful'],
    ['a script with its name in disguise', '<</S /J#61vaScript /J#53 (app.alert\\(1\\))>>', 'pdf-script careful'],
    ['a program', '<</S /Launch /F (cmd.exe)>>', 'pdf-launch dangerous'],
    ['a program of Windows', '<</S /Launch /Win <</F (cmd.exe) /P (/c calc)>>>>', 'pdf-launch dangerous'],
    ['another file', '<</S /GoToR /F (other.pdf)>>', 'pdf-opens-file careful'],
    ['a file on a share', '<</S /GoToE /F (\\\\\\\\evil.example\\\\x)>>', 'pdf-opens-share dangerous'],
    ['a form that is sent', '<</S /SubmitForm /F <</FS /URL /F (https://collect.example/)>>>>', 'pdf-submit careful'],
    ['a look-alike', '<</S /URI /URI (https://d1scord.com/nitro)>>', 'link-lookalike dangerous'],
    ['a program to download', '<</S /URI /URI (https://evil.example/setup.exe)>>', 'link-program careful'],
    ['a film', '<</S /Rendition>> /Subtype /RichMedia', 'pdf-media careful'],
  ])('%s', async (_, text, finding) => {
    expect(codes(await action(text))).toEqual([finding]);
  });

  test('says what is started', async () => {
    const { findings } = await action('<</S /Launch /Win <</F (cmd.exe) /P (/c calc)>>>>');
    expect(findings).toMatchObject([{ params: { file: 'cmd.exe /c calc' } }]);
  });

  test.each([
    ['/OpenAction <</S /URI /URI (https://example.org/a)>>', true],
    ['/OpenAction 10 0 R', true],
    ['/AA <</WC 10 0 R>>', true],
    ['/OpenAction <</S /Named /N /Print /Next [10 0 R]>>', true],
    ['/OpenAction [4 0 R /Fit]', false],
    ['/Outlines <</First <</Title (a) /A 10 0 R>>>>', false],
  ])('an address that %s opens by itself or not: %s', async (catalog, opens) => {
    const { findings } = await open(onePage({ catalog, more: { 10: '<</S /URI /URI (https://example.org/a)>>' } }));
    const link = { code: 'pdf-opens-link', level: 'careful', params: { link: 'https://example.org/a' } };
    expect(findings).toEqual(opens ? [link] : []);
  });

  test.each([
    ['when it opens', '/OpenAction <</S /JavaScript /JS (x)>>'],
    ['when it opens, an object away', '/OpenAction 10 0 R'],
    ['when it opens, after something harmless', '/OpenAction <</S /Named /N /Print /Next [11 0 R]>>'],
    ['when it is closed', '/AA <</WC 10 0 R>>'],
    ['by the catalogue of names', '/Names <</JavaScript <</Names [(a) 10 0 R]>>>>'],
  ])('a script that runs %s', async (_, catalog) => {
    const more = {
      10: '<</S /JavaScript /JS 12 0 R>>',
      11: '<</S 13 0 R /JS (x)>>',
      12: { dict: '', stream: 'x' },
      13: '/JavaScript',
    };
    expect(codes(await open(onePage({ catalog, more })))).toContain('pdf-script-runs dangerous');
  });

  test('a script in an object that the table of contents does not know', async () => {
    const bytes = new TextEncoder().encode('7 0%\nobj<</S/JavaScript/JS(x)>>');
    const whole = onePage();
    const both = new Uint8Array([...whole, ...bytes]);
    expect(codes(await open(both))).toEqual(['pdf-script careful']);
  });

  test.each<[string, (text: string) => { dict: string; stream: Uint8Array | string }]>([
    ['packed', (text) => ({ dict: '/Filter /FlateDecode', stream: packed(text) })],
    [
      'written in hex',
      (text) => ({ dict: '/Filter [/AHx]', stream: `${Buffer.from(text, 'latin1').toString('hex')}>` }),
    ],
    ['in runs', (text) => ({ dict: '/Filter /RL', stream: runs(text) })],
    ['in base 85', (text) => ({ dict: '/Filter /ASCII85Decode', stream: base85(text) })],
    ['packed twice', (text) => ({ dict: '/Filter [/FlateDecode /Fl]', stream: packed(packed(text)) })],
    [
      'as differences of rows',
      (text) => ({ dict: '/Filter /Fl /DecodeParms <</Predictor 12 /Columns 8>>', stream: packed(upRows(text)) }),
    ],
  ])('a script in an object that is %s', async (_, filters) => {
    const more = { 15: packedObjects({ 16: '<</S /JavaScript /JS (see https://d1scord.com/x)>>' }, filters) };
    expect(codes(await open(onePage({ more })))).toEqual(['pdf-script careful', 'link-lookalike dangerous']);
  });

  test('LZW, as its description spells it out', async () => {
    // The example of the format's own description: 45 45 45 45 45 65 45 45 45 66.
    const stream = Uint8Array.of(0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01);
    const more = { 4: { dict: '/Filter /LZWDecode', stream } };
    expect(textOf(await open(onePage({ more })))).toBe('');
    const shown = { 4: { dict: '/Filter /LZWDecode', stream: lzw('BT (lazy text) Tj ET') } };
    expect(textOf(await open(onePage({ more: shown })))).toBe('lazy text');
  });

  test('a script in a stream behind blocks of nothing', async () => {
    const filters = (text: string) => ({
      dict: '/Filter /FlateDecode',
      stream: concat([Uint8Array.of(0x78, 0x9c), behindEmptyBlocks(packed(text).subarray(2), 20_000)]),
    });
    const more = { 15: packedObjects({ 16: '<</S /JavaScript /JS (app.alert)>>' }, filters) };
    expect(codes(await open(onePage({ catalog: '/OpenAction 16 0 R', more })))).toContain('pdf-script-runs dangerous');
  });

  test('objects in a filter that nobody knows are said to be unread', async () => {
    const more = { 15: packedObjects({ 16: '<<>>' }, (text) => ({ dict: '/Filter /Secret', stream: text })) };
    expect(codes(await open(onePage({ more })))).toEqual(['pdf-unread careful']);
  });

  test('files inside are named, and opened too', async () => {
    const inner = onePage({ catalog: '/OpenAction <</S /Launch /F (x.exe)>>' });
    const more = {
      10: '<</Type /Filespec /F (inner.pdf) /EF <</F 11 0 R>>>>',
      11: { dict: '/Type /EmbeddedFile /Filter /FlateDecode', stream: packed(inner) },
    };
    expect(codes(await open(onePage({ more })))).toEqual(['inside dangerous', 'embedded careful']);
  });

  test('an encrypted one is said to be closed', async () => {
    const more = { 10: '<</Filter /Standard /V 1>>', 11: '<</S /URI /URI (\x01\x02garbage)>>' };
    const report = await open(onePage({ more, trailer: '/Encrypt 10 0 R' }));
    expect(codes(report)).toEqual(['pdf-encrypted careful']);
    expect(report).toMatchObject({ links: [], previews: [] });
    expect(factsOf(report)).toEqual({ pages: 1 });
  });

  test('links come worst first, each once, from actions and from the text', async () => {
    const more = {
      10: '<</S /URI /URI (https://example.org/a)>>',
      11: '<</S /URI /URI (https://example.org/a)>>',
      12: '<</S /URI /URI (https://paypal.com.evil.example/)>>',
    };
    const report = await open(onePage({ more, lines: ['See https://example.org/b.'] }));
    expect(report.links).toEqual([
      'https://paypal.com.evil.example/',
      'https://example.org/a',
      'https://example.org/b',
    ]);
  });
});

describe('what is made to hurt', () => {
  test('pages that lead back to themselves', async () => {
    const report = await open(pageLoop());
    expect(codes(report)).toContain('pdf-loop careful');
    expect(factsOf(report)).toEqual({ pages: 1 });
  });

  test.each([1, 2, 3])('a page that unpacks to a hundred million bytes, packed %i times', async (times) => {
    const budget = new Budget(LIMITS);
    const report = await openFile({ name: 'a.pdf', declared: '', bytes: streamBomb(100_000_000, times) }, budget);
    expect(codes(report)).toContain('pdf-bomb dangerous');
    expect(LIMITS.bytesOut - budget.left('bytesOut')).toBeLessThan(40_000_000);
  });

  test('nothing more is unpacked than the budget holds', async () => {
    const report = await open(streamBomb(10_000_000), { bytesOut: 100_000 });
    expect(report.limits).toMatchObject([{ limit: 'bytesOut', allowed: 100_000 }]);
  });

  test.each(Object.keys(HOSTILE))('%s', async (kind) => {
    const started = performance.now();
    const report = await open(HOSTILE[kind]?.(2_000_000) ?? new Uint8Array(0), { milliseconds: 1_500 });
    expect(report.type).toBe('pdf');
    expect(levelOf(report)).not.toBe('safe');
    // Not a measurement: whoever takes time that grows with the square is minutes away from this.
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test('ten million zeros behind its first line', async () => {
    const bytes = new Uint8Array(10_000_000);
    bytes.set(new TextEncoder().encode('%PDF-1.7\n'));
    expect(codes(await open(bytes))).toEqual(['broken careful']);
  });

  const rich = onePage({
    catalog: '/OpenAction <</S /JavaScript /JS (x)>>',
    more: {
      ...COMPOSITE_FONT,
      10: '<</Type /Filespec /F (inner.pdf) /EF <</F 11 0 R>>>>',
      11: { dict: '/Type /EmbeddedFile /Filter [/A85]', stream: base85('hello') },
      12: { dict: '/Filter /LZWDecode', stream: lzw('BT (lazy text) Tj ET') },
      15: packedObjects({ 16: '<</S /URI /URI (https://example.org)>>' }, (text) => ({
        dict: '/Filter /Fl',
        stream: packed(text),
      })),
    },
  });

  test('cut off anywhere, it is still read as far as it goes', async () => {
    for (const part of truncated(rich)) await open(part);
    const half = await open(rich.subarray(0, rich.length - 400));
    expect(codes(half)).toContain('pdf-script-runs dangerous');
  });

  test('changed anywhere, it ends within its budget', async () => {
    const random = randomOf(3);
    for (let round = 0; round < 2_500; round++) {
      const budget = new Budget({ ...LIMITS, bytesOut: 2_000_000 });
      const report = await openFile({ name: 'a.pdf', declared: '', bytes: mutated(rich, random) }, budget);
      expect(report.limits.filter(({ limit }) => limit === 'milliseconds')).toEqual([]);
      expect(budget.left('bytesOut')).toBeGreaterThanOrEqual(0);
    }
  });
});

function runs(text: string): string {
  return (text.match(/[\s\S]{1,100}/g) ?? [])
    .map((part) => String.fromCharCode(part.length - 1) + part)
    .concat('\x80')
    .join('');
}

function base85(text: string): string {
  let out = '';
  for (const part of text.match(/[\s\S]{1,4}/g) ?? []) {
    let group = 0;
    for (let at = 0; at < 4; at++) group = group * 256 + (part.charCodeAt(at) || 0);
    const digits = Array.from({ length: 5 }, (_, at) =>
      String.fromCharCode(33 + (Math.floor(group / 85 ** (4 - at)) % 85)),
    );
    out += group === 0 && part.length === 4 ? 'z' : digits.slice(0, part.length + 1).join('');
  }
  return `${out}~>`;
}

/** LZW that only ever uses the codes of single bytes, and begins anew before codes grow wider. */
function lzw(text: string): Uint8Array {
  const codes = [256, ...Array.from(text, (char) => char.charCodeAt(0)), 257];
  const bits = codes.map((code) => code.toString(2).padStart(9, '0')).join('');
  return Uint8Array.from(bits.match(/.{1,8}/g) ?? [], (byte) => Number.parseInt(byte.padEnd(8, '0'), 2));
}

function upRows(text: string): Uint8Array {
  const rows = text.match(/[\s\S]{1,8}/g) ?? [];
  return Uint8Array.from(
    rows.flatMap((row, at) => [
      2,
      ...Array.from(
        row.padEnd(8, ' '),
        (char, column) => (char.charCodeAt(0) - (at === 0 ? 0 : (rows[at - 1]?.charCodeAt(column) ?? 32))) & 255,
      ),
    ]),
  );
}

describe('a link on a page is held against the text it covers', () => {
  const link = (rect: string, to: string) =>
    `/Annots [<</Type /Annot /Subtype /Link /Rect [${rect}] /A <</S /URI /URI (${to})>>>>]`;
  const lines = ['Log in at', 'https://www.paypal.com/login', 'today'];
  const masked = async (rect: string, to: string) =>
    findingOf(await inspect(onePage({ lines, page: link(rect, to) }), 'a.pdf'), 'link-masked');

  test('another address is told with both domains', async () => {
    expect(await masked('70 704 300 718', 'https://evil.example/x')).toEqual({
      shown: 'paypal.com',
      domain: 'evil.example',
    });
    expect(await masked('300 718 70 704', 'https://evil.example/x')).toBeDefined();
  });

  test('an address behind words counts as well', async () => {
    const behind = {
      lines: ['Click: https://paypal.com/gift, quick!'],
      page: link('70 700 300 740', 'https://evil.example/x'),
    };
    expect(findingOf(await inspect(onePage(behind), 'a.pdf'), 'link-masked')).toMatchObject({ shown: 'paypal.com' });
  });

  test('the same address, and another line, are nothing', async () => {
    expect(await masked('70 704 300 718', 'https://paypal.com/')).toBeUndefined();
    expect(await masked('70 716 300 730', 'https://evil.example/x')).toBeUndefined();
  });

  test('on pages behind the preview too, and where the page is turned and made smaller', async () => {
    const content = 'q 0.5 0 0 0.5 10 20 cm BT /F1 12 Tf 1 0 0 1 100 200 Tm [(www.pay) -10 (pal.com)] TJ ET Q';
    const bytes = pdfOf({
      1: '<</Type /Catalog /Pages 2 0 R>>',
      2: '<</Type /Pages /Kids [3 0 R 6 0 R] /Count 2>>',
      3: '<</Type /Page /Parent 2 0 R /Contents 4 0 R>>',
      4: { dict: '', stream: `BT /F1 12 Tf (${'word '.repeat(1_000)}) Tj ET` },
      6: `<</Type /Page /Parent 2 0 R /Contents 7 0 R ${link('55 118 160 130', 'https://evil.example/')}>>`,
      7: { dict: '', stream: content },
    });
    expect(findingOf(await inspect(bytes, 'a.pdf'), 'link-masked')).toEqual({
      shown: 'paypal.com',
      domain: 'evil.example',
    });
  });
});
