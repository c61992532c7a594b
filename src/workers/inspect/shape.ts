import type { Budget } from './budget.ts';
import { type Delimiter, looksLikeSentences, sniffDelimiter } from './csv.ts';
import { type JsonFault, type JsonScan, type JsonShape, scanJson } from './json.ts';
import { looksLikeLog } from './log.ts';
import { linesOf } from './safe-text.ts';
import { scanToml, type TomlScan } from './toml.ts';
import { TraceReader } from './traces.ts';
import { placeOf, scanYaml, type YamlScan } from './yaml.ts';

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

export interface Records {
  readonly kind: 'ndjson';
  readonly records: number;
  readonly invalid: number;
  /** Of the first record. */
  readonly keys: readonly string[];
  readonly firstFault?: Fault;
}

/** What a text is. `scan` is missing where it is longer than its parser is given. */
export type Shape =
  | { readonly kind: 'text' | 'log' | 'trace' }
  | { readonly kind: 'json'; readonly shape: JsonShape }
  | { readonly kind: 'broken json'; readonly fault: Fault }
  | Records
  | { readonly kind: 'yaml'; readonly scan?: YamlScan }
  | { readonly kind: 'toml'; readonly scan?: TomlScan }
  | { readonly kind: 'csv'; readonly delimiter: Delimiter };

/** What its name and its sender say a file is; its content has the last word. */
export type Claim = 'csv' | 'tsv' | 'json' | 'ndjson' | 'yaml' | 'toml' | 'log' | undefined;

const CLAIMS: Readonly<Record<string, Claim>> = {
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  json: 'json',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  yml: 'yaml',
  yaml: 'yaml',
  toml: 'toml',
  log: 'log',
};

const MIN_RECORDS = 2;
/** The parsers of YAML and TOML take up to half a second for a million characters and cannot be interrupted. */
export const MOST_PARSED = 500_000;
/** How much of a text is looked at to tell a trace. */
const TRACE_CHARS = 200_000;
const TRACE_SHARE = 0.3;
/** How much of the beginning has to look like YAML or TOML when the name says nothing. */
const GUESSED_LINES = 40;

