import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { problemsOf } from '../check.ts';
import { RuleProblem } from '../problem.ts';
import { Rule } from '../schema.ts';
import { offsetOf, placeAt } from './place.ts';

/** So many are told. */
const MOST_TOLD = 10;
const ID_LETTERS = 8;

/** What is wrong with a rule, and where that stands. */
export const PlacedRuleProblem = Type.Object({
  line: Type.Integer(),
  column: Type.Integer(),
  why: Type.Union([Type.Literal('idTwice'), RuleProblem]),
});

/** What may be a rule, and where it stands in a text. */
export interface FoundRule {
  readonly raw: unknown;
  readonly path: readonly (string | number)[];
}

/** What of a text is to be rules, with their defaults in place and ids where they have none, and what does not fit. */
export function checkedRules(
  found: readonly FoundRule[],
  text: string,
): { readonly rules: Rule[]; readonly problems: Static<typeof PlacedRuleProblem>[] } {
  const rules: Rule[] = [];
  const problems: Static<typeof PlacedRuleProblem>[] = [];
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
  return { rules, problems };
}

/** A name that nobody knows stands in what the path leads to. */
function stepsTo({ path, code, params }: RuleProblem): readonly (string | number)[] {
  const steps = path.split('/').slice(1);
  const all = code === 'unknownName' ? [...steps, String(params.name)] : steps;
  return all.map((step) => (/^\d{1,9}$/.test(step) ? Number(step) : step));
}

function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_LETTERS));
  return [...bytes].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');
}
