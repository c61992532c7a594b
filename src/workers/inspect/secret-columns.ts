import type { CsvReader } from './csv.ts';
import type { SecretKind } from './secret-tokens.ts';
import { isSecretName, secretAmong } from './secret-values.ts';

/** So many rows tell whether a column that is called so holds more than words. */
const MOST_ROWS = 200;
const LONGEST = 300;

/** Reads the beginning of a table for columns whose names say that they hold secrets. */
export class SecretColumns implements CsvReader {
  readonly #columns = new Map<number, { readonly name: string; readonly values: string[] }>();
  #rows = 0;

  field(index: number, source: string, start: number, end: number): void {
    const value = source.slice(start, Math.min(end, start + LONGEST)).trim();
    if (this.#rows > 0) this.#columns.get(index)?.values.push(value);
    else if (isSecretName(value)) this.#columns.set(index, { name: value, values: [] });
  }

  row(): boolean {
    return ++this.#rows < MOST_ROWS && this.#columns.size > 0;
  }

  kinds(): SecretKind[] {
    return [...this.#columns.values()].flatMap(({ name, values }) => secretAmong(name, values) ?? []);
  }
}
