import type { JSONValue } from 'postgres';
import type { Case } from '../../db/cases.ts';
import type { NewTimer } from '../timers/timers.ts';

/** What only writes to the log or to somebody, and waits for nobody. */
const TELLING: ReadonlySet<string> = new Set([
  'moderation-log',
  'moderation-evidence',
  'moderation-taken-back',
  'moderation-trouble',
]);

/** A timer that sees to a case. What is done in a server takes turns there, so that one whose limits are reached holds up no other. */
export function caseTimer(
  { guild, number, actor, target }: Pick<Case, 'guild' | 'number' | 'actor' | 'target'>,
  kind: string,
  due: Date,
  more: Readonly<Record<string, JSONValue>> = {},
): NewTimer {
  const timer = { kind, owner: actor ?? target, guild, payload: { case: number, ...more }, due, zone: 'UTC' };
  return TELLING.has(kind) ? timer : { ...timer, place: guild };
}
