import type { Budget } from '../budget.ts';
import type { LimitHit } from '../report.ts';
import { dateStyles } from './number-formats.ts';
import type { Parts } from './package.ts';
import type { Relations } from './relations.ts';
import { type Cell, type CellSources, rowsOf } from './rows.ts';
import { SharedTexts } from './shared-texts.ts';
import { type Sheet, sheetsOf } from './sheets.ts';

/** Sheets are long, and searched rather than parsed. In bytes. */
const MOST_SHEET = 32_000_000;

/** The sheets of a workbook, and what their cells hold. */
export class Workbook {
  readonly sheets: readonly Sheet[];
  /** What was left out of the parts that were read. */
  readonly limits: LimitHit[] = [];
  readonly #parts: Parts;
  readonly #relations: Relations;
  readonly #budget: Budget;
  readonly #from1904: boolean;
  #sources: CellSources | undefined;

  constructor(parts: Parts, relations: Relations, budget: Budget) {
    const main = relations.paths('officeDocument').find((path) => parts.has(path)) ?? 'xl/workbook.xml';
    const { sheets, from1904 } = sheetsOf(parts, relations, main);
    this.sheets = sheets;
    this.#parts = parts;
    this.#relations = relations;
    this.#budget = budget;
    this.#from1904 = from1904;
  }

  /** A sheet's XML, or the beginning of it, which is noted among the limits. */
  text({ path }: Sheet): string | undefined {
    const found = this.#parts.text(path, MOST_SHEET);
    if (found?.limit) this.limits.push(found.limit);
    return found?.text;
  }

  /** The rows that stand in a sheet's XML. */
  rows(text: string): Generator<readonly Cell[], void, undefined> {
    this.#sources ??= this.#readSources();
    return rowsOf(text, this.#sources, this.#budget);
  }

  /** The texts that cells of all sheets share. */
  sharedTexts(): Iterable<string> {
    this.#sources ??= this.#readSources();
    return this.#sources.shared.all();
  }

  #readSources(): CellSources {
    const styles = dateStyles(this.#parts, this.#relations.paths('styles')[0] ?? 'xl/styles.xml');
    const shared = this.#parts.text(this.#relations.paths('sharedStrings')[0] ?? 'xl/sharedStrings.xml');
    if (shared?.limit) this.limits.push(shared.limit);
    return { styles, shared: new SharedTexts(shared?.text ?? '', this.#budget), from1904: this.#from1904 };
  }
}
