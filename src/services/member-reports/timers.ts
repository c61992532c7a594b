import type { Letter, Report } from '../../db/member-reports.ts';
import type { NewTimer } from '../timers/timers.ts';

// Both are the server's, not the reporter's: a log says whose a timer is that could not be delivered.

/** Has those who moderate be told of a report, or what they were told be brought up to date. */
export function reportTimer({ id, guild }: Pick<Report, 'id' | 'guild'>, due: Date): NewTimer {
  return { kind: 'member-report', owner: guild, guild, payload: { report: id }, due, zone: 'UTC' };
}

/** Has what was written about a report be delivered to the other side. */
export function letterTimer({ guild }: Pick<Report, 'guild'>, { id }: Pick<Letter, 'id'>, due: Date): NewTimer {
  return { kind: 'member-report-letter', owner: guild, guild, payload: { letter: id }, due, zone: 'UTC' };
}
