import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Guild } from 'discord.js';
import type { Context } from '../../context.ts';
import { type Case, lastingCase } from '../../db/cases.ts';
import { rolesLostSince } from '../../db/lost-roles.ts';
import { rankOfPermissions } from '../permissions/ranks.ts';

const Taken = Type.Object({ taken: Type.Array(Type.String()) });

/** Of the roles that a case took those that are to be given back: not what somebody took for good since, or what was for a time that is over. */
export async function stillTheirs(one: Case | undefined, { db, now }: Context): Promise<readonly string[]> {
  if (!one || !Value.Check(Taken, one.data)) return [];
  const lost = await rolesLostSince(db, one, now());
  return one.data.taken.filter((id) => !lost.has(id));
}

/** The same of the newest case of a type that lasts for somebody. */
export async function takenBy(
  type: 'jail' | 'disarm',
  { guild, target }: Pick<Case, 'guild' | 'target'>,
  context: Context,
): Promise<readonly string[]> {
  return await stillTheirs(await lastingCase(context.db, { guild, target, type }, context.now()), context);
}

/** Whether a role lets people moderate in Discord itself. */
export function moderates({ roles }: Pick<Guild, 'roles'>, id: string): boolean {
  const role = roles.cache.get(id);
  return role !== undefined && rankOfPermissions(role.permissions) > 0;
}
