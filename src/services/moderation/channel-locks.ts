import {
  type APIGuildChannel,
  type APIGuildMember,
  type APIRole,
  ChannelType,
  RESTJSONErrorCodes as Code,
  DiscordAPIError,
  Routes,
} from 'discord.js';
import type { Doing } from './action.ts';
import { lockPlan, type Talked } from './lock-plan.ts';
import { type ChannelChange, type Overwrite, withChanges } from './overwrite-changes.ts';
import { refusalOf } from './refusal.ts';

type Here = Pick<Doing, 'one' | 'context' | 'reason' | 'signal'>;

/** Channels that are changed at the same time. */
const AT_ONCE = 5;
/** What can be locked; a category stands for the channels that are made in it meanwhile. */
export const LOCKED: readonly ChannelType[] = [
  ...[ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildForum, ChannelType.GuildMedia],
  ...[ChannelType.GuildVoice, ChannelType.GuildStageVoice, ChannelType.GuildCategory],
];

export interface Channel extends Talked {
  readonly id: string;
  readonly parent: string | null;
}

/** The channels of the case's server that can be locked, as they are at this moment. Rejects as Discord does. */
export async function channelsNow({ one, context, signal }: Here): Promise<readonly Channel[]> {
  const route = Routes.guildChannels(one.guild);
  const all = (await context.discord.rest.get(route, { signal })) as APIGuildChannel[]; // what Discord answers to this
  return all
    .filter(({ type }) => LOCKED.includes(type))
    .map(({ id, type, parent_id: parent = null, permission_overwrites: overwrites = [] }) => {
      return { id, type, parent, overwrites };
    });
}

/** Whether a lockdown of this target (a channel, a category, the server) is of a channel, too. */
export function covers(
  { guild, target }: { readonly guild: string; readonly target: string },
  { id, parent }: Pick<Channel, 'id' | 'parent'>,
): boolean {
  return target === guild || target === id || target === parent;
}

/** What has to be changed of each of these channels, and those that stay open whatever is changed. Rejects as Discord does. */
export async function planLock(
  here: Here,
  channels: readonly Channel[],
): Promise<{ readonly changes: readonly ChannelChange[]; readonly open: readonly string[] }> {
  const { one, context, signal } = here;
  const { rest, user } = context.discord;
  const me = user?.id ?? '';
  // What Discord answers to these.
  const roles = (await rest.get(Routes.guildRoles(one.guild), { signal })) as APIRole[];
  const member = (await rest.get(Routes.guildMember(one.guild, me), { signal })) as APIGuildMember;
  const place = { guild: one.guild, roles, me: { id: me, roles: member.roles } };
  const plan = channels.map((channel) => ({ id: channel.id, ...lockPlan(channel, place) }));
  return {
    changes: plan.flatMap(({ id, changes }) => (changes.length > 0 ? [{ id, changes: [...changes] }] : [])),
    open: plan.flatMap(({ id, staysOpen }) => (staysOpen ? [id] : [])),
  };
}

/**
 * Makes changes or takes them back, where it is not done yet. Says which channels Discord does not let the bot change; those
 * that are gone are passed over. Rejects with what may pass.
 */
export async function changeChannels(
  here: Here,
  wanted: readonly ChannelChange[],
  way: 'do' | 'undo',
): Promise<readonly string[]> {
  const now = new Map((await channelsNow(here)).map((channel) => [channel.id, channel]));
  const refused: string[] = [];
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const outcomes = await Promise.all(
      wanted.slice(at, at + AT_ONCE).map(async ({ id, changes }) => {
        const next = withChanges(now.get(id)?.overwrites ?? [], changes, way);
        return now.has(id) && next && !(await isChanged(here, id, next)) ? [id] : [];
      }),
    );
    refused.push(...outcomes.flat());
  }
  return refused;
}

async function isChanged(
  { context, reason, signal }: Here,
  channel: string,
  overwrites: readonly Overwrite[],
): Promise<boolean> {
  try {
    const body = { permission_overwrites: overwrites };
    await context.discord.rest.patch(Routes.channel(channel), { body, reason, signal });
    return true;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === Code.UnknownChannel) return true;
    if (refusalOf(error) === undefined) throw error;
    context.log.info({ channel, error }, 'Discord did not let the bot change who may talk in a channel');
    return false;
  }
}
