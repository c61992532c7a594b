/** Rows of a table, the first of them its head. */
export type Cells = readonly (readonly string[])[];

/** Cells as lines of plain text: the first column to the left, the others to the right. */
export function columns(rows: Cells): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) => {
    const cells = row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)));
    return `  ${cells.join('  ')}`.trimEnd();
  });
}

/** Milliseconds, with a digit behind the point where that says something. */
export function ms(value: number): string {
  return value.toFixed(value < 100 ? 1 : 0);
}
