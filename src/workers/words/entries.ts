import { scanJson } from '../inspect/json.ts';

/** One entry of a list as it was written. */
export interface Entry {
  /** From 1; of an array of JSON, the number of the entry. */
  readonly line: number;
  /** Nothing where it is no text, or its quotes are not closed. */
  readonly text: string | undefined;
}

/** Why a file is no list, and where, as far as that is known. */
export interface NoList {
  readonly code: 'badJson' | 'noArray';
  readonly line?: number;
  readonly column?: number;
}

export type Listing =
  | { readonly ok: true; readonly entries: Iterable<Entry> }
  | { readonly ok: false; readonly problem: NoList };

/** Deeper than any list is: an array, or one in an object. */
const DEEPEST = 2;
const NAMES = ['terms', 'words', 'domains', 'entries'];
const HEADINGS = new Set([...NAMES, 'term', 'word', 'domain', 'entry', 'phrase', 'phrases', 'url', 'name']);
/** `#channel` is a word, `# something` is a comment. */
const COMMENT = /^\s*(?:#(?:\s|$)|\/\/)/;

/** Reads a text as a list: JSON where it is an array, a table by its first column, else an entry a line. `name` is the file's. */
export function readEntries(text: string, name: string): Listing {
  if (/\.json$/i.test(name) || /^\s*(?:\[\s*["\]]|\{\s*["}])/.test(text)) return fromJson(text);
  if (/\.(?:csv|tsv)$/i.test(name)) return { ok: true, entries: fromTable(text) };
  return { ok: true, entries: fromLines(text) };
}

/** Entries that somebody typed: one a line, or all in one with commas between. */
export function readTyped(text: string): Iterable<Entry> {
  return fromLines(text.includes('\n') ? text : text.replaceAll(',', '\n'));
}

function fromJson(text: string): Listing {
  const scan = scanJson(text);
  if (!scan.ok) {
    const before = text.slice(0, scan.at);
    const lineStart = before.lastIndexOf('\n') + 1;
    const line = before.split('\n').length;
    return { ok: false, problem: { code: 'badJson', line, column: scan.at - lineStart + 1 } };
  }
  const value: unknown = scan.shape.depth <= DEEPEST ? JSON.parse(text) : undefined;
  const list = Array.isArray(value) ? value : NAMES.map((name) => inner(value, name)).find(Array.isArray);
  if (!Array.isArray(list)) return { ok: false, problem: { code: 'noArray' } };
  return {
    ok: true,
    entries: list.map((one, at) => ({ line: at + 1, text: typeof one === 'string' ? one : undefined })),
  };
}

function inner(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function* fromLines(text: string): Generator<Entry, void, undefined> {
  for (const entry of lines(text)) if (!COMMENT.test(entry.text)) yield entry;
}

function* fromTable(text: string): Generator<Entry, void, undefined> {
  for (const { line, text: row } of lines(text)) {
    const cell = firstCell(row);
    if (line > 1 || cell === undefined || !HEADINGS.has(cell.trim().toLowerCase())) yield { line, text: cell };
  }
}

/** Nothing where a quote is never closed. */
function firstCell(row: string): string | undefined {
  if (!row.startsWith('"')) return /^[^,;\t]*/.exec(row)?.[0];
  const quoted = /^"((?:[^"]|"")*)"/.exec(row)?.[1];
  return quoted?.replaceAll('""', '"');
}

function* lines(text: string): Generator<{ readonly line: number; readonly text: string }, void, undefined> {
  let line = 0;
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const stop = end === -1 ? text.length : end;
    const one = text.slice(at, stop).trim();
    line++;
    if (one !== '') yield { line, text: one };
    at = stop + 1;
  }
}
