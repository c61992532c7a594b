import { snowflakeTime } from '../../lib/snowflake.ts';
import type { Action, Rule } from '../../workers/rules/schema.ts';
import type { JudgedMessage } from './judged.ts';

/** What is done to whoever wrote it; with an end where `seconds` are given. */
export interface Sanction {
  readonly type: 'warn' | 'timeout' | 'kick' | 'ban';
  readonly seconds?: number | undefined;
  readonly deleteDays?: number | undefined;
  /** Whether it is only a place for points, which nobody is told of. */
  readonly silent: boolean;
}

export interface RoleChange {
  readonly type: 'role-add' | 'role-remove';
  readonly role: string;
  readonly seconds: number | undefined;
}

export interface PlannedReply {
  readonly rule: Rule;
  readonly words: string;
  readonly deleteAfter: number | undefined;
}

/** All that several rules want done about one message, each thing once. */
export interface Plan {
  readonly rules: readonly Rule[];
  /** By the names of actions, as an alert tells of them. */
  readonly names: readonly Action['do'][];
  readonly removes: 'nothing' | 'message' | 'copies';
  readonly sanction: Sanction | undefined;
  readonly points: number;
  readonly roles: readonly RoleChange[];
  readonly slowmode: { readonly seconds: number; readonly for: number } | undefined;
  /** Channels, or nothing for the one that the settings name. */
  readonly alerts: readonly (string | undefined)[];
  readonly logs: boolean;
  readonly replies: readonly PlannedReply[];
}

const WEIGHT = { warn: 1, timeout: 2, kick: 3, ban: 4 } as const;

/**
 * What rules that hold come to together: of what they want done to the author the hardest, of the points the most, everything else as
 * often as it differs.
 */
export function planOf(rules: readonly Rule[]): Plan {
  const actions = rules.flatMap((rule) => rule.actions.map((action) => ({ rule, action })));
  const of = <A extends Action['do']>(name: A) =>
    actions.flatMap(({ action }) => (isCalled(action, name) ? [action] : []));
  const points = Math.max(0, ...rules.map((rule) => rule.points));
  const [slowmode] = of('slowmode').toSorted((a, b) => b.seconds - a.seconds);
  const alerts = new Set(of('alert').map(({ channel }) => channel));
  return {
    rules,
    names: [...new Set(actions.map(({ action }) => action.do))],
    removes: of('delete-copies').length > 0 ? 'copies' : of('delete').length > 0 ? 'message' : 'nothing',
    sanction: hardest(actions.flatMap(({ action }) => sanctionOf(action) ?? [])) ?? placeFor(points),
    points,
    roles: rolesOf(actions.map(({ action }) => action)),
    slowmode: slowmode && { seconds: slowmode.seconds, for: slowmode.for },
    alerts: [...alerts],
    logs: of('log').length > 0,
    replies: actions.flatMap(({ rule, action }) =>
      action.do === 'reply' ? [{ rule, words: action.text, deleteAfter: action.deleteAfter }] : [],
    ),
  };
}

/** What was missed for so long is past being answered, and no reason to slow a channel down now. Milliseconds. */
const PAST_MS = 600_000;

/** What of a plan has a point still. */
export function timely(plan: Plan, { id, missed }: Pick<JudgedMessage, 'id' | 'missed'>, now: Date): Plan {
  if (!missed || now.getTime() - snowflakeTime(id) <= PAST_MS) return plan;
  const names = plan.names.filter((name) => name !== 'reply' && name !== 'slowmode');
  return { ...plan, names, slowmode: undefined, replies: [] };
}

/** By what it is known what a rule has done: that it has only observed something keeps it from nothing once it acts. */
export function deedsOf({ id, mode }: Pick<Rule, 'id' | 'mode'>): string {
  return mode === 'observe' ? `${id} observe` : id;
}

/** Whether more is to be done than to delete something. */
export function isLoud({ sanction, roles, slowmode, alerts, logs, replies }: Plan): boolean {
  const parts = roles.length + alerts.length + replies.length;
  return sanction !== undefined || slowmode !== undefined || logs || parts > 0;
}

function isCalled<A extends Action['do']>(action: Action, name: A): action is Extract<Action, { readonly do: A }> {
  return action.do === name;
}

function sanctionOf(action: Action): Sanction | undefined {
  switch (action.do) {
    case 'warn':
    case 'kick':
      return { type: action.do, silent: false };
    case 'timeout':
      return { type: 'timeout', seconds: action.for, silent: false };
    case 'ban':
      return { type: 'ban', seconds: action.for, deleteDays: action.deleteDays, silent: false };
    default:
      return undefined;
  }
}

/** Points are of a case. */
function placeFor(points: number): Sanction | undefined {
  return points > 0 ? { type: 'warn', silent: true } : undefined;
}

/** What has no end is harder than what has one. */
function hardest(sanctions: readonly Sanction[]): Sanction | undefined {
  const weight = ({ type }: Sanction) => WEIGHT[type];
  const lasts = ({ seconds = Number.POSITIVE_INFINITY }: Sanction) => seconds;
  return sanctions.toSorted((a, b) => weight(b) - weight(a) || lasts(b) - lasts(a))[0];
}

/** Of one role once; what is given for good is given for good. */
function rolesOf(actions: readonly Action[]): readonly RoleChange[] {
  const changes = new Map<string, RoleChange>();
  for (const action of actions) {
    if (action.do !== 'add-role' && action.do !== 'remove-role') continue;
    const type = action.do === 'add-role' ? 'role-add' : 'role-remove';
    const key = `${type} ${action.role}`;
    const known = changes.get(key);
    const seconds = known && known.seconds === undefined ? undefined : action.for;
    changes.set(key, { type, role: action.role, seconds });
  }
  return [...changes.values()];
}
