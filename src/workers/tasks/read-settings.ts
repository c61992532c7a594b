import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { AREAS } from '../../services/settings/areas.ts';
import { MOST_RULES } from '../rules/limits.ts';
import { RuleProblem } from '../rules/problem.ts';
import { checkedRules } from '../rules/read/checked-rules.ts';
import { readJsonText, TEXT_PROBLEMS } from '../rules/read/json-text.ts';
import { MOST_RULES_BYTES } from '../rules/read/limits.ts';
import { offsetOf, placeAt } from '../rules/read/place.ts';
import { RuleSet } from '../rules/schema.ts';
import { SharedBytes, shareBytes } from '../shared-bytes.ts';
import { defineTask } from '../task.ts';

const FORMAT = 'rockhopper-settings';
const VERSION = 1;
const KEYS: readonly string[] = ['format', 'version', 'server', 'areas', 'automodRules'];
const MOST_TOLD = 10;
/** Of a name that nobody knows more is not repeated. */
const LONGEST_NAME = 60;

/** Each has its text under `automod.read`, or under `settings.read`, in the catalogue. */
const FileProblem = Type.Union(
  (
    [
      'notSettings',
      'version',
      'unknownKey',
      'unknownSection',
      'notASection',
      'unknownSetting',
      'tooManyRules',
      'letters',
    ] as const
  ).map((code) => Type.Literal(code)),
);
const What = Type.Union([
  Type.Object({ kind: Type.Literal('text'), code: Type.Union(TEXT_PROBLEMS.map((code) => Type.Literal(code))) }),
  Type.Object({ kind: Type.Literal('file'), code: FileProblem, name: Type.String() }),
  Type.Object({ kind: Type.Literal('value'), area: Type.String(), name: Type.String(), expected: Type.String() }),
  Type.Object({ kind: Type.Literal('rule'), why: Type.Union([Type.Literal('idTwice'), RuleProblem]) }),
]);
const Problem = Type.Object({ line: Type.Integer(), column: Type.Integer(), what: What });
type Problem = Static<typeof Problem>;

const Output = Type.Union([
  Type.Object({
    ok: Type.Literal(true),
    server: Type.Union([Type.String(), Type.Null()]),
    /** What the file says of each setting; null for one that is not set. */
    areas: Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown())),
    rules: Type.Union([RuleSet, Type.Null()]),
  }),
  Type.Object({ ok: Type.Literal(false), problems: Type.Array(Problem) }),
]);
type Output = Static<typeof Output>;

/** The settings in a file that somebody uploaded, or what of it does not fit, by line and column: then nothing of it is used. */
export default defineTask({
  lane: 'bulk',
  input: Type.Object({ file: SharedBytes(MOST_RULES_BYTES) }),
  output: Output,
  sample: { file: shareBytes(new TextEncoder().encode(`{"format":"${FORMAT}","version":${VERSION},"areas":{}}`)) },
  run({ file }): Output {
    const read = readJsonText({ file });
    if (!read.ok) return { ok: false, problems: [{ ...read.place, what: { kind: 'text', code: read.why } }] };
    const { value, text } = read;
    const at = (path: readonly (string | number)[]) => placeAt(text, offsetOf(text, path));
    if (!isRecord(value) || value.format !== FORMAT) return refused(at([]), 'notSettings');
    if (value.version !== VERSION) return refused(at(['version']), 'version', versionIn(value));
    const unkept = unkeptIn(value);
    if (unkept)
      return refused(
        at(unkept),
        'letters',
        unkept.findLast((step) => typeof step === 'string'),
      );
    const unknown = Object.keys(value).filter((key) => !KEYS.includes(key));
    const found: Found[] = unknown.map((key) => ({ path: [key], what: said('unknownKey', key) }));
    const { areas = {}, automodRules } = value;
    const given = isRecord(areas) ? areas : {};
    if (!isRecord(areas)) found.push({ path: ['areas'], what: said('notASection', 'areas') });
    for (const [area, own] of Object.entries(given)) found.push(...problemsIn(area, own));
    // To find a place takes as long as to read the file, which may have more mistakes than anybody reads.
    const problems: Problem[] = found.slice(0, MOST_TOLD).map(({ path, what }) => ({ ...at(path), what }));
    const book = rulesIn(automodRules, text, at);
    problems.push(...book.problems);
    if (problems.length > 0) return { ok: false, problems: problems.slice(0, MOST_TOLD) };
    const server = typeof value.server === 'string' ? value.server : null;
    return { ok: true, server, areas: given as Record<string, Record<string, unknown>>, rules: book.rules }; // looked through just now
  },
});

