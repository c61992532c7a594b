import { zlibSync } from 'fflate';

/** The inside of one object; with `stream`, its dictionary (without brackets) and what is in the stream. */
export type PdfObject = string | { readonly dict: string; readonly stream: Uint8Array | string };

const encoder = new TextEncoder();

function latin(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

export function joined(parts: readonly (Uint8Array | string)[]): Uint8Array<ArrayBuffer> {
  const all = parts.map((part) => (typeof part === 'string' ? latin(part) : part));
  const out = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of all) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** A PDF with its table of contents; object 1 is its catalogue. `trailer` is put beside `/Root`. */
export function pdfOf(objects: Readonly<Record<number, PdfObject>>, trailer = ''): Uint8Array<ArrayBuffer> {
  const parts: (Uint8Array | string)[] = ['%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'];
  let at = 15;
  const rows: string[] = ['0000000000 65535 f \n'];
  const put = (part: Uint8Array | string) => {
    parts.push(part);
    at += part.length;
  };
  for (const [number, object] of Object.entries(objects)) {
    rows.push(`${String(at).padStart(10, '0')} 00000 n \n`);
    if (typeof object === 'string') put(`${number} 0 obj\n${object}\nendobj\n`);
    else {
      put(`${number} 0 obj\n<<${object.dict} /Length ${object.stream.length}>>\nstream\n`);
      put(object.stream);
      put('\nendstream\nendobj\n');
    }
  }
  put(
    `xref\n0 ${rows.length}\n${rows.join('')}trailer\n<</Root 1 0 R /Size ${rows.length} ${trailer}>>\nstartxref\n${at}\n%%EOF\n`,
  );
  return joined(parts);
}

export function packed(stream: Uint8Array | string): Uint8Array {
  return zlibSync(typeof stream === 'string' ? latin(stream) : stream);
}

interface Simple {
  readonly lines?: readonly string[];
  /** Put into the catalogue. */
  readonly catalog?: string;
  /** Put into the page. */
  readonly page?: string;
  /** From number 10 on. */
  readonly more?: Readonly<Record<number, PdfObject>>;
  readonly trailer?: string;
}

/** One page, with lines of text in a plain font. */
export function onePage({
  lines = ['Hello, penguins'],
  catalog = '',
  page = '',
  more = {},
  trailer = '',
}: Simple = {}): Uint8Array<ArrayBuffer> {
  const shown = lines.map((line) => `(${line}) Tj 0 -14 Td`).join('\n');
  return pdfOf(
    {
      1: `<</Type /Catalog /Pages 2 0 R ${catalog}>>`,
      2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
      3: `<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>> ${page}>>`,
      4: { dict: '/Filter /FlateDecode', stream: packed(`BT /F1 12 Tf 72 720 Td\n${shown}\nET`) },
      5: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>',
      ...more,
    },
    trailer,
  );
}

/** Objects packed into a stream, as since version 1.5; number 6 and up lie in it. */
export function packedObjects(
  inner: Readonly<Record<number, string>>,
  filters: (bytes: string) => { dict: string; stream: Uint8Array | string },
): PdfObject {
  let body = '';
  const header: string[] = [];
  for (const [number, text] of Object.entries(inner)) {
    header.push(`${number} ${body.length}`);
    body += `${text}\n`;
  }
  const head = `${header.join(' ')}\n`;
  const { dict, stream } = filters(head + body);
  return { dict: `/Type /ObjStm /N ${header.length} /First ${head.length} ${dict}`, stream };
}

/** Text in UTF-16, as titles have it. */
export function utf16(text: string): string {
  return `<feff${Array.from(text, (char) => char.charCodeAt(0).toString(16).padStart(4, '0')).join('')}>`;
}

/** A font of two-byte codes that says by a table which letters they are: each letter's code is its own plus 1,000. */
export const COMPOSITE_FONT: Readonly<Record<number, PdfObject>> = {
  20: '<</Type /Font /Subtype /Type0 /BaseFont /Some /Encoding /Identity-H /ToUnicode 21 0 R>>',
  21: {
    dict: '',
    stream:
      '/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n' +
      '2 beginbfrange <03E8> <0466> <0000> <0468> <0469> [<00480069> <D83DDC27>] endbfrange\n1 beginbfchar <0467> <20AC> endbfchar endcmap',
  },
};

export function composite(text: string): string {
  return `<${Array.from(text, (char) => (char.charCodeAt(0) + 1_000).toString(16).padStart(4, '0')).join('')}>`;
}

/** Pages whose tree leads back to its root. */
export function pageLoop(): Uint8Array {
  return pdfOf({
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: '<</Type /Pages /Kids [3 0 R 2 0 R] /Count 999999999 /Parent 3 0 R>>',
    3: '<</Type /Pages /Kids [2 0 R 3 0 R 4 0 R] /Count 5 /Parent 2 0 R>>',
    4: '<</Type /Page /Parent 3 0 R /Contents [5 0 R 5 0 R]>>',
    5: '5 0 R',
  });
}

/** A page whose contents unpack to `bytes` zeros, packed `times` over. */
export function streamBomb(bytes: number, times = 1): Uint8Array {
  let stream: Uint8Array = zlibSync(new Uint8Array(bytes), { level: 9 });
  for (let more = 1; more < times; more++) stream = zlibSync(stream, { level: 9 });
  const filters = '/FlateDecode '.repeat(times);
  return pdfOf({
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    3: '<</Type /Page /Parent 2 0 R /Contents 4 0 R>>',
    4: { dict: `/Filter [${filters}]`, stream },
    5: { dict: `/Type /ObjStm /N 1 /First 4 /Filter [${filters}]`, stream },
  });
}

/** A PDF that no honest program writes, `bytes` long, and costly for whoever reads it carelessly. */
export const HOSTILE: Readonly<Record<string, (bytes: number) => Uint8Array>> = {
  'arrays in arrays': (bytes) => joined(['%PDF-1.4\n1 0 obj\n', '['.repeat(bytes)]),
  'dictionaries in dictionaries': (bytes) => joined(['%PDF-1.4\n1 0 obj\n', '<</A'.repeat(bytes / 4)]),
  'objects that never end': (bytes) => joined(['%PDF-1.4\n', '1 0 obj ['.repeat(bytes / 9)]),
  'strings that never end': (bytes) => joined(['%PDF-1.4\n', '1 0 obj ('.repeat(bytes / 9)]),
  'streams that never end': (bytes) =>
    joined(['%PDF-1.4\n', '1 0 obj<</Type/ObjStm/N 9/First 9>>stream\n'.repeat(bytes / 42)]),
  'streams that never end, packed': (bytes) =>
    joined(['%PDF-1.4\n', '1 0 obj<</Type/ObjStm/N 9/First 9/Filter/Fl>>stream\nx\x9c'.repeat(bytes / 55)]),
  'objects of no size': (bytes) => {
    const rows = Array.from({ length: Math.floor(bytes / 14) }, (_, at) => `${at} 0 obj 1 `);
    return joined(['%PDF-1.4\n', rows.join('')]);
  },
  'references in a ring': (bytes) =>
    joined(['%PDF-1.4\n', '1 0 obj 2 0 R endobj 2 0 obj 1 0 R endobj trailer <</Root 1 0 R>>'.repeat(bytes / 70)]),
  'names without end': (bytes) => joined(['%PDF-1.4\n1 0 obj [', '/a'.repeat(bytes / 2)]),
  'actions without end': (bytes) =>
    joined(['%PDF-1.4\n', '1 0 obj<</S/URI/URI(http://a.example/1)>>endobj '.repeat(bytes / 50)]),
  'an object stream that tells of one object again and again': (bytes) =>
    pdfOf({
      1: {
        dict: `/Type /ObjStm /N ${Math.floor(bytes / 8)} /First ${bytes}`,
        stream: joined([encoder.encode('1 0 '.repeat(bytes / 4)), '['.repeat(bytes)]),
      },
    }),
};
