import { PermissionFlagsBits as P } from 'discord.js';
import type { Context } from '../../context.ts';
import type { Case } from '../../db/cases.ts';
import { t } from '../answers/words.ts';
import { allows, demandOf, standingOf } from '../permissions/ranks.ts';
import { personOf } from './hierarchy.ts';
import { memberNow, serverOf } from './members.ts';
import { Refused } from './refusal.ts';

/** Whoever was let through has lost nothing in so short a time. Milliseconds. */
const LONG_MS = 60_000;

/** What the commands take that order what is done to people, by the type of its cases. */
export const NEEDED: ReadonlyMap<string, bigint> = new Map([
  ...(['ban', 'unban', 'softban'] as const).map((type) => [type, P.BanMembers] as const),
  ['kick', P.KickMembers],
  ...(['warn', 'timeout', 'untimeout', 'jail', 'unjail'] as const).map((type) => [type, P.ModerateMembers] as const),
  ['nick', P.ManageNicknames],
  ['role-add', P.ManageRoles],
  ['role-remove', P.ManageRoles],
]);

/** Refused where what had to wait for long was ordered by somebody who might not order it any more. Rejects as Discord does. */
export async function mustStillMay(one: Case, context: Context): Promise<void> {
  const needs = NEEDED.get(one.type);
  if (one.source !== 'command' || one.actor === null || needs === undefined) return;
  if (context.now().getTime() - one.createdAt.getTime() < LONG_MS) return;
  const actor = await memberNow(await serverOf(one.guild, context), one.actor);
  if (!actor) return; // said of who has left elsewhere
  const ranks = await context.settings.of(one.guild, 'permissions');
  const demand = demandOf(commandOf(one), needs, ranks);
  const may = allows(standingOf(personOf(actor, context), ranks), demand, { held: actor.permissions });
  if (!may) throw new Refused(t('mass.mayNotAnyMore'));
}

/** The command by whose rank it goes. */
function commandOf({ type, until }: Case): string {
  return type === 'role-add' && until !== null ? 'role temp' : type.replace('-', ' ');
}
