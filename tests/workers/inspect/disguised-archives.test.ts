import { describe, expect, test } from 'vitest';
import { levelOf, type Report } from '../../../src/workers/inspect/report.ts';
import { concat } from '../../files/bytes.ts';
import { pe } from '../../files/executables.ts';
import { docxOf, paragraphs } from '../../files/office.ts';
import { png } from '../../files/png.ts';
import { scene } from '../../files/scenes.ts';
import { made } from '../../files/secrets.ts';
import { deflatedZeros, type ZipFile, zip } from '../../files/zip.ts';
import { findingOf, inspect } from './inspecting.ts';

const PROGRAM = pe({});
/** What an archive needs to be taken for each kind of document. */
const GUISES: Readonly<Record<string, readonly ZipFile[]>> = {
  'a Word document': [
    { path: '[Content_Types].xml', content: '<Types/>' },
    { path: 'word/document.xml', content: '<w:document xmlns:w="x"><w:body/></w:document>' },
  ],
  'an OpenDocument text': [
    { path: 'mimetype', content: 'application/vnd.oasis.opendocument.text', store: true },
    { path: 'content.xml', content: '<x/>' },
  ],
  'an e-book': [
    { path: 'mimetype', content: 'application/epub+zip', store: true },
    { path: 'OEBPS/one.xhtml', content: '<html xmlns="http://www.w3.org/1999/xhtml"><body>One</body></html>' },
  ],
};

const HIDDEN: readonly (readonly [what: string, files: readonly ZipFile[], code: string])[] = [
  ['a program by its name', [{ path: 'setup.exe', content: 'x' }], 'programs-inside dangerous'],
  ['a program called a picture', [{ path: 'word/media/image1.png', content: PROGRAM }], 'programs-inside dangerous'],
  ['a program called a part', [{ path: 'word/styles.xml', content: PROGRAM }], 'programs-inside dangerous'],
  ['a way out', [{ path: '../../evil.txt', content: 'x' }], 'escapes dangerous'],
  ['a locked file', [{ path: 'setup.bin', content: 'x', encrypted: true }], 'entries-encrypted careful'],
  ['an archive', [{ path: 'deep/a.zip', content: zip([{ path: 'a.exe', content: 'x' }]) }], 'inside dangerous'],
  ['a page', [{ path: 'word/a.htm', content: '<html><script>eval(atob("YQ=="))</script></html>' }], 'inside careful'],
  ['a file that is larger than it says', [understated('a.bin')], 'lies-about-size dangerous'],
];

function understated(path: string): ZipFile {
  return { path, deflated: deflatedZeros(30_000_000), size: 31_000 };
}

function codes({ findings }: Report): string[] {
  return findings.map(({ code, level }) => `${code} ${level}`);
}

describe.each(Object.entries(GUISES))('an archive that calls itself %s hides nothing', (guise, files) => {
  test.each(HIDDEN)('%s', async (what, hidden, code) => {
    // The pages of an e-book are its parts: nobody reads them, and it is not called safe.
    if (what === 'a page' && guise !== 'a Word document') return;
    expect(codes(await inspect(zip([...files, ...hidden]), 'a.zip'))).toContain(code);
  });

  test('wrapped once more', async () => {
    const inner = zip([...files, { path: 'setup.exe', content: 'x' }]);
    const report = await inspect(zip([{ path: 'a.bin', content: inner }]), 'b.zip');
    expect(findingOf(report, 'inside')).toMatchObject({ code: 'programs-inside', inFile: 'a.bin' });
  });

  test('an archive in front of it', async () => {
    const behind = concat([zip([{ path: 'setup.exe', content: 'x' }]), zip(files)]);
    expect(codes(await inspect(behind, 'a.zip'))).toContain('hidden-entries careful');
  });

  test('secrets', async () => {
    const env = { path: '.env', content: `GITHUB=${made('ghp_', 36)}\n` };
    expect((await inspect(zip([...files, env]), 'a.zip')).secrets).toEqual(['githubToken']);
  });

  test('with nothing else in it, it is what it was', async () => {
    const level = guise === 'a Word document' ? 'safe' : 'unseen';
    expect(levelOf(await inspect(zip(files), 'a.zip'))).toBe(level);
    expect(levelOf(await inspect(zip([{ path: 'a.bin', content: zip(files) }]), 'b.zip'))).toBe('safe');
  });
});

test('a part that nobody reads is as large as it says, or it is told', async () => {
  const report = await inspect(docxOf(paragraphs('x')), 'a.docx');
  expect(levelOf(report)).toBe('safe');
  const lying = zip([...(GUISES['a Word document'] ?? []), understated('customXml/item1.xml')]);
  expect(findingOf(await inspect(lying, 'a.docx'), 'lies-about-size')).toEqual({ path: 'customXml/item1.xml' });
});

test('pictures, fonts and settings of printers in a document are nothing to tell', async () => {
  const noise = Uint8Array.from({ length: 3_000 }, (_, at) => (at * 7_919) % 251);
  const files = {
    'word/media/image1.png': png(scene(1)),
    'word/media/image2.emf': noise,
    'word/fonts/font1.odttf': noise,
    'word/printerSettings1.bin': noise,
    'customXml/item1.xml': '\ufeff<?xml version="1.0"?>\n<a/>',
    'word/afchunk.htm': '<html><body><p>Hello</p></body></html>',
  };
  const report = await inspect(docxOf(paragraphs('x'), { files }), 'a.docx');
  expect(codes(report)).toEqual([]);
});
