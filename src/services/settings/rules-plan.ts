import { isDeepStrictEqual } from 'node:util';
import type { Rule } from '../../workers/rules/schema.ts';
import { list, t, type Words } from '../answers/words.ts';
import { takenIn } from '../automod/taken-in.ts';

/** Rules that come with other settings: put beside those there are, where one of the same id is that rule, or in place of them all. */
interface RulesPlan {
  readonly how: 'put' | 'replace';
  readonly rules: readonly Rule[];
}

/** What the rules are then. */
export function rulesAfter(held: readonly Rule[], { how, rules }: RulesPlan): readonly Rule[] {
  if (how === 'replace') return takenIn(held, rules, 'replace');
  const ids = new Set(rules.map(({ id }) => id));
  return [...held.filter(({ id }) => !ids.has(id)), ...rules];
}

/** What differs then, in lines. */
export function ruleLines(held: readonly Rule[], plan: RulesPlan): readonly Words[] {
  const after = rulesAfter(held, plan);
  const [before, then] = [byId(held), byId(after)];
  const added = after.filter(({ id }) => !before.has(id));
  const removed = held.filter(({ id }) => !then.has(id));
  const changed = after.filter((rule) => before.has(rule.id) && !isDeepStrictEqual(before.get(rule.id), rule));
  const lines = [
    ...(added.length > 0 ? [t('settings.plan.rules.added', { names: named(added) })] : []),
    ...(changed.length > 0 ? [t('settings.plan.rules.changed', { names: named(changed) })] : []),
    ...(removed.length > 0 ? [t('settings.plan.rules.removed', { names: named(removed) })] : []),
  ];
  const moved = held.some(({ id }, at) => after[at]?.id !== id);
  return lines.length === 0 && moved ? [t('settings.plan.rules.reordered')] : lines;
}

function byId(rules: readonly Rule[]): ReadonlyMap<string, Rule> {
  return new Map(rules.map((rule) => [rule.id, rule]));
}

function named(rules: readonly Rule[]): Words {
  return list(rules.map(({ name }) => name));
}
