import { strToU8, type Zippable, zipSync } from 'fflate';

const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const W =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

export interface Related {
  readonly id: string;
  readonly type: string;
  readonly target: string;
  readonly external?: boolean;
}

/** What one part says of others. */
export function rels(...all: readonly Related[]): string {
  const items = all.map(
    ({ id, type, target, external }) =>
      `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${escaped(target)}"${external ? ' TargetMode="External"' : ''}/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="${RELATIONS}">${items.join('')}</Relationships>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

type Files = Readonly<Record<string, string | Uint8Array>>;

/** A package of parts. */
export function packageOf(files: Files): Uint8Array<ArrayBuffer> {
  const zippable: Zippable = {};
  for (const [path, content] of Object.entries(files)) {
    zippable[path] = typeof content === 'string' ? strToU8(content) : Uint8Array.from(content);
  }
  return Uint8Array.from(zipSync(zippable, { mtime: new Date('2024-01-01T00:00:00Z') }));
}

const TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>';

/** A text document with this inside its body. */
export function docxOf(
  body: string,
  { related = [], files = {} }: { related?: readonly Related[]; files?: Files } = {},
): Uint8Array<ArrayBuffer> {
  return packageOf({
    '[Content_Types].xml': TYPES,
    '_rels/.rels': rels({ id: 'r1', type: 'officeDocument', target: 'word/document.xml' }),
    'word/document.xml': `<?xml version="1.0"?><w:document ${W}><w:body>${body}</w:body></w:document>`,
    'word/_rels/document.xml.rels': rels(...related),
    'docProps/core.xml':
      '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>On penguins</dc:title><dc:creator>Some One</dc:creator></cp:coreProperties>',
    ...files,
  });
}

/** Paragraphs of plain text. */
export function paragraphs(...lines: readonly string[]): string {
  return lines.map((line) => `<w:p><w:r><w:t xml:space="preserve">${escaped(line)}</w:t></w:r></w:p>`).join('');
}

/** A field, its instruction in two pieces as Word likes to write it. */
export function field(instruction: string, shown = ''): string {
  const half = Math.floor(instruction.length / 2);
  const run = (inner: string) => `<w:r>${inner}</w:r>`;
  return `<w:p>${[
    '<w:fldChar w:fldCharType="begin"/>',
    `<w:instrText xml:space="preserve">${escaped(instruction.slice(0, half))}</w:instrText>`,
    `<w:instrText xml:space="preserve">${escaped(instruction.slice(half))}</w:instrText>`,
    '<w:fldChar w:fldCharType="separate"/>',
    `<w:t>${escaped(shown)}</w:t>`,
    '<w:fldChar w:fldCharType="end"/>',
  ]
    .map(run)
    .join('')}</w:p>`;
}

/** A number in a style is one of `styles`; what a formula comes to is shown as `x` unless said otherwise. */
export type Cell =
  | string
  | number
  | { readonly formula: string; readonly shown?: string }
  | { readonly number: number; readonly style: number }
  | { readonly xml: string };

/** A workbook; texts of the first sheet are shared, as Excel writes them. */
export function xlsxOf(
  sheets: Readonly<Record<string, readonly (readonly Cell[])[]>>,
  {
    files = {},
    related = {},
    tail = '',
    styles = '',
    from1904 = false,
  }: {
    files?: Files;
    related?: Readonly<Record<string, readonly Related[]>>;
    tail?: string;
    styles?: string;
    from1904?: boolean;
  } = {},
): Uint8Array<ArrayBuffer> {
  const shared: string[] = [];
  const names = Object.keys(sheets);
  const parts: Record<string, string> = {};
  for (const [at, rows] of Object.values(sheets).entries()) {
    const xml = rows.map(
      (row, index) =>
        `<row r="${index + 1}">${row.map((cell, column) => cellOf(cell, `${String.fromCharCode(65 + column)}${index + 1}`, shared)).join('')}</row>`,
    );
    parts[`xl/worksheets/sheet${at + 1}.xml`] =
      `<worksheet xmlns:r="r"><sheetData>${xml.join('')}</sheetData>${tail}</worksheet>`;
    parts[`xl/worksheets/_rels/sheet${at + 1}.xml.rels`] = rels(...(related[names[at] ?? ''] ?? []));
  }
  const list = names.map(
    (name, at) =>
      `<sheet name="${escaped(name)}" sheetId="${at + 1}"${name.startsWith('_') ? ' state="veryHidden"' : ''} r:id="s${at}"/>`,
  );
  return packageOf({
    '[Content_Types].xml': TYPES,
    '_rels/.rels': rels({ id: 'r1', type: 'officeDocument', target: '/xl/workbook.xml' }),
    'xl/workbook.xml': `<workbook xmlns:r="r"><workbookPr${from1904 ? ' date1904="1"' : ''}/><sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': rels(
      ...names.map((_, at) => ({ id: `s${at}`, type: 'worksheet', target: `worksheets/sheet${at + 1}.xml` })),
      { id: 'ss', type: 'sharedStrings', target: 'sharedStrings.xml' },
    ),
    'xl/sharedStrings.xml': `<sst>${shared.map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`,
    ...(styles !== '' && { 'xl/styles.xml': styles }),
    ...parts,
    ...files,
  });
}

/** Styles of cells, each by the number of its format or by the format itself. */
export function stylesOf(...formats: readonly (number | string)[]): string {
  const own = formats.flatMap((format, at) =>
    typeof format === 'string' ? [`<numFmt numFmtId="${164 + at}" formatCode="${escaped(format)}"/>`] : [],
  );
  const used = formats.map((format, at) => `<xf numFmtId="${typeof format === 'string' ? 164 + at : format}"/>`);
  return `<styleSheet><numFmts>${own.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${used.join('')}</cellXfs></styleSheet>`;
}

function cellOf(cell: Cell, place: string, shared: string[]): string {
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === 'string') return `<c r="${place}" t="s"><v>${shared.push(cell) - 1}</v></c>`;
  if ('formula' in cell)
    return `<c r="${place}" t="str"><f>${escaped(cell.formula)}</f><v>${escaped(cell.shown ?? 'x')}</v></c>`;
  if ('number' in cell) return `<c r="${place}" s="${cell.style}"><v>${cell.number}</v></c>`;
  return cell.xml;
}

/** Slides with these shapes inside, and what each says of others. */
export function pptxOf(
  slides: readonly { readonly inside: string; readonly related?: readonly Related[] }[],
  { files = {} }: { files?: Files } = {},
): Uint8Array<ArrayBuffer> {
  const parts: Record<string, string> = {};
  for (const [at, { inside, related = [] }] of slides.entries()) {
    parts[`ppt/slides/slide${at + 1}.xml`] =
      `<p:sld xmlns:p="p" xmlns:a="a" xmlns:r="r"><p:cSld>${inside}</p:cSld></p:sld>`;
    parts[`ppt/slides/_rels/slide${at + 1}.xml.rels`] = rels(...related);
  }
  return packageOf({
    '[Content_Types].xml': TYPES,
    '_rels/.rels': rels({ id: 'r1', type: 'officeDocument', target: 'ppt/presentation.xml' }),
    'ppt/presentation.xml': '<p:presentation xmlns:p="p"/>',
    ...parts,
    ...files,
  });
}
