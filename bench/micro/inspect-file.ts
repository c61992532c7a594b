import inspectFile from '../../src/workers/tasks/inspect-file.ts';
import { elf, lnk, pe } from '../../tests/files/executables.ts';
import { rar5 } from '../../tests/files/rar.ts';
import { sevenZip } from '../../tests/files/sevenzip.ts';
import { logOf, tableOf } from '../../tests/files/text.ts';
import { gzipOf, tarOf, zipOf } from '../load/archives.ts';
import { docxParagraphs, pdfPages, pptxSlides, xlsxRows } from '../load/documents.ts';
import { LARGEST_FILE, LIMITS } from '../load/limits.ts';
import { gifOf, jpegOf, pngOf, webpOf } from '../load/pictures.ts';
import { jsonOf, ndjsonOf, proseOf, scriptOf, tomlOf, yamlOf } from '../load/texts.ts';
import { defineMicro, sized } from '../micro.ts';

type Amounts = readonly [small: number, typical: number, limit: number];

const TEXTS: Amounts = [1_000, 200_000, LARGEST_FILE];
/** Of pixels: an avatar, a screenshot, and as many as may be decoded at four bytes each. */
const PICTURES: Amounts = [40_000, 2_000_000, 15_900_000];
/** An archive's own headers count too. */
const ENTRIES: Amounts = [3, 200, 19_900];

function fileOf(name: string, make: (amount: number) => Uint8Array | Promise<Uint8Array>, amounts: Amounts) {
  return sized(async (amount) => ({ bytes: await make(amount), name, declared: '', limits: LIMITS }), amounts);
}

const packedFiles = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ path: `folder/text ${at}.txt`, content: `${at}`, size: 1, packed: 1 }));

/** Each kind of file that is opened, by what the report calls it, or by the kind of text it is. */
export default defineMicro({
  task: inspectFile,
  about: 'says what a file is and what is in it',
  inputs: {
    log: fileOf('app.log', logOf, TEXTS),
    csv: fileOf('people.csv', tableOf, TEXTS),
    json: fileOf('people.json', jsonOf, TEXTS),
    ndjson: fileOf('people.ndjson', ndjsonOf, TEXTS),
    yaml: fileOf('services.yaml', yamlOf, TEXTS),
    toml: fileOf('servers.toml', tomlOf, TEXTS),
    text: fileOf('prose.txt', proseOf, TEXTS),
    script: fileOf('run.sh', scriptOf, TEXTS),
    zip: fileOf('texts.zip', zipOf, ENTRIES),
    tar: fileOf('texts.tar', tarOf, ENTRIES),
    gzip: fileOf('penguins.txt.gz', gzipOf, [1_000, 1_000_000, 30_000_000]),
    sevenZip: fileOf('texts.7z', (count) => sevenZip(packedFiles(count)), ENTRIES),
    rar: fileOf('texts.rar', (count) => rar5(packedFiles(count)), ENTRIES),
    pdf: fileOf('pages.pdf', pdfPages, [1, 10, 1_000]),
    docx: fileOf('text.docx', docxParagraphs, [10, 500, 100_000]),
    xlsx: fileOf('people.xlsx', xlsxRows, [10, 2_000, 200_000]),
    pptx: fileOf('slides.pptx', pptxSlides, [1, 40, 1_000]),
    png: fileOf('picture.png', pngOf, PICTURES),
    jpeg: fileOf('picture.jpg', jpegOf, PICTURES),
    webp: fileOf('picture.webp', webpOf, PICTURES),
    gif: fileOf('moving.gif', gifOf, [1, 30, 1_000]),
    pe: fileOf('setup.exe', (bytes) => padded(pe(), bytes), [1_000, 1_000_000, LARGEST_FILE]),
    elf: fileOf('program', (bytes) => padded(elf(), bytes), [1_000, 1_000_000, LARGEST_FILE]),
    shortcut: fileOf('notes.lnk', (length) => lnk({ words: 'x'.repeat(length) }), [1, 200, 10_000]),
  },
  works: ({ type, limits, findings }, name) =>
    type === name && limits.length === 0 && findings.every(({ code }) => code !== 'broken'),
});

function padded(bytes: Uint8Array, length: number): Uint8Array {
  const all = new Uint8Array(Math.max(length, bytes.length));
  all.set(bytes);
  return all;
}
