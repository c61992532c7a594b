import { type CsvReader, readCsv, sniffDelimiter } from './csv.ts';
import { isSecretName } from './secret-values.ts';
import { stars } from './secrets.ts';

const LONGEST_NAME = 200;
/** `sep=;` */
const SEPARATOR_LINE = 5;

export interface HiddenColumns {
  /** Whether a column is hidden, one by one. */
  readonly hidden: readonly boolean[];
  /** The rows, with stars in hidden columns. */
  readonly rows: string[][];
}

/** Hides the columns of a table whose names say that they hold secrets, whatever they hold. */
export function hideColumns(names: readonly string[], rows: readonly (readonly string[])[]): HiddenColumns {
  const hidden = names.map(isSecretName);
  return {
    hidden,
    rows: rows.map((row) => row.map((cell, at) => (hidden[at] ? '*'.repeat(cell.length) : cell))),
  };
}

/** A text that may be a table, with stars in such columns: as long as it was, line for line. `tick` may throw. */
export function hideColumnsOf(text: string, tick: () => void): string {
  const delimiter = sniffDelimiter(text);
  if (delimiter === undefined) return text;
  const hiding = new Hiding(text);
  readCsv(text, delimiter, hiding, tick);
  return hiding.result();
}

/** Blots out fields while a table is read. */
class Hiding implements CsvReader {
  readonly #text: string;
  readonly #hidden = new Set<number>();
  readonly #pieces: string[] = [];
  #heading = true;
  #at = 0;
  #kept = 0;

  constructor(text: string) {
    this.#text = text;
  }

  field(index: number, source: string, start: number, end: number): void {
    // A field with quotes in it is given as it reads: where it stands is found behind the last one.
    const value = source === this.#text ? '' : source.replaceAll('"', '""');
    const from = source === this.#text ? start : this.#text.indexOf(`"${value}"`, this.#at) + 1;
    const to = source === this.#text ? end : from + value.length;
    this.#at = to;
    if (this.#heading) {
      if (isSecretName(source.slice(start, Math.min(end, start + LONGEST_NAME)))) this.#hidden.add(index);
    } else if (this.#hidden.has(index)) {
      this.#pieces.push(this.#text.slice(this.#kept, from), stars(this.#text.slice(from, to)));
      this.#kept = to;
    }
  }

  row(): boolean {
    // Before the names of the columns a first line may say what parts them.
    if (!(this.#text.startsWith('sep=') && this.#at <= SEPARATOR_LINE)) this.#heading = false;
    return this.#heading || this.#hidden.size > 0;
  }

  result(): string {
    return this.#kept === 0 ? this.#text : this.#pieces.join('') + this.#text.slice(this.#kept);
  }
}
