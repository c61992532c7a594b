import { type Static, Type } from '@sinclair/typebox';
import { decode } from '../inspect/decode.ts';
import { safeLines } from '../inspect/safe-text.ts';
import { type Claim, claimOf, measure, shapeOf } from '../inspect/shape.ts';
import { defineTask } from '../task.ts';

/** What is beyond is not read, and the answer says so. */
const MAX_BYTES = 25_000_000;
const LONG_LINE = 10_000;
const DEEP = 100;
const REWRITTEN_CHARS = 100_000;
const PREVIEW = { lines: 12, width: 100 };

const Count = Type.Integer({ minimum: 0 });
const Keys = Type.Array(Type.String());
const Fault = {
  fault: Type.Union([
    Type.Literal('unexpected-character'),
    Type.Literal('unexpected-end'),
    Type.Literal('bad-string'),
    Type.Literal('bad-number'),
    Type.Literal('trailing-content'),
  ]),
  line: Count,
  column: Count,
};
const Levels = Type.Object({ trace: Count, debug: Count, info: Count, warn: Count, error: Count, fatal: Count });
const ColumnType = Type.Union([
  Type.Literal('integer'),
  Type.Literal('number'),
  Type.Literal('boolean'),
  Type.Literal('date'),
  Type.Literal('text'),
  Type.Literal('empty'),
]);

const What = Type.Union([
  Type.Object({ kind: Type.Literal('empty') }),
  Type.Object({ kind: Type.Literal('text') }),
  Type.Object({ kind: Type.Literal('binary'), mime: Type.Optional(Type.String()), ext: Type.Optional(Type.String()) }),
  Type.Object({
    kind: Type.Literal('csv'),
    delimiter: Type.String(),
    rows: Count,
    columnCount: Count,
    columns: Type.Array(Type.Object({ name: Type.String(), type: ColumnType })),
    sample: Type.Array(Type.Array(Type.String())),
  }),
  Type.Object({
    kind: Type.Literal('json'),
    root: Type.Union([
      Type.Literal('object'),
      Type.Literal('array'),
      Type.Literal('string'),
      Type.Literal('number'),
      Type.Literal('boolean'),
      Type.Literal('null'),
    ]),
    depth: Count,
    values: Count,
    entries: Count,
    keys: Keys,
  }),
  Type.Object({ kind: Type.Literal('broken json'), ...Fault }),
  Type.Object({
    kind: Type.Literal('ndjson'),
    records: Count,
    invalid: Count,
    keys: Keys,
    firstFault: Type.Optional(Type.Object(Fault)),
  }),
  Type.Object({
    kind: Type.Literal('log'),
    levels: Levels,
    unlevelled: Count,
    first: Type.Optional(Type.String()),
    last: Type.Optional(Type.String()),
    repeated: Type.Array(Type.Object({ line: Type.String(), count: Count })),
  }),
]);

const Warning = Type.Object({
  code: Type.Union([
    Type.Literal('only-part-read'),
    Type.Literal('last-character-cut'),
    Type.Literal('long-line'),
    Type.Literal('control-characters'),
    Type.Literal('deeply-nested'),
    Type.Literal('ragged-rows'),
    Type.Literal('not-what-its-name-says'),
  ]),
  /** Bytes read, length of the line, levels or rows. */
  value: Type.Optional(Type.Integer()),
});

const Output = Type.Object({
  what: What,
  bytes: Count,
  encoding: Type.Optional(
    Type.Union([Type.Literal('utf-8'), Type.Literal('utf-16le'), Type.Literal('utf-16be'), Type.Literal('latin-1')]),
  ),
  lines: Count,
  longestLine: Count,
  /** The first lines, safe inside a code block. */
  preview: Type.String(),
  warnings: Type.Array(Warning),
});

export type Inspection = Static<typeof Output>;

/** What a stranger's file is, in one pass or a few, whatever is in it: text, tables, JSON and logs; else its kind. */
export default defineTask({
  lane: 'bulk',
  deadlineMs: 10_000,
  input: Type.Object({ bytes: Type.Uint8Array(), name: Type.String(), type: Type.String() }),
  output: Output,
  sample: { bytes: new TextEncoder().encode('name,age\nAda,36\nAlan,41\n'), name: 'people.csv', type: 'text/csv' },
  async run({ bytes, name, type }): Promise<Inspection> {
    const size = { bytes: bytes.length };
    if (bytes.length === 0)
      return { what: { kind: 'empty' }, ...size, lines: 0, longestLine: 0, preview: '', warnings: [] };
    const decoded = await decode(bytes.subarray(0, MAX_BYTES));
    if (decoded.kind === 'binary') {
      return { what: decoded, ...size, lines: 0, longestLine: 0, preview: '', warnings: partly(bytes) };
    }
    const { text, encoding, incomplete } = decoded;
    const lines = measure(text);
    const claim = claimOf(name, type);
    const what = shapeOf(text, lines, claim);
    const warnings = [
      ...partly(bytes),
      ...textWarnings(text, lines.longestLine, incomplete && bytes.length <= MAX_BYTES),
      ...shapeWarnings(what, claim),
    ];
    return { what, ...size, encoding, ...lines, preview: safeLines(laidOut(text, what), PREVIEW), warnings };
  },
});

/** JSON without line ends would show its first line only: a small one is written out anew. */
function laidOut(text: string, what: ReturnType<typeof shapeOf>): string {
  const small = text.length <= REWRITTEN_CHARS && what.kind === 'json' && what.depth <= DEEP;
  return small && !text.includes('\n') ? JSON.stringify(JSON.parse(text), null, 2) : text;
}

function partly(bytes: Uint8Array): Inspection['warnings'] {
  return bytes.length > MAX_BYTES ? [{ code: 'only-part-read', value: MAX_BYTES }] : [];
}

function textWarnings(text: string, longestLine: number, incomplete: boolean): Inspection['warnings'] {
  return [
    ...(incomplete ? [{ code: 'last-character-cut' } as const] : []),
    ...(longestLine > LONG_LINE ? [{ code: 'long-line', value: longestLine } as const] : []),
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what this is for
    ...(/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(text) ? [{ code: 'control-characters' } as const] : []),
  ];
}

function shapeWarnings(what: ReturnType<typeof shapeOf>, claim: Claim): Inspection['warnings'] {
  const warnings: Inspection['warnings'] = [];
  if (what.kind === 'json' && what.depth > DEEP) warnings.push({ code: 'deeply-nested', value: what.depth });
  if (what.kind === 'csv' && what.ragged > 0) warnings.push({ code: 'ragged-rows', value: what.ragged });
  if (what.kind === 'csv' && !what.whole) warnings.push({ code: 'only-part-read' });
  if (claim && !FITTING[claim].includes(what.kind)) warnings.push({ code: 'not-what-its-name-says' });
  return warnings;
}

const FITTING: Readonly<Record<NonNullable<Claim>, readonly string[]>> = {
  csv: ['csv'],
  tsv: ['csv'],
  json: ['json', 'broken json'],
  ndjson: ['ndjson', 'broken json', 'json'],
  log: ['log', 'ndjson'],
};
