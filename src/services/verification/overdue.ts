import type { GuildMember } from 'discord.js';
import type { Context } from '../../context.ts';
import { lastingCase } from '../../db/cases.ts';
import { hadNoChance } from '../../db/verifications.ts';
import { personOf } from '../moderation/hierarchy.ts';
import { whyNotMine } from '../moderation/member-roles.ts';
import { moderates } from '../moderation/taken-roles.ts';
import { HIGHEST_FOR_ALL, rankOfPermissions, standingOf } from '../permissions/ranks.ts';
import type { AreaValue } from '../settings/areas.ts';

/** Whoever joined that much later has left and come back: another timer is theirs. */
const SAME_MS = 60_000;

/** Whether somebody who joined then could have passed, and has not. */
export async function isOverdue(
  member: GuildMember,
  { channel, role, kickAfterHours }: AreaValue<'verification'>,
  joined: Date,
  context: Context,
): Promise<boolean> {
  const { guild, id } = member;
  if (role === undefined || channel === undefined || kickAfterHours === 0) return false;
  if (member.roles.cache.has(role) || (member.joinedTimestamp ?? 0) > joined.getTime() + SAME_MS) return false;
  if (!guild.channels.cache.has(channel) || moderates(guild, role) || (await whyNotMine(guild, { id: role })))
    return false;
  if (await moderatesHere(member, context)) return false;
  if (await hadNoChance(context.db, { guild: guild.id, member: id }, joined)) return false;
  // Whoever is in jail has no roles, and may not pass.
  return (await lastingCase(context.db, { guild: guild.id, target: id, type: 'jail' }, context.now())) === undefined;
}

/** Whether somebody moderates, by Discord's permissions or the ranks of the bot: those are never kicked for it. */
export async function moderatesHere(member: GuildMember, context: Context): Promise<boolean> {
  const ranks = await context.settings.of(member.guild.id, 'permissions');
  const { rank } = standingOf(personOf(member, context), ranks);
  return rank > HIGHEST_FOR_ALL || rankOfPermissions(member.permissions) > 0;
}
