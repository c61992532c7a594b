import { type Static, Type } from '@sinclair/typebox';
import type { AreaValue } from '../settings/areas.ts';
import type { NewTimer } from '../timers/timers.ts';

/** What a timer of a level says that somebody has reached. Its channel is where it is told; without one, by a direct message. */
export const LevelUpPayload = Type.Object({ level: Type.Integer({ minimum: 1 }) });
type LevelUpPayload = Static<typeof LevelUpPayload>;

/** What a timer of roles says: whether they fell, so that roles of higher levels are theirs no more. */
export const LevelRolesPayload = Type.Object({ fell: Type.Boolean() });

interface Reached {
  readonly guild: string;
  readonly member: string;
  readonly level: number;
  /** Where they wrote what made the level. */
  readonly channel: string;
  readonly at: Date;
}

/** All that is to be done for whoever has reached a level, each by a timer of its own, so that none keeps the other from it. */
export function ordersFor(reached: Reached, wanted: AreaValue<'levels'>): readonly NewTimer[] {
  const roles = Object.keys(wanted.rewards).length > 0 ? [rolesOrder({ ...reached, fell: false })] : [];
  return [...roles, ...noticeOrders(reached, wanted)];
}

export function rolesOrder({
  guild,
  member,
  at,
  fell,
}: Pick<Reached, 'guild' | 'member' | 'at'> & { readonly fell: boolean }): NewTimer {
  return { kind: 'level-roles', owner: member, guild, zone: 'UTC', due: at, payload: { fell } };
}

function noticeOrders(
  { guild, member, level, channel, at }: Reached,
  { notice, noticeChannel }: AreaValue<'levels'>,
): readonly NewTimer[] {
  const payload: LevelUpPayload = { level };
  const order = { kind: 'level-up', owner: member, guild, zone: 'UTC', due: at, payload } as const;
  switch (notice) {
    case 'off':
      return [];
    case 'here':
      return [{ ...order, channel }];
    case 'channel':
      return noticeChannel === undefined ? [] : [{ ...order, channel: noticeChannel }];
    case 'dm':
      return [order];
    default: {
      const never: never = notice;
      return never;
    }
  }
}
