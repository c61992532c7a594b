import type { NewRaid } from '../../db/raids.ts';
import type { NewTimer } from '../timers/timers.ts';

/** Has moderators be told of a raid, or what they were told be brought up to date. */
export function raidTimer({ id, guild }: NewRaid, due: Date): NewTimer {
  return { kind: 'raid', owner: guild, guild, payload: { raid: id }, due, zone: 'UTC' };
}
