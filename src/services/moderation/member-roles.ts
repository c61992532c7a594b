import { type Guild, type GuildMember, PermissionFlagsBits, type Role } from 'discord.js';
import type { Context } from '../../context.ts';
import type { Case } from '../../db/cases.ts';
import { mention, type Said, t } from '../answers/words.ts';
import { memberNow, serverOf } from './members.ts';

/** Why the bot can neither give nor take a role; nothing where it can. The server's own roles are known. */
export async function whyNotMine(guild: Guild, role: Pick<Role, 'id'>): Promise<Said | undefined> {
  if (role.id === guild.id) return t('moderation.role.everyone');
  const known = guild.roles.cache.get(role.id);
  const name = mention('role', role.id);
  if (!known) return t('moderation.refused.roleGone');
  if (known.managed) return t('moderation.refused.managedRole');
  const me = guild.members.me ?? (await guild.members.fetchMe());
  if (!me.permissions.has(PermissionFlagsBits.ManageRoles)) return t('moderation.role.noPermission');
  const own = me.roles.highest;
  if (own.comparePositionTo(known) > 0) return undefined;
  return t('moderation.role.aboveMine', { role: name, own: mention('role', own.id) });
}

/** As Discord itself has it: nobody gives or takes a role that is not below their own highest, but the owner. Nothing where they may. */
export function whyNotTheirs(
  { guild, id, roles }: GuildMember,
  role: Pick<Role, 'id'>,
  { gateway }: Pick<Context, 'gateway'>,
): Said | undefined {
  if (id === guild.ownerId || gateway.isOwner(id)) return undefined;
  const known = guild.roles.cache.get(role.id);
  if (!known || roles.highest.comparePositionTo(known) > 0) return undefined;
  const params = { role: mention('role', role.id), own: mention('role', roles.highest.id) };
  return t('moderation.role.aboveTheirs', params);
}

/** Whether a member has a role at this moment; nothing where they are not here. Rejects as Discord does. */
export async function hasRole(
  { guild, target }: Pick<Case, 'guild' | 'target'>,
  role: string,
  context: Context,
): Promise<boolean | undefined> {
  const member = await memberNow(await serverOf(guild, context), target);
  return member?.roles.cache.has(role);
}

/** The same by what was last heard of them, as when they have just been asked for; where that was not kept they are asked for. */
export async function hadRole(
  { guild, target }: Pick<Case, 'guild' | 'target'>,
  role: string,
  context: Context,
): Promise<boolean> {
  const known = context.discord.guilds.cache.get(guild)?.members.cache.get(target);
  return known?.roles.cache.has(role) ?? (await hasRole({ guild, target }, role, context)) ?? false;
}
