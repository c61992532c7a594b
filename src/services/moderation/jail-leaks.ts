import { type APIRole, PermissionFlagsBits as P, Routes } from 'discord.js';
import type { Doing } from './action.ts';
import { channelsNow } from './channel-locks.ts';
import { permissionsOf } from './channel-permissions.ts';

/** More are not named. */
const MOST = 20;

/** Channels beside the jail's that somebody with these roles still sees, as where a role that stays lets them. Rejects as Discord does. */
export async function stillSeen(
  { one, context, signal }: Pick<Doing, 'one' | 'context' | 'signal' | 'reason'>,
  held: readonly string[],
): Promise<readonly string[]> {
  const here = { one, context, signal, reason: '' };
  const [roles, channels, { channel: jail }] = await Promise.all([
    context.discord.rest.get(Routes.guildRoles(one.guild), { signal }) as Promise<APIRole[]>, // what Discord answers to this
    channelsNow(here),
    context.settings.of(one.guild, 'jail'),
  ]);
  const place = { guild: one.guild, roles };
  const seen = channels.filter(
    ({ id, overwrites }) =>
      id !== jail && (permissionsOf([one.target, ...held], overwrites, place) & P.ViewChannel) !== 0n,
  );
  return seen.slice(0, MOST).map(({ id }) => id);
}
