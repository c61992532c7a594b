import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { scanJson } from '../inspect/json.ts';
import { problemsOf } from '../rules/check.ts';
import { MOST_RULES } from '../rules/limits.ts';
import { RuleProblem } from '../rules/problem.ts';
import { MOST_RULES_BYTES } from '../rules/read/limits.ts';
import { offsetOf, type Place, placeAt } from '../rules/read/place.ts';
import { Rule, RuleSet } from '../rules/schema.ts';
import { SharedBytes, shareBytes } from '../shared-bytes.ts';
import { defineTask } from '../task.ts';

/** Deeper than any rule is; deeper texts are not built. */
const DEEPEST_JSON = 32;
const MOST_TOLD = 10;
const ID_LETTERS = 8;

/** What is wrong before there is any rule to look at; each has its text under `automod.read` in the catalogue. */
const TextProblem = Type.Union(
  (
    [
      'binary',
      'empty',
      'unexpected-character',
      'unexpected-end',
      'bad-string',
      'bad-number',
      'trailing-content',
      'nested',
      'noRules',
      'tooManyRules',
      'idTwice',
    ] as const
  ).map((code) => Type.Literal(code)),
);

const Placed = Type.Object({
  line: Type.Integer(),
  column: Type.Integer(),
  why: Type.Union([TextProblem, RuleProblem]),
});

const Output = Type.Union([
  Type.Object({ ok: Type.Literal(true), rules: RuleSet }),
  Type.Object({ ok: Type.Literal(false), problems: Type.Array(Placed) }),
]);
type Output = Static<typeof Output>;

/**
 * Rules out of JSON that somebody wrote or uploaded, with their defaults in place, or what does not fit, by line and column. A rule, a
 * list of them, or an object with `rules`; what has no id is given one.
 */
export default defineTask({
  lane: 'bulk',
  input: Type.Object({
    text: Type.Optional(Type.String({ maxLength: MOST_RULES_BYTES })),
    file: Type.Optional(SharedBytes(MOST_RULES_BYTES)),
  }),
  output: Output,
  sample: { file: shareBytes(new TextEncoder().encode('[{"name":"a","when":{"type":"zalgo"}}]')) },
  run({ text, file }): Output {
    const read = text ?? (file && decoded(file));
    if (read === undefined || read.includes('\0')) return refused('binary');
    if (read.trim() === '') return refused('empty');
    const scan = scanJson(read);
    if (!scan.ok) return refused(scan.fault, placeAt(read, scan.at));
    if (scan.shape.depth > DEEPEST_JSON) return refused('nested');
    const found = rulesIn(JSON.parse(read));
    if (!found) return refused('noRules');
    const beyond = found[MOST_RULES];
    if (beyond) return refused('tooManyRules', placeAt(read, offsetOf(read, beyond.path)));
    return checked(found, read);
  },
});

interface FoundRule {
  readonly raw: unknown;
  readonly path: readonly (string | number)[];
}

function rulesIn(value: unknown): readonly FoundRule[] | undefined {
  if (Array.isArray(value)) return value.map((raw: unknown, at) => ({ raw, path: [at] }));
  if (typeof value !== 'object' || value === null) return undefined;
  if ('rules' in value && Array.isArray(value.rules))
    return value.rules.map((raw: unknown, at) => ({ raw, path: ['rules', at] }));
  return 'when' in value ? [{ raw: value, path: [] }] : undefined;
}

function checked(found: readonly FoundRule[], text: string): Output {
  const rules: Rule[] = [];
  const problems: Static<typeof Placed>[] = [];
  const ids = new Set<string>();
  for (const { raw, path } of found) {
    const rule = typeof raw === 'object' && raw !== null && !('id' in raw) ? { id: newId(), ...raw } : raw;
    const wrong = problemsOf(rule).map((why) => ({
      ...placeAt(text, offsetOf(text, [...path, ...stepsTo(why)])),
      why,
    }));
    problems.push(...wrong.slice(0, MOST_TOLD - problems.length));
    if (problems.length >= MOST_TOLD) break;
    const filled = Value.Default(Rule, rule);
    if (wrong.length > 0 || !Value.Check(Rule, filled)) continue;
    if (ids.has(filled.id)) problems.push({ ...placeAt(text, offsetOf(text, [...path, 'id'])), why: 'idTwice' });
    ids.add(filled.id);
    rules.push(filled);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, rules };
}

/** A name that nobody knows stands in what the path leads to. */
function stepsTo({ path, code, params }: RuleProblem): readonly (string | number)[] {
  const steps = path.split('/').slice(1);
  const all = code === 'unknownName' ? [...steps, String(params.name)] : steps;
  return all.map((step) => (/^\d{1,9}$/.test(step) ? Number(step) : step));
}

function refused(why: Static<typeof TextProblem>, place: Place = { line: 1, column: 1 }): Output {
  return { ok: false, problems: [{ ...place, why }] };
}

function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_LETTERS));
  return [...bytes].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');
}

/** UTF-8, or UTF-16 with its mark; nothing where it is neither. */
function decoded(file: SharedArrayBuffer): string | undefined {
  const bytes = new Uint8Array(file).slice(); // decoders take no shared memory
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    return undefined; // no text
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
