import { Type } from '@sinclair/typebox';
import { encodeCustomId } from '../answers/custom-id.ts';

const RaidState = Type.Object({ raid: Type.String({ pattern: '^[0-9a-f-]{36}$' }) });
const shape = (name: string) => ({ id: `raid.${name}`, version: 1, state: RaidState }) as const;

/** What the buttons under an alert of a raid are called and remember. */
export const RAID_BUTTONS = {
  timeout: shape('timeout'),
  kick: shape('kick'),
  ban: shape('ban'),
  untimeout: shape('untimeout'),
  unban: shape('unban'),
  resume: shape('resume'),
  unlock: shape('unlock'),
  list: shape('list'),
} as const;

export type RaidDeedKind = 'timeout' | 'kick' | 'ban';
/** What can be taken back, by what takes it back. */
export const UNDOES = { untimeout: 'timeout', unban: 'ban' } as const satisfies Record<string, RaidDeedKind>;

export function raidButtonId(button: keyof typeof RAID_BUTTONS, raid: string): string {
  const { id, version, state } = RAID_BUTTONS[button];
  return encodeCustomId(id, version, state, { raid });
}