export function claimOf(name: string, type: string): Claim {
  const extension = /\.([a-z]{1,6})$/i.exec(name.slice(-8))?.[1]?.toLowerCase();
  if (extension && Object.hasOwn(CLAIMS, extension)) return CLAIMS[extension];
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
export function shapeOf(text: string, claim: Claim, budget: Budget): Shape {
  if (!/\S/.test(text)) return { kind: 'text' };
  const tick = () => budget.checkTime();
  const json = startsJson(text) ? scanJson(text, tick) : undefined;
  if (json?.ok) return { kind: 'json', shape: json.shape };
  const records = ndjsonShape(text, claim, tick);
  if (records) return records;
  if (claim === 'yaml') return yamlOf(text);
  // Broken JSON is never TOML if it begins with a brace; `[[` begins a table.
  if (claim === 'toml') return json && /^\s{0,1000}\{/.test(text) ? yamlOf(text) : tomlOf(text);
  const table = tableShape(text, claim);
  if (table) return table;
  if (claim === 'log' || looksLikeLog(text)) return { kind: 'log' };
  if (json && claimsJson(text, claim)) return { kind: 'broken json', fault: faultOf(text, json) };
  if (isTrace(text)) return { kind: 'trace' };
  return guessedConfig(text) ?? { kind: 'text' };
}

function tableShape(text: string, claim: Claim): Shape | undefined {
  if (claim === 'log') return undefined;
  const claimed = claim === 'csv' || claim === 'tsv';
  const delimiter = sniffDelimiter(text) ?? alone(claim);
  if (!delimiter || (!claimed && (looksLikeLog(text) || isTrace(text)))) return undefined;
  if (!claimed && delimiter === ',' && looksLikeSentences(text)) return undefined;
  return { kind: 'csv', delimiter };
}

/** A table of a single column, or a single row, has nothing to be sniffed by: its name has to say so. */
function alone(claim: Claim): Delimiter | undefined {
  if (claim === 'tsv') return '\t';
  return claim === 'csv' ? ',' : undefined;
}

function startsJson(text: string): boolean {
  return /^\s{0,1000}[[{"\d\-tfn]/.test(text);
}

function claimsJson(text: string, claim: Claim): boolean {
  return claim === 'json' || claim === 'ndjson' || /^\s{0,1000}(?:\{\s{0,1000}"|\[\s{0,1000}[[{"])/.test(text);
}

/** One JSON object or array a line. Bad lines are counted as long as the good ones are the rule, or the name says so. */
function ndjsonShape(text: string, claim: Claim, tick: () => void): Records | undefined {
  let [records, invalid] = [0, 0];
  let keys: readonly string[] = [];
  let firstFault: Fault | undefined;
  let number = 0;
  for (const line of linesOf(text)) {
    if ((++number & 1_023) === 0) tick();
    if (line.trim() === '') continue;
    const scan = /^\s{0,100}[{[]/.test(line) ? scanJson(line, tick) : undefined;
    if (scan?.ok) {
      if (records++ === 0) keys = scan.shape.keys;
      continue;
    }
    if (++invalid > 2 && invalid > records) return undefined;
    firstFault ??= { fault: scan?.fault ?? 'unexpected-character', line: number, column: (scan?.at ?? 0) + 1 };
  }
  if (records < MIN_RECORDS || invalid > records * (claim === 'ndjson' ? 1 : 0.1)) return undefined;
  return { kind: 'ndjson', records, invalid, keys, ...(firstFault && { firstFault }) };
}

function faultOf(text: string, { fault, at }: Extract<JsonScan, { ok: false }>): Fault {
  return { fault, ...placeOf(text, at) };
}

function isTrace(text: string): boolean {
  const head = text.slice(0, TRACE_CHARS);
  const reader = new TraceReader(head);
  let lines = 0;
  let filled = 0;
  for (const line of linesOf(head)) {
    reader.line(line, ++lines);
    if (line !== '') filled++;
  }
  const { traces, lines: inside } = reader.facts();
  return traces > 0 && inside >= filled * TRACE_SHARE;
}

function yamlOf(text: string): Shape {
  return text.length > MOST_PARSED ? { kind: 'yaml' } : { kind: 'yaml', scan: scanYaml(text) };
}

function tomlOf(text: string): Shape {
  return text.length > MOST_PARSED ? { kind: 'toml' } : { kind: 'toml', scan: scanToml(text) };
}

/** Without a name that says so, only what looks like it throughout, and is it. */
function guessedConfig(text: string): Shape | undefined {
  const [keys, others, indented, assignments] = countLines(text);
  if (text.length > MOST_PARSED || keys + assignments < 3) return undefined;
  if (others === 0 && assignments > keys) {
    const shape = tomlOf(text);
    return shape.kind === 'toml' && shape.scan?.ok ? shape : undefined;
  }
  if (others > 0 || (indented === 0 && !text.startsWith('---'))) return undefined;
  const shape = yamlOf(text);
  return shape.kind === 'yaml' && shape.scan?.ok ? shape : undefined;
}

function countLines(text: string): [keys: number, others: number, indented: number, assignments: number] {
  let [keys, others, indented, assignments, seen] = [0, 0, 0, 0, 0];
  for (const whole of linesOf(text.slice(0, 20_000))) {
    const line = whole.slice(0, 200);
    if (line.trim() === '' || /^\s*#/.test(line)) continue;
    if (++seen > GUESSED_LINES) break;
    if (/^\s*(?:- )?["']?[\w.-]{1,60}["']?:(?: |$)/.test(line)) keys++;
    else if (/^\s*(?:\[{1,2}[\w."' -]{1,80}\]{1,2}|["']?[\w.-]{1,60}["']?\s?=\s?\S.*)$/.test(line)) assignments++;
    else if (!/^(?:---|\.\.\.|\s*- ?)/.test(line)) others++;
    if (/^ {1,20}\S/.test(line)) indented++;
  }
  return [keys, others, indented, assignments];
}
