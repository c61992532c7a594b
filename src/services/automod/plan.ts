import { snowflakeTime } from '../../lib/snowflake.ts';
import type { Action, Rule } from '../../workers/rules/schema.ts';
import { RULE_ACTIONS } from './actions.ts';
import type { JudgedMessage } from './judged.ts';
import type { Part, Sanction } from './rule-action.ts';

export type RoleChange = Omit<Extract<Part, { readonly kind: 'role' }>, 'kind'>;

export interface PlannedReply extends Omit<Extract<Part, { readonly kind: 'reply' }>, 'kind'> {
  readonly rule: Rule;
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

/** What was missed for so long is past being answered, and no reason to slow a channel down now. Milliseconds. */
const PAST_MS = 600_000;

/**
 * What rules that hold come to together: of what they want done to the author the hardest, of the points the most, everything else as
 * often as it differs. `past`: without what has no point any more.
 */
export function planOf(rules: readonly Rule[], past = false): Plan {
  const actions = rules
    .flatMap((rule) => rule.actions.map((action) => ({ rule, name: action.do, action })))
    .filter(({ name }) => !past || !RULE_ACTIONS[name].passes);
  const parts = actions.map(({ rule, name, action }) => ({ rule, part: RULE_ACTIONS[name].part(action) }));
  const of = <K extends Part['kind']>(kind: K) =>
    parts.flatMap(({ rule, part }) => (isOf(part, kind) ? [{ rule, ...part }] : []));
  const points = Math.max(0, ...rules.map((rule) => rule.points));
  const removes = of('removes').map(({ what }) => what);
  const [slowmode] = of('slowmode').toSorted((a, b) => b.seconds - a.seconds);
  return {
    rules,
    names: [...new Set(actions.map(({ name }) => name))],
    removes: removes.includes('copies') ? 'copies' : (removes[0] ?? 'nothing'),
    sanction: hardest(of('sanction').map(({ sanction }) => sanction)) ?? placeFor(points),
    points,
    roles: rolesOf(of('role')),
    slowmode: slowmode && { seconds: slowmode.seconds, for: slowmode.for },
    alerts: [...new Set(of('alert').map(({ channel }) => channel))],
    logs: of('log').length > 0,
    replies: of('reply').map(({ rule, words, deleteAfter }) => ({ rule, words, deleteAfter })),
  };
}

function isOf<K extends Part['kind']>(part: Part, kind: K): part is Extract<Part, { readonly kind: K }> {
  return part.kind === kind;
}

/** Whether a message was written so long ago that what concerns this moment has no point. */
export function isPast({ id, missed }: Pick<JudgedMessage, 'id' | 'missed'>, now: Date): boolean {
  return missed && now.getTime() - snowflakeTime(id) > PAST_MS;
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
function rolesOf(wanted: readonly RoleChange[]): readonly RoleChange[] {
  const changes = new Map<string, RoleChange>();
  for (const { type, role, seconds } of wanted) {
    const key = `${type} ${role}`;
    const known = changes.get(key);
    const forGood = known !== undefined && known.seconds === undefined;
    changes.set(key, { type, role, seconds: forGood ? undefined : seconds });
  }
  return [...changes.values()];
}
