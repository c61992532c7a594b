import { type Budget, LimitError } from './budget.ts';
import { isoDate } from './cell-values.ts';
import type { ColumnFacts } from './column.ts';
import type { Delimiter } from './csv.ts';
import { type Description, shortNumber } from './describe.ts';
import { hideColumns } from './hidden-columns.ts';
import type { Fact, Finding, LimitHit } from './report.ts';
import { readTable, Table, type TableFacts } from './tables.ts';

/** A card has room for so many. */
const SHOWN_COLUMNS = 8;

const SIZE = { ',': 'tableComma', '\t': 'tableTab', ';': 'tableSemicolon', '|': 'tableBar' } as const;

/** What is in a table: how large it is, what each column holds, its first rows. Takes rows from the budget. */
export function describeTable(text: string, delimiter: Delimiter, budget: Budget): Description {
  const limits: LimitHit[] = [];
  let pending = 0;
  const table = new Table(delimiter, () => {
    if (++pending === 512) {
      budget.take('rows', pending);
      pending = 0;
    }
    return true;
  });
  let end: Pick<TableFacts, 'misplaced' | 'unclosedLine'> = { misplaced: 0 };
  try {
    end = readTable(text, delimiter, table, () => budget.checkTime());
    budget.take('rows', pending);
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    limits.push(error.hit);
  }
  return { type: 'csv', mime: 'text/csv', limits, ...said(delimiter, table.facts(), end) };
}

function said(
  delimiter: Delimiter,
  { rows, columnCount, columns, sample, ragged }: Omit<TableFacts, 'misplaced' | 'unclosedLine' | 'whole'>,
  { misplaced, unclosedLine }: Pick<TableFacts, 'misplaced' | 'unclosedLine'>,
): Pick<Description, 'facts' | 'findings' | 'previews' | 'secrets'> {
  const {
    hidden,
    rows: cells,
    kinds,
  } = hideColumns(
    columns.map(({ name }) => name),
    sample,
  );
  const findings: Finding[] = [
    ...note('ragged-rows', { count: ragged }),
    ...(unclosedLine === undefined
      ? note('misplaced-quotes', { count: misplaced })
      : note('unclosed-quote', { count: 1, line: unclosedLine })),
  ];
  const more = columnCount - Math.min(columnCount, SHOWN_COLUMNS);
  const facts: Fact[] = [
    { label: 'table', code: SIZE[delimiter], params: { rows, columns: columnCount } },
    ...columns.slice(0, SHOWN_COLUMNS).map((column, at) => factOf(column, rows, hidden[at] === true)),
    ...(more > 0 ? [{ label: 'column', code: 'columnsMore', params: { count: more } } as const] : []),
  ];
  const names = columns.slice(0, SHOWN_COLUMNS).map(({ name }) => name);
  return { facts, findings, previews: [{ kind: 'table', columns: names, rows: cells }], secrets: kinds };
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
      return fact('columnDates', { min: isoDate(min), max: isoDate(max) });
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
