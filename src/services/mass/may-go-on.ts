import { GatewayIntentBits, type Guild, type GuildMember } from 'discord.js';
import type { Context } from '../../context.ts';
import type { MassRun } from '../../db/mass-runs.ts';
import { type Said, t } from '../answers/words.ts';
import { personOf } from '../moderation/hierarchy.ts';
import { memberNow, serverOf } from '../moderation/members.ts';
import { allows, demandOf, standingOf } from '../permissions/ranks.ts';
import { DEMANDS } from './demands.ts';

/** For so long Discord may be silent, heartbeats and all, before what it has said of members is old. */
const FRESH_MS = 60_000;

/**
 * Why a run may not go on: whoever ordered it is not here any more, or might not order it any more, so that a run ends with the
 * rights it was begun with. `often`: Discord is not asked for what it tells of by itself, since each batch of five looks up as many
 * members as its limit allows. Rejects as Discord does.
 */
export async function whyNotAnyMore(run: MassRun, often: boolean, context: Context): Promise<Said | undefined> {
  const guild = await serverOf(run.guild, context);
  const told = often && isTold(context) ? guild.members.cache.get(run.actor) : undefined;
  const actor = told ?? (await memberNow(guild, run.actor));
  if (!actor) return t('moderation.stands.gone');
  const { command, needs, inChannel = false } = DEMANDS[run.kind];
  const ranks = await context.settings.of(run.guild, 'permissions');
  const held = inChannel ? await heldIn(guild, run.channel, actor) : actor.permissions;
  const standing = standingOf(personOf(actor, context), ranks);
  return allows(standing, demandOf(command, needs, ranks), { held }) ? undefined : t('mass.mayNotAnyMore');
}

/** Whether Discord tells of every change of a member, at once. */
function isTold({ discord, gateway }: Context): boolean {
  return discord.options.intents.has(GatewayIntentBits.GuildMembers) && gateway.ready && gateway.quietMs < FRESH_MS;
}

async function heldIn(guild: Guild, id: string, member: GuildMember) {
  const channel = guild.channels.cache.get(id) ?? (await guild.channels.fetch(id));
  return channel?.permissionsFor(member) ?? member.permissions;
}
