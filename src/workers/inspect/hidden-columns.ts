import type { SecretKind } from './secret-tokens.ts';
import { isSecretName, secretAmong } from './secret-values.ts';

export interface HiddenColumns {
  /** Whether a column is hidden, one by one. */
  readonly hidden: readonly boolean[];
  /** The rows, with stars in hidden columns. */
  readonly rows: string[][];
  /** Of the columns that hold more than words. */
  readonly kinds: SecretKind[];
}

/** Hides the columns of a table whose names say that they hold secrets, whatever they hold. */
export function hideColumns(names: readonly string[], rows: readonly (readonly string[])[]): HiddenColumns {
  const hidden = names.map(isSecretName);
  return {
    hidden,
    rows: rows.map((row) => row.map((cell, at) => (hidden[at] ? '*'.repeat(cell.length) : cell))),
    kinds: names.flatMap(
      (name, at) =>
        secretAmong(
          name,
          rows.map((row) => row[at] ?? ''),
        ) ?? [],
    ),
  };
}
