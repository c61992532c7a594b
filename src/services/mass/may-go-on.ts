import type { Guild, GuildMember } from 'discord.js';
import type { Context } from '../../context.ts';
import type { MassRun } from '../../db/mass-runs.ts';
import { type Said, t } from '../answers/words.ts';
import { personOf } from '../moderation/hierarchy.ts';
import { memberNow, serverOf } from '../moderation/members.ts';
import { allows, demandOf, standingOf } from '../permissions/ranks.ts';
import { DEMANDS } from './demands.ts';

/**
 * Why a run may not go on: whoever ordered it is not here any more, or might not order it any more. Asks Discord, so that
 * a run ends with the rights it was begun with. Rejects as Discord does.
 */
export async function whyNotAnyMore(run: MassRun, context: Context): Promise<Said | undefined> {
  const guild = await serverOf(run.guild, context);
  const actor = await memberNow(guild, run.actor);
  if (!actor) return t('moderation.stands.gone');
  const { command, needs, inChannel = false } = DEMANDS[run.kind];
  const ranks = await context.settings.of(run.guild, 'permissions');
  const held = inChannel ? await heldIn(guild, run.channel, actor) : actor.permissions;
  const standing = standingOf(personOf(actor, context), ranks);
  return allows(standing, demandOf(command, needs, ranks), { held }) ? undefined : t('mass.mayNotAnyMore');
}

async function heldIn(guild: Guild, id: string, member: GuildMember) {
  const channel = guild.channels.cache.get(id) ?? (await guild.channels.fetch(id));
  return channel?.permissionsFor(member) ?? member.permissions;
}
