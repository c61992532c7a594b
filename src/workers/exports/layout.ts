/** How the rows of a file are written down. Each file is begun and ended by itself. */
export interface Layout<R> {
  /** What files are called behind the dot. */
  readonly extension: string;
  begin(): string;
  row(row: R): string;
  end(): string;
}

/** A row as it leaves the bot: by the names of its columns. What is not a cell is a list or an object. */
export type Columns = Readonly<Record<string, unknown>>;

/** What an export consists of, whatever its format. */
export interface Content<R> {
  readonly columns: readonly string[];
  /** The values of the columns, by name, in their order. */
  readonly record: (row: R) => Columns;
}
