import { type Budget, LimitError } from './budget.ts';
import { isoDate } from './cell-values.ts';
import type { ColumnFacts } from './column.ts';
import type { CsvEnd, CsvReader, Delimiter } from './csv.ts';
import { type Description, shortNumber } from './describe.ts';
import { hideColumns } from './hidden-columns.ts';
import type { Fact, Finding, LimitHit } from './report.ts';
import { safeText } from './safe-text.ts';
import { readTable, Table } from './tables.ts';

/** A card has room for so many. */
const SHOWN_COLUMNS = 8;

const SIZE = { ',': 'tableComma', '\t': 'tableTab', ';': 'tableSemicolon', '|': 'tableBar' } as const;

/** What is in a table: how large it is, what each column holds, its first rows. Takes rows from the budget. */
export function describeTable(text: string, delimiter: Delimiter, budget: Budget): Description {
  let end: Quotes = { misplaced: 0 };
  const { facts, limits } = profiled(delimiter, budget, (table) => {
    end = readTable(text, delimiter, table, () => budget.checkTime());
  });
  const { rows, columnCount: columns } = facts;
  const size: Fact = { label: 'table', code: SIZE[delimiter], params: { rows, columns } };
  return { type: 'csv', mime: 'text/csv', limits, ...said(size, facts, end) };
}

/** The same of a sheet of a workbook, whose rows `read` gives to a reader; nothing where there are none. */
export function describeSheet(
  name: string,
  budget: Budget,
  read: (table: CsvReader) => void,
): Omit<Description, 'type' | 'mime'> | undefined {
  const { facts, limits } = profiled(undefined, budget, read);
  if (facts.columnCount === 0 && limits.length === 0) return undefined;
  const params = { name: safeText(name, 60), rows: facts.rows, columns: facts.columnCount };
  return { limits, ...said({ label: 'table', code: 'tableSheet', params }, facts, { misplaced: 0 }) };
}

type Quotes = Pick<CsvEnd, 'misplaced' | 'unclosedLine'>;

function profiled(delimiter: Delimiter | undefined, budget: Budget, read: (table: CsvReader) => void) {
  const limits: LimitHit[] = [];
  let pending = 0;
  const table = new Table(delimiter, () => {
    if (++pending === 512) {
      budget.take('rows', pending);
      pending = 0;
    }
    return true;
  });
  try {
    read(table);
    budget.take('rows', pending);
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    limits.push(error.hit);
  }
  return { facts: table.facts(), limits };
}

function said(
  size: Fact,
  { rows, columnCount, columns, sample, ragged, secrets }: ReturnType<Table['facts']>,
  { misplaced, unclosedLine }: Quotes,
): Pick<Description, 'facts' | 'findings' | 'previews' | 'secrets'> {
  const names = columns.map(({ name }) => name);
  const { hidden, rows: cells } = hideColumns(names, sample);
  const findings: Finding[] = [
    ...note('ragged-rows', { count: ragged }),
    ...(unclosedLine === undefined
      ? note('misplaced-quotes', { count: misplaced })
      : note('unclosed-quote', { count: 1, line: unclosedLine })),
  ];
  const more = columnCount - Math.min(columnCount, SHOWN_COLUMNS);
  const facts: Fact[] = [
    size,
    ...columns.slice(0, SHOWN_COLUMNS).map((column, at) => factOf(column, rows, hidden[at] === true)),
    ...(more > 0 ? [{ label: 'column', code: 'columnsMore', params: { count: more } } as const] : []),
  ];
  const table = { kind: 'table', columns: names.slice(0, SHOWN_COLUMNS), rows: cells } as const;
  return { facts, findings, previews: [table], secrets };
}

function note(code: Finding['code'], params: { readonly count: number; readonly line?: number }): Finding[] {
  return params.count > 0 ? [{ code, level: 'safe', params: { ...params } }] : [];
}

function factOf(column: ColumnFacts, rows: number, hidden: boolean): Fact {
  const { name, type, empty, odd, min = 0, max = 0, mean = 0, most } = column;
  const distinct = `${column.distinct}${column.many ? '+' : ''}`;
  const fact = (code: Fact['code'], params: Fact['params'] = {}): Fact => ({
    label: 'column',
    code,
    params: { name, distinct, empty, ...params },
  });
  if (hidden) return fact('columnHidden');
  switch (type) {
    case 'empty':
      return fact('columnEmpty');
    case 'integer':
    case 'number': {
      const range = { min: shortNumber(min), max: shortNumber(max), mean: shortNumber(mean) };
      return odd > 0 ? fact('columnNumbersMixed', { ...range, odd }) : fact('columnNumbers', range);
    }
    case 'date':
      return fact(column.unclear ? 'columnDatesUnclear' : 'columnDates', { min: isoDate(min), max: isoDate(max) });
    case 'boolean':
      return most ? fact('columnBooleans', { most: most.value, times: most.times }) : fact('columnText');
    case 'text':
      if (!column.many && column.distinct === rows && rows > 1) return fact('columnUnique');
      return most ? fact('columnTextMost', { most: most.value, times: most.times }) : fact('columnText');
    default: {
      const never: never = type;
      return never;
    }
  }
}
