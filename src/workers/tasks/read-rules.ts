import { type Static, Type } from '@sinclair/typebox';
import { MOST_RULES } from '../rules/limits.ts';
import { checkedRules, type FoundRule, PlacedRuleProblem } from '../rules/read/checked-rules.ts';
import { readJsonText, TEXT_PROBLEMS } from '../rules/read/json-text.ts';
import { MOST_RULES_BYTES } from '../rules/read/limits.ts';
import { offsetOf, type Place, placeAt } from '../rules/read/place.ts';
import { RuleSet } from '../rules/schema.ts';
import { SharedBytes, shareBytes } from '../shared-bytes.ts';
import { defineTask } from '../task.ts';

/** What is wrong before there is any rule to look at; each has its text under `automod.read` in the catalogue. */
const TextProblem = Type.Union(
  ([...TEXT_PROBLEMS, 'noRules', 'tooManyRules'] as const).map((code) => Type.Literal(code)),
);

const PlacedTextProblem = Type.Object({ line: Type.Integer(), column: Type.Integer(), why: TextProblem });

const Output = Type.Union([
  Type.Object({ ok: Type.Literal(true), rules: RuleSet }),
  Type.Object({
    ok: Type.Literal(false),
    problems: Type.Array(Type.Union([PlacedTextProblem, PlacedRuleProblem])),
  }),
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
  run(source): Output {
    const read = readJsonText(source);
    if (!read.ok) return refused(read.why, read.place);
    const found = rulesIn(read.value);
    if (!found) return refused('noRules');
    const beyond = found[MOST_RULES];
    if (beyond) return refused('tooManyRules', placeAt(read.text, offsetOf(read.text, beyond.path)));
    const { rules, problems } = checkedRules(found, read.text);
    return problems.length > 0 ? { ok: false, problems } : { ok: true, rules };
  },
});

function rulesIn(value: unknown): readonly FoundRule[] | undefined {
  if (Array.isArray(value)) return value.map((raw: unknown, at) => ({ raw, path: [at] }));
  if (typeof value !== 'object' || value === null) return undefined;
  if ('rules' in value && Array.isArray(value.rules))
    return value.rules.map((raw: unknown, at) => ({ raw, path: ['rules', at] }));
  return 'when' in value ? [{ raw: value, path: [] }] : undefined;
}

function refused(why: Static<typeof TextProblem>, place: Place = { line: 1, column: 1 }): Output {
  return { ok: false, problems: [{ ...place, why }] };
}
