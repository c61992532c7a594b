import type { Budget } from '../budget.ts';
import type { Description } from '../describe.ts';
import { describeSheet } from '../describe-table.ts';
import type { Fact } from '../report.ts';
import { safeText } from '../safe-text.ts';
import { SecretColumns } from '../secret-columns.ts';
import type { SecretKind } from '../secret-tokens.ts';
import { maskSecrets } from '../secrets.ts';
import type { Parts } from './package.ts';
import type { Cell } from './rows.ts';
import { giveRows } from './sheet-table.ts';
import { countRows, linksOf, type Sheet } from './sheets.ts';
import type { Surroundings } from './surroundings.ts';
import { Workbook } from './workbook.ts';
import { XmlError } from './xml.ts';

const MOST_SHEETS = 6;
/** Shorter ones are not cut where they are shown, and found there. */
const SHORTEST_SECRET = 16;
const MOST_SECRETS = 100;
/** What is not shown is searched no longer when so much of the time is used: that costs nobody the rest of the report. */
const SHARE = 0.6;
const TEXTS_A_LOOK = 256;

/** What is in the sheets of a workbook: all are named and searched for links and secrets, the first that holds anything is told of as a table. */
export class SheetsDescription {
  readonly #parts: Parts;
  readonly #around: Surroundings;
  readonly #budget: Budget;
  readonly #book: Workbook;
  readonly #rows = new Map<string, number>();
  readonly #secrets: SecretKind[] = [];
  #table: Omit<Description, 'type' | 'mime'> | undefined;

  constructor(parts: Parts, around: Surroundings, budget: Budget) {
    this.#parts = parts;
    this.#around = around;
    this.#budget = budget;
    this.#book = new Workbook(parts, around.relations, budget);
  }

  /** LimitError where the budget ends; what was read until then can be told. */
  read(): void {
    for (const sheet of this.#book.sheets) {
      const text = this.#book.text(sheet);
      if (text === undefined) continue;
      this.#rows.set(sheet.path, countRows(text, this.#budget));
      try {
        this.#readCells(sheet, text);
      } catch (error) {
        if (!(error instanceof XmlError)) throw error;
        this.#parts.broken.add(sheet.path);
      }
    }
    if (this.#rows.size > 1) this.#searchShared();
  }

  #readCells({ name, path }: Sheet, text: string): void {
    const linked = linksOf(text, path, this.#around);
    const rows = this.#judged(this.#book.rows(text), linked);
    if (!this.#table) {
      this.#table = describeSheet(name, this.#budget, (reader) => giveRows(rows, reader));
      return;
    }
    this.#budget.take('rows', this.#rows.get(path) ?? 0);
    this.#readUnshown(rows, text, linked.size > 0 || text.includes('HYPERLINK('));
  }

  /** A sheet that is not told of, for secrets: columns that are called so, and texts that it does not share. */
  #readUnshown(rows: Generator<readonly Cell[], void, undefined>, text: string, whole: boolean): void {
    const columns = new SecretColumns();
    giveRows(rows, columns);
    this.#found(columns.kinds());
    if (!whole && !text.includes('t="inlineStr"') && !text.includes('t="str"')) return;
    for (const _ of rows) if (!whole && this.#budget.usedTime() > SHARE) return;
  }

  /** What sheets share is searched once, whichever of them has it. */
  #searchShared(): void {
    let seen = 0;
    for (const text of this.#book.sharedTexts()) {
      if (++seen % TEXTS_A_LOOK === 0 && this.#budget.usedTime() > SHARE) return;
      if (text.length < SHORTEST_SECRET) continue;
      this.#found(maskSecrets(text).kinds.filter((kind) => !this.#secrets.includes(kind)));
    }
  }

  #found(kinds: readonly SecretKind[]): void {
    if (this.#secrets.length < MOST_SECRETS) this.#secrets.push(...kinds);
  }

  /** The same rows without secrets; on the way what a cell shows is held against where it leads. */
  *#judged(rows: Iterable<readonly Cell[]>, linked: ReadonlyMap<string, string>) {
    for (const row of rows) {
      for (const { place, text, formula } of row) {
        if (linked.size === 0 && formula === '') continue;
        const target = linked.get(place) ?? targetOf(formula);
        if (target !== undefined) this.#around.links.add(target, text);
      }
      yield row.some(({ text }) => text.length >= SHORTEST_SECRET) ? row.map((cell) => this.#masked(cell)) : row;
    }
  }

  /** Before anything is cut: of half a token nobody can tell that it is one. */
  #masked(cell: Cell): Cell {
    if (cell.text.length < SHORTEST_SECRET) return cell;
    const { text, kinds } = maskSecrets(cell.text);
    this.#found(kinds);
    return text === cell.text ? cell : { ...cell, text };
  }

  /** What was found out. */
  description(): Omit<Description, 'type' | 'mime'> {
    const { facts = [], limits = [], secrets = [], ...table } = this.#table ?? {};
    return {
      ...table,
      secrets: [...secrets, ...this.#secrets],
      facts: [...sheetFacts(this.#book.sheets, this.#rows), ...facts],
      limits: [...this.#book.limits, ...limits],
    };
  }
}

function targetOf(formula: string): string | undefined {
  return /HYPERLINK\(\s{0,9}"([^"]{1,2000})"/i.exec(formula)?.[1];
}

function sheetFacts(sheets: readonly Sheet[], rows: ReadonlyMap<string, number>): readonly Fact[] {
  const shown = sheets.slice(0, MOST_SHEETS).map(({ name, state, path }): Fact => {
    const params = { name: safeText(name, 60), rows: rows.get(path) ?? 0 };
    if (!rows.has(path)) return { label: 'sheet', code: 'plain', params: { value: params.name } };
    return { label: 'sheet', code: state === 'visible' ? 'sheet' : 'sheetHidden', params };
  });
  const count = sheets.length - shown.length;
  return count > 0 ? [...shown, { label: 'sheet', code: 'columnsMore', params: { count } }] : shown;
}
