import { csvShape, type Delimiter, sniffDelimiter } from './csv.ts';
import { type JsonFault, type JsonScan, scanJson } from './json.ts';
import { logShape, looksLikeLog } from './log.ts';
import { linesOf } from './safe-text.ts';

export interface Lines {
  readonly lines: number;
  /** In UTF-16 units. */
  readonly longestLine: number;
}

export interface Fault {
  readonly fault: JsonFault;
  readonly line: number;
  readonly column: number;
}

/** What its name and its sender say a file is; its content has the last word. */
export type Claim = 'csv' | 'tsv' | 'json' | 'ndjson' | 'log' | undefined;

const CLAIMS: Readonly<Record<string, Claim>> = {
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  json: 'json',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  log: 'log',
};

const MIN_RECORDS = 2;

export function claimOf(name: string, type: string): Claim {
  const extension = /\.([a-z]{1,6})$/i.exec(name.slice(-8))?.[1]?.toLowerCase();
  if (extension && extension in CLAIMS) return CLAIMS[extension];
  if (/^(?:application|text)\/json\b/.test(type)) return 'json';
  return /^text\/csv\b/.test(type) ? 'csv' : undefined;
}

/** A text without an end of line is one line; an end at the very end begins no other. */
export function measure(text: string): Lines {
  let lines = 0;
  let longestLine = 0;
  for (let start = 0; start < text.length; lines++) {
    const end = text.indexOf('\n', start);
    const stop = end === -1 ? text.length : end;
    longestLine = Math.max(longestLine, stop - start);
    start = stop + 1;
  }
  return { lines, longestLine };
}

/** Tries one kind after another, the strictest first, so that a table of JSON or a log of braces is not mistaken. */
export function shapeOf(text: string, { longestLine }: Lines, claim: Claim) {
  if (!/\S/.test(text)) return { kind: 'text' as const };
  const json = startsJson(text) ? scanJson(text) : undefined;
  if (json?.ok) return { kind: 'json' as const, ...json.shape };
  const records = ndjsonShape(text);
  if (records) return records;
  if (claim !== 'log') {
    const delimiter = sniffDelimiter(text, longestLine) ?? alone(claim, longestLine);
    if (delimiter && (claim === 'csv' || claim === 'tsv' || !looksLikeLog(text))) {
      return { kind: 'csv' as const, ...csvShape(text, delimiter) };
    }
  }
  if (claim === 'log' || looksLikeLog(text)) return { kind: 'log' as const, ...logShape(text) };
  if (json && claimsJson(text, claim)) return { kind: 'broken json' as const, ...faultOf(text, json) };
  return { kind: 'text' as const };
}

/** A table of a single column has nothing to be sniffed by: its name has to say so. */
function alone(claim: Claim, longestLine: number): Delimiter | undefined {
  if (longestLine > 10_000) return undefined;
  if (claim === 'tsv') return '\t';
  return claim === 'csv' ? ',' : undefined;
}

function startsJson(text: string): boolean {
  return /^\s{0,1000}[[{"\d\-tfn]/.test(text);
}

function claimsJson(text: string, claim: Claim): boolean {
  return claim === 'json' || claim === 'ndjson' || /^\s{0,1000}(?:\{\s{0,1000}"|\[\s{0,1000}[[{"])/.test(text);
}

/** One JSON object or array a line. Bad lines are counted as long as the good ones are the rule. */
function ndjsonShape(text: string) {
  let [records, invalid] = [0, 0];
  let keys: string[] = [];
  let firstFault: Fault | undefined;
  let number = 0;
  for (const line of linesOf(text)) {
    number++;
    if (line.trim() === '') continue;
    const scan = /^\s{0,100}[{[]/.test(line) ? scanJson(line) : undefined;
    if (scan?.ok) {
      if (records++ === 0) keys = scan.shape.keys;
      continue;
    }
    if (++invalid > 2 && invalid > records) return undefined;
    firstFault ??= { fault: scan?.fault ?? 'unexpected-character', line: number, column: (scan?.at ?? 0) + 1 };
  }
  if (records < MIN_RECORDS || invalid > records * 0.1) return undefined;
  return { kind: 'ndjson' as const, records, invalid, keys, ...(firstFault && { firstFault }) };
}

function faultOf(text: string, { fault, at }: Extract<JsonScan, { ok: false }>): Fault {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < at; end = text.indexOf('\n', start)) {
    line++;
    start = end + 1;
  }
  return { fault, line, column: at - start + 1 };
}