type At = (path: readonly (string | number)[]) => { readonly line: number; readonly column: number };

type Path = readonly (string | number)[];

interface Found {
  readonly path: Path;
  readonly what: Problem['what'];
}

function versionIn({ version }: Readonly<Record<string, unknown>>): string {
  return version === undefined ? '-' : JSON.stringify(version);
}

/** Where there is text that no database keeps: a NUL, or half of a letter. */
function unkeptIn(whole: unknown): Path | undefined {
  const left: { readonly value: unknown; readonly path: Path }[] = [{ value: whole, path: [] }];
  for (let one = left.pop(); one; one = left.pop()) {
    const { value, path } = one;
    if (typeof value === 'string' && !isKept(value)) return path;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, own] of Object.entries(value)) {
      const further = [...path, Array.isArray(value) ? Number(key) : key];
      if (!isKept(key)) return further;
      left.push({ value: own, path: further });
    }
  }
  return undefined;
}

function isKept(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function problemsIn(area: string, own: unknown): readonly Found[] {
  const known = Object.hasOwn(AREAS, area) ? AREAS[area as keyof typeof AREAS] : undefined; // it is one of them
  if (!known) return [{ path: ['areas', area], what: said('unknownSection', area) }];
  if (!isRecord(own)) return [{ path: ['areas', area], what: said('notASection', area) }];
  const properties: Readonly<Record<string, TSchema>> = known.schema.properties;
  const settable = (name: string) => Object.hasOwn(properties, name) && properties[name]?.state !== true;
  const unknown = Object.keys(own).filter((name) => !settable(name));
  const given = Object.entries(own).filter(([name, value]) => settable(name) && value !== null);
  const wrong = known.problems(known.filled(Object.fromEntries(given)));
  return [
    ...unknown.map((name) => ({ path: ['areas', area, name], what: said('unknownSetting', name) })),
    ...wrong.map(({ path, expected }) => ({
      path: ['areas', area, path],
      what: { kind: 'value' as const, area, name: path, expected },
    })),
  ];
}

function rulesIn(given: unknown, text: string, at: At) {
  if (given === undefined || given === null) return { rules: null, problems: [] };
  if (!Array.isArray(given))
    return { rules: null, problems: [{ ...at(['automodRules']), what: said('notASection', 'automodRules') }] };
  if (given.length > MOST_RULES)
    return { rules: null, problems: [{ ...at(['automodRules', MOST_RULES]), what: said('tooManyRules', '') }] };
  const found = given.map((raw: unknown, index) => ({ raw, path: ['automodRules', index] }));
  const { rules, problems } = checkedRules(found, text);
  return {
    rules,
    problems: problems.map(({ why, ...place }) => ({ ...place, what: { kind: 'rule' as const, why } })),
  };
}

function said(code: Static<typeof FileProblem>, name: string): Problem['what'] {
  return { kind: 'file', code, name: name.slice(0, LONGEST_NAME).toWellFormed() };
}

function refused(
  place: { readonly line: number; readonly column: number },
  code: Static<typeof FileProblem>,
  name = '',
): Output {
  return { ok: false, problems: [{ ...place, what: said(code, name) }] };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
