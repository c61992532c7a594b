import { type GuildMember, Routes } from 'discord.js';
import type { Case } from '../../db/cases.ts';
import type { Doing } from './action.ts';
import { memberNow, serverOf } from './members.ts';

type Here = Pick<Doing, 'context' | 'reason' | 'signal'> & { readonly one: Pick<Case, 'guild' | 'target'> };

/** The roles of somebody in the server: those the bot can take and give, and those that stay whatever happens. */
export interface HeldRoles {
  readonly movable: readonly string[];
  readonly fixed: readonly string[];
  /** Of these roles those that the bot can give. */
  readonly givable: (roles: readonly string[]) => readonly string[];
}

/** Nothing where they are not in the server. Rejects as Discord does. */
export async function heldRoles({ one, context }: Here): Promise<HeldRoles | undefined> {
  const guild = await serverOf(one.guild, context);
  const member = await memberNow(guild, one.target);
  if (!member) return undefined;
  const me = guild.members.me ?? (await guild.members.fetchMe());
  const movable = (id: string) => isBelow(me, id);
  const held = [...member.roles.cache.keys()].filter((id) => id !== guild.id);
  return {
    movable: held.filter(movable),
    fixed: held.filter((id) => !movable(id)),
    givable: (roles) => roles.filter(movable),
  };
}

function isBelow({ guild, roles }: GuildMember, id: string): boolean {
  const role = guild.roles.cache.get(id);
  return role !== undefined && !role.managed && id !== guild.id && roles.highest.comparePositionTo(role) > 0;
}

/** Gives somebody exactly these roles. Rejects as Discord does. */
export async function setRoles({ one, context, reason, signal }: Here, roles: readonly string[]): Promise<void> {
  const body = { roles: [...new Set(roles)] };
  await context.discord.rest.patch(Routes.guildMember(one.guild, one.target), { body, reason, signal });
}
