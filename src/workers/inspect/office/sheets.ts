import type { Budget } from '../budget.ts';
import type { Preview } from '../report.ts';
import { safeText } from '../safe-text.ts';
import type { Parts } from './package.ts';
import type { Relations } from './relations.ts';
import type { Surroundings } from './surroundings.ts';
import { type Element, readXml, XmlError } from './xml.ts';

const MOST_ROWS = 12;
const MOST_COLUMNS = 8;
const CELL = 60;
const MOST_SHARED = 20_000;

export type TablePreview = Extract<Preview, { readonly kind: 'table' }>;

export interface Sheet {
  readonly name: string;
  readonly state: string;
  readonly path: string;
}

/** The sheets that a workbook names, in its order. */
export function sheetsOf(parts: Parts, relations: Relations, workbook: string): readonly Sheet[] {
  const sheets: Sheet[] = [];
  parts.xml(workbook, {
    open: ({ name, get }) => {
      if (name !== 'sheet') return;
      const path = relations.get(workbook, get('id'))?.path ?? '';
      sheets.push({ name: get('name') ?? '', state: get('state') ?? 'visible', path });
    },
  });
  return sheets;
}

const ROW = /<(?:[A-Za-z]\w{0,20}:)?row[\s>/]/g;
const LINK_FORMULA =
  /HYPERLINK\((?:"|&quot;)([^"&<]{1,2000}(?:&amp;[^"&<]{0,500}){0,20})(?:"|&quot;)(?:,(?:"|&quot;)([^"&<]{0,200}))?/gi;
const LINK = /<(?:[A-Za-z]\w{0,20}:)?hyperlink\s([^<>]{1,3000})>/g;

/** Counts the rows of a sheet, and finds its links with what they are shown as. Takes the rows from the budget. */
export function scanSheet(text: string, path: string, { links, relations }: Surroundings, budget: Budget): number {
  let rows = 0;
  for (const _ of text.matchAll(ROW)) if (++rows % 4_096 === 0) budget.checkTime();
  for (const [, target, shown] of text.matchAll(LINK_FORMULA))
    links.add((target ?? '').replaceAll('&amp;', '&'), shown);
  for (const [, attributes] of text.matchAll(LINK)) {
    const value = (name: string) => new RegExp(`(?:^|[\\s:])${name}="([^"]{0,500})"`).exec(attributes ?? '')?.[1];
    const target = relations.target(path, value('id'));
    if (target !== '') links.add(target, value('display') ?? '');
  }
  budget.take('rows', rows);
  return rows;
}

interface Cell {
  readonly column: number;
  readonly kind: string;
  text: string;
}

/** The first rows of a sheet; what is shared between cells is looked up behind. */
class FirstRows {
  readonly rows: Cell[][] = [];
  #cell: Cell | undefined;
  #inValue = false;

  get full(): boolean {
    return this.rows.length > MOST_ROWS;
  }

  open({ name, get }: Element): void {
    if (name === 'row') this.rows.push([]);
    const row = this.rows.at(-1);
    if (name === 'c' && row && row.length < MOST_COLUMNS) {
      this.#cell = { column: columnOf(get('r')) ?? row.length, kind: get('t') ?? 'n', text: '' };
      row.push(this.#cell);
    }
    if (name === 'v' || name === 't') this.#inValue = true;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#inValue = false;
    if (name === 'c') this.#cell = undefined;
  }

  hear(text: string): void {
    if (this.#inValue && this.#cell && this.#cell.text.length < 500) this.#cell.text += text;
  }
}

/** `C7` is in column 2. */
function columnOf(reference: string | undefined): number | undefined {
  const [letters] = /^[A-Z]{1,3}/.exec(reference ?? '') ?? [];
  if (letters === undefined) return undefined;
  return Array.from(letters).reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** A table of the first rows, the first of them as its head; undefined when there is nothing in it. */
export function previewOf(
  parts: Parts,
  { path, text }: { path: string; text: string },
  shared: string,
  budget: Budget,
): TablePreview | undefined {
  const first = new FirstRows();
  const handlers = {
    open: (element: Element) => first.open(element),
    close: (name: string) => first.close(name),
    text: (text: string) => first.hear(text),
  };
  try {
    readXml(text, budget, handlers, () => first.full);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    parts.broken.add(path);
  }
  const rows = first.rows.slice(0, MOST_ROWS).filter((row) => row.some(({ text }) => text !== ''));
  const wanted = rows.flatMap((row) => row.filter(({ kind }) => kind === 's').map(({ text }) => Number(text)));
  const texts = wanted.length > 0 ? sharedTexts(parts, shared, Math.max(...wanted)) : [];
  const shown = rows.map((row) => {
    const line = Array.from({ length: MOST_COLUMNS }, () => '');
    for (const { column, kind, text } of row) {
      if (column < MOST_COLUMNS) line[column] = safeText(kind === 's' ? (texts[Number(text)] ?? '') : text, CELL);
    }
    return line;
  });
  const used = Math.max(0, ...shown.map((line) => line.findLastIndex((cell) => cell !== '') + 1));
  const [columns, ...rest] = shown.map((line) => line.slice(0, used));
  return columns && { kind: 'table', columns, rows: rest };
}

/** The texts that cells share, up to the last one that is needed. */
function sharedTexts(parts: Parts, path: string, last: number): readonly string[] {
  const texts: string[] = [];
  const most = Math.min(last, MOST_SHARED);
  let inText = false;
  parts.xml(
    path,
    {
      open: ({ name }) => {
        if (name === 'si') texts.push('');
        if (name === 't') inText = true;
      },
      close: (name) => {
        if (name === 't') inText = false;
      },
      text: (text) => {
        const at = texts.length - 1;
        if (inText && at >= 0 && (texts[at] ?? '').length < 500) texts[at] += text;
      },
    },
    () => texts.length > most + 1,
  );
  return texts;
}
