import type { Case } from '../../db/cases.ts';
import { clip } from '../answers/words.ts';

/** What Discord takes of a reason. */
const LONGEST = 512;

/** What Discord's audit log says of an action: who ordered it, which case it is, why. */
export function auditReason({
  actor,
  actorName,
  number,
  reason,
}: Pick<Case, 'actor' | 'actorName' | 'number' | 'reason'>): string {
  const name = actorName.replaceAll(' · ', ' ');
  const who = actor === null ? name : `${name} (${actor})`;
  const parts = [who, caseMark(number), ...(reason ? [reason.replaceAll(/\s+/g, ' ').trim()] : [])];
  return clip(parts.join(' · ').toWellFormed(), LONGEST);
}

/** Whether the reason of something the bot did is that of this case. */
export function isOfCase(reason: string | null | undefined, number: number): boolean {
  return reason?.split(' · ')[1] === caseMark(number);
}

function caseMark(number: number): string {
  return `case ${number}`;
}
