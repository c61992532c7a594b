import type { Case } from '../../db/cases.ts';
import { clip } from '../answers/words.ts';

/** What Discord takes of a reason. */
const LONGEST = 512;

type Why = Pick<Case, 'actor' | 'actorName' | 'reason'>;

/** What Discord's audit log says of an action: who ordered it, which case it is, why. */
export function auditReason({ number, ...why }: Why & Pick<Case, 'number'>): string {
  return reasonOf(why, caseMark(number));
}

/** The same of many that are done by one request. */
export function auditReasonOfMany(why: Why, numbers: readonly number[]): string {
  const [first = 0] = numbers;
  return reasonOf(why, numbers.length === 1 ? caseMark(first) : `cases ${rangesOf(numbers).join(', ')}`);
}

/** Whether the reason of something the bot did is that of this case. */
export function isOfCase(reason: string | null | undefined, number: number): boolean {
  return reason?.split(' · ')[1] === caseMark(number);
}

/** The same where several were done by one request. */
export function isOfCases(reason: string | null | undefined, number: number): boolean {
  const [, ranges = ''] = /^cases ([\d, -]+)$/.exec(reason?.split(' · ')[1] ?? '') ?? [];
  return ranges.split(', ').some((range) => {
    const [from = 0, to = from] = range.split('-').map(Number);
    return from <= number && number <= to;
  });
}

function reasonOf({ actor, actorName, reason }: Why, mark: string): string {
  const name = actorName.replaceAll(' · ', ' ');
  const who = actor === null ? name : `${name} (${actor})`;
  const parts = [who, mark, ...(reason ? [reason.replaceAll(/\s+/g, ' ').trim()] : [])];
  return clip(parts.join(' · ').toWellFormed(), LONGEST);
}

function caseMark(number: number): string {
  return `case ${number}`;
}

/** Numbers in their order as `3-7`, one that stands alone as it is. */
function rangesOf(numbers: readonly number[]): readonly string[] {
  const runs: { from: number; to: number }[] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.to === number - 1) last.to = number;
    else runs.push({ from: number, to: number });
  }
  return runs.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`));
}
