import { type Description, PREVIEW } from './describe.ts';
import type { JsonFault, JsonShape } from './json.ts';
import { jsonExcerpt } from './json-excerpt.ts';
import type { Fact, Finding } from './report.ts';
import { linesOf, safeLines, safeText } from './safe-text.ts';
import { type Fault, MOST_PARSED, type Records } from './shape.ts';
import type { TomlScan } from './toml.ts';
import type { YamlScan } from './yaml.ts';

const DEEP = 100;
const SHOWN_RECORDS = 3;

const FAULTS = {
  'unexpected-character': 'json-unexpected-character',
  'unexpected-end': 'json-unexpected-end',
  'bad-string': 'json-bad-string',
  'bad-number': 'json-bad-number',
  'trailing-content': 'json-trailing-content',
} as const satisfies Record<JsonFault, Finding['code']>;

export function describeJson(text: string, shape: JsonShape): Description {
  const { depth } = shape;
  return {
    type: 'json',
    mime: 'application/json',
    facts: jsonFacts(shape),
    findings: depth > DEEP ? [{ code: 'deeply-nested', level: 'careful', params: { depth } }] : [],
    previews: [{ kind: 'text', language: 'json', text: jsonExcerpt(text, PREVIEW) }],
  };
}

function jsonFacts({ root, entries, values, depth, keys }: JsonShape): Fact[] {
  if (root !== 'object' && root !== 'array') return [{ label: 'structure', code: 'jsonValue', params: { kind: root } }];
  const code = root === 'object' ? 'jsonObject' : 'jsonArray';
  return [{ label: 'structure', code, params: { entries, values, depth } }, ...keyFacts(keys)];
}

function keyFacts(keys: readonly string[]): Fact[] {
  return keys.length > 0 ? [{ label: 'keys', code: 'plain', params: { value: keys.join(', ') } }] : [];
}

/** The lines around the fault, with their numbers. */
export function describeBrokenJson(text: string, { fault, line, column }: Fault): Description {
  return {
    type: 'json',
    mime: 'application/json',
    findings: [{ code: FAULTS[fault], level: 'safe', params: { line, column } }],
    previews: [{ kind: 'text', language: '', text: around(text, line, { before: 4, after: 3, column }) }],
  };
}

export function describeRecords(text: string, { records, invalid, keys, firstFault }: Records): Description {
  const shown: string[] = [];
  for (const line of linesOf(text)) {
    if (line.trim() === '') continue;
    shown.push(jsonExcerpt(line, { ...PREVIEW, lines: PREVIEW.lines - shown.length }));
    if (shown.length === SHOWN_RECORDS) break;
  }
  const place = firstFault && { line: firstFault.line, column: firstFault.column };
  return {
    type: 'ndjson',
    mime: 'application/x-ndjson',
    facts: [{ label: 'structure', code: 'records', params: { records } }, ...keyFacts(keys)],
    findings: place ? [{ code: 'records-broken', level: 'safe', params: { invalid, ...place } }] : [],
    previews: [
      { kind: 'text', language: 'json', text: shown.join('\n').split('\n').slice(0, PREVIEW.lines).join('\n') },
    ],
  };
}

export function describeYaml(text: string, scan: YamlScan | undefined): Description {
  const base = { type: 'yaml', mime: 'application/yaml', language: 'yaml' } as const;
  if (!scan?.ok) return describeConfig(text, base, scan, []);
  const { documents, depth, values, entries, keys, root } = scan.shape;
  const code = root === 'object' ? 'yamlMapping' : root === 'array' ? 'yamlList' : 'yamlValue';
  return describeConfig(text, base, scan, [
    { label: 'structure', code, params: { documents, entries, values, depth } },
    ...keyFacts(keys),
  ]);
}

export function describeToml(text: string, scan: TomlScan | undefined): Description {
  const base = { type: 'toml', mime: 'application/toml', language: 'toml' } as const;
  if (!scan?.ok) return describeConfig(text, base, scan, []);
  const { values, depth, keys, entries } = scan.shape;
  return describeConfig(text, base, scan, [
    { label: 'structure', code: 'toml', params: { entries, values, depth } },
    ...keyFacts(keys),
  ]);
}

function describeConfig(
  text: string,
  { type, mime, language }: { readonly type: 'yaml' | 'toml'; readonly mime: string; readonly language: string },
  scan: YamlScan | TomlScan | undefined,
  facts: Fact[],
): Description {
  if (scan?.ok === false) {
    const { line, column, reason } = scan.fault;
    const findings: Finding[] = [{ code: `${type}-fault`, level: 'safe', params: { line, column, reason } }];
    return {
      type,
      mime,
      facts,
      findings,
      previews: [{ kind: 'text', language: '', text: around(text, line, { before: 4, after: 3, column }) }],
    };
  }
  const unchecked: Finding[] = [{ code: 'too-long-to-check', level: 'safe', params: { most: MOST_PARSED } }];
  const previews = [{ kind: 'text', language, text: safeLines(text, PREVIEW) } as const];
  return { type, mime, facts, findings: scan ? [] : unchecked, previews };
}

/** The lines before and after a line, each with its number. */
export function around(
  text: string,
  middle: number,
  { before, after, column = 0 }: { readonly before: number; readonly after: number; readonly column?: number },
): string {
  const [first, last] = [Math.max(1, middle - before), middle + after];
  const width = String(last).length;
  const shown: string[] = [];
  let number = 0;
  for (const line of linesOf(text)) {
    if (++number < first) continue;
    if (number > last) break;
    const sign = number === middle ? '>' : ' ';
    // Of a long line the part that matters is shown.
    const from = number === middle && column > PREVIEW.width * 0.8 ? column - PREVIEW.width / 2 : 0;
    const part = from > 0 ? `…${line.slice(from)}` : line;
    shown.push(`${sign}${String(number).padStart(width)} | ${safeText(part, PREVIEW.width)}`);
  }
  return shown.join('\n');
}
