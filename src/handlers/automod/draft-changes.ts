import { UserError } from '../../services/answers/user-error.ts';
import type { Named } from '../../services/automod/names.ts';
import { MOST_ACTIONS, MOST_NODES } from '../../workers/rules/limits.ts';
import type { Action, Condition } from '../../workers/rules/schema.ts';
import type { RuleDraft } from './rule-draft.ts';

/** What joins them counts as well. */
const MOST_PARTS = MOST_NODES - 1;

/** A condition more, or in the place of one; what was turned round stays so. */
export function withPart(draft: RuleDraft, condition: Condition, at: number): RuleDraft {
  if (draft.parts[at]) return { ...draft, parts: draft.parts.with(at, condition) };
  if (draft.parts.length >= MOST_PARTS) throw new UserError('automod.draft.full', { most: MOST_PARTS });
  return { ...draft, parts: [...draft.parts, condition] };
}

/** An action more, or in the place of one; the same again takes the place of the first. */
export function withAction(draft: RuleDraft, action: Action, at: number): RuleDraft {
  const { actions } = draft.head;
  const place = actions[at] ? at : actions.findIndex((one) => JSON.stringify(one) === JSON.stringify(action));
  if (place >= 0) return { ...draft, head: { ...draft.head, actions: actions.with(place, action) } };
  if (actions.length >= MOST_ACTIONS) throw new UserError('automod.draft.full', { most: MOST_ACTIONS });
  return { ...draft, head: { ...draft.head, actions: [...actions, action] } };
}

/** `c2` is the third condition, `a0` the first action. What is gone already stays so. */
export function without(draft: RuleDraft, part: string): RuleDraft {
  const at = Number(part.slice(1));
  if (part.startsWith('c')) return { ...draft, parts: draft.parts.filter((_, place) => place !== at) };
  return { ...draft, head: { ...draft.head, actions: draft.head.actions.filter((_, place) => place !== at) } };
}

/** A condition holds where it did not, and the other way round. */
export function turned(draft: RuleDraft, part: string): RuleDraft {
  const at = Number(part.slice(1));
  const held = part.startsWith('c') ? draft.parts[at] : undefined;
  if (!held) return draft;
  return { ...draft, parts: draft.parts.with(at, 'not' in held ? held.not : { not: held }) };
}

export function otherwiseJoined(draft: RuleDraft): RuleDraft {
  return { ...draft, join: draft.join === 'all' ? 'any' : 'all' };
}

/** The conditions so far become one, and what is added is joined to them the other way. */
export function grouped(draft: RuleDraft): RuleDraft {
  if (draft.parts.length < 2) return draft;
  const group: Condition = draft.join === 'all' ? { all: draft.parts } : { any: draft.parts };
  return { ...otherwiseJoined(draft), parts: [group] };
}

/** Names nothing any more that is not there, but where nothing would be left; the very same draft where there is no such thing. */
export function withoutGone(draft: RuleDraft, { hasRole, hasChannel }: Named): RuleDraft {
  const there = (ids: readonly string[]) => ids.filter((id) => hasRole(id) || hasChannel(id));
  const within = (condition: Condition): Condition => {
    if ('not' in condition) return { not: within(condition.not) };
    if ('all' in condition) return { all: condition.all.map(within) };
    if ('any' in condition && !('type' in condition)) return { any: condition.any.map(within) };
    if (condition.type !== 'role' && condition.type !== 'channel' && condition.type !== 'category') return condition;
    const any = there(condition.any);
    return any.length === 0 ? condition : { ...condition, any };
  };
  const { except } = draft.head;
  const head = { ...draft.head, except: { ...except, roles: there(except.roles), channels: there(except.channels) } };
  const tidy = { ...draft, head, parts: draft.parts.map(within) };
  return JSON.stringify(tidy) === JSON.stringify(draft) ? draft : tidy;
}
