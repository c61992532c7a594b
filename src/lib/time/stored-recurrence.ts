import { Value } from '@sinclair/typebox/value';
import { Recurrence } from './rule.ts';
import { isZone } from './zones.ts';

/** What is kept of a repetition, if dates can be reckoned from it: another runtime may know zones that this one does not. */
export function storedRecurrence(stored: unknown): Recurrence | undefined {
  return Value.Check(Recurrence, stored) && isZone(stored.zone) && isMoment(stored.start) ? stored : undefined;
}

function isMoment(text: string): boolean {
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' }) !== undefined;
  } catch {
    return false;
  }
}
