import type { Budget } from '../budget.ts';
import { type DateKind, dateText } from './number-formats.ts';
import type { SharedTexts } from './shared-texts.ts';
import { Tags } from './tags.ts';

/** What cells of a workbook refer to. */
export interface CellSources {
  readonly shared: SharedTexts;
  readonly styles: readonly (DateKind | undefined)[];
  /** Whether days are counted from 1904 on. */
  readonly from1904: boolean;
}

/** A cell that is not empty. */
export interface Cell {
  /** Where it stands: `C7`; empty where that is not said. */
  readonly place: string;
  readonly column: number;
  /** As Excel shows it, more or less; dates as ISO writes them. */
  readonly text: string;
  readonly formula: string;
}

/** Excel has no more columns. */
const MOST_COLUMNS = 16_384;

/** The rows of a sheet that have anything in them, one after another. */
export function* rowsOf(
  text: string,
  sources: CellSources,
  budget: Budget,
): Generator<readonly Cell[], void, undefined> {
  const tags = new Tags(text, budget);
  while (tags.next()) {
    if (tags.name === 'sheetData' && tags.kind === 'closes') return;
    if (tags.name !== 'row' || tags.kind !== 'opens') continue;
    const cells = cellsOf(tags, sources);
    if (cells.length > 0) yield cells;
  }
}

/** To the end of the row that has begun. */
function cellsOf(tags: Tags, sources: CellSources): readonly Cell[] {
  const cells: Cell[] = [];
  let next = 0;
  while (tags.next()) {
    if (tags.kind === 'closes' && (tags.name === 'row' || tags.name === 'sheetData')) break;
    if (tags.name !== 'c') continue;
    const place = tags.get('r') ?? '';
    const column = columnOf(place) ?? next;
    next = column + 1;
    if (tags.kind !== 'opens' || column >= MOST_COLUMNS) continue;
    const cell = readCell(tags, { place, column }, sources);
    if (cell.text !== '' && cells.length < MOST_COLUMNS) cells.push(cell);
  }
  return cells;
}

function readCell(tags: Tags, at: Pick<Cell, 'place' | 'column'>, sources: CellSources): Cell {
  const [kind = 'n', style = 0] = [tags.get('t'), Number(tags.get('s') ?? 0)];
  let [raw, formula, spoken] = ['', '', false];
  while (tags.next()) {
    if (tags.kind === 'closes' && (tags.name === 'c' || tags.name === 'row')) break;
    if (tags.name === 'rPh') spoken = tags.kind === 'opens';
    if (tags.kind !== 'opens') continue;
    if (tags.name === 'f') formula = tags.text();
    else if (tags.name === 'v' || (tags.name === 't' && !spoken)) raw += tags.text();
  }
  return { ...at, text: textOf(raw, kind, sources.styles[style], sources), formula };
}

function textOf(raw: string, kind: string, date: DateKind | undefined, { shared, from1904 }: CellSources): string {
  if (raw === '') return '';
  if (kind === 's') return shared.at(Number(raw));
  if (kind === 'b') return raw === '1' ? 'true' : 'false';
  if (kind !== 'n') return raw;
  return (date && dateText(Number(raw), date, from1904)) ?? (raw.length > 15 ? rounded(raw) : raw);
}

/** Excel reckons with more digits than it shows: `0.30000000000000004` is 0.3 there. */
function rounded(raw: string): string {
  const number = Number(raw);
  return Number.isFinite(number) ? String(Number(number.toPrecision(15))) : raw;
}

/** `C7` is in column 2. */
function columnOf(place: string): number | undefined {
  let column = 0;
  for (let at = 0; at < 4; at++) {
    const code = place.charCodeAt(at);
    if (!(code >= 65 && code <= 90)) break;
    column = column * 26 + code - 64;
  }
  return column > 0 ? column - 1 : undefined;
}
