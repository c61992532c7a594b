import type { Rule } from '../../workers/rules/schema.ts';
import { newRuleId } from './rule-book.ts';

/** How rules are taken in: beside those there are, or in place of them. */
export type TakingIn = 'add' | 'replace';

/** A server's rules once others are taken in. */
export function takenIn(held: readonly Rule[], rules: readonly Rule[], how: TakingIn): readonly Rule[] {
  return how === 'add' ? beside(held, rules) : inPlaceOf(held, rules);
}

/** An id that another has gives way to a new one. */
function beside(held: readonly Rule[], rules: readonly Rule[]): readonly Rule[] {
  const taken = new Set(held.map(({ id }) => id));
  return [...held, ...rules.map((rule) => (taken.has(rule.id) ? { ...rule, id: newRuleId() } : rule))];
}

/** One whose id nobody has is the rule of its name that would go: what is known of that by its id, as what it has hit, stays. */
function inPlaceOf(held: readonly Rule[], rules: readonly Rule[]): readonly Rule[] {
  const ids = new Set(rules.map(({ id }) => id));
  const going = held.filter(({ id }) => !ids.has(id));
  const known = new Set(held.map(({ id }) => id));
  return rules.map((rule) => {
    const at = known.has(rule.id) ? -1 : going.findIndex(({ name }) => name === rule.name);
    const [same] = at < 0 ? [] : going.splice(at, 1);
    return same ? { ...rule, id: same.id } : rule;
  });
}
