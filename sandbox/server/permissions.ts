import { ChannelType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { missingAccess, missingPermissions } from './api-error.ts';
import type { Id } from './snowflake.ts';
import type { Channel } from './state/channels.ts';
import type { Guild } from './state/guilds.ts';
import type { Member } from './state/members.ts';
import type { State } from './state/state.ts';

export type PermissionName = keyof typeof P;

export const ALL = Object.values(P).reduce((all, bit) => all | bit, 0n);
const IN_TIMEOUT = P.ViewChannel | P.ReadMessageHistory;
const DM = ALL; // in a direct message neither side is restricted
const NEEDS_SEND = P.MentionEveryone | P.SendTTSMessages | P.AttachFiles | P.EmbedLinks;

export function bitsOf(...names: readonly PermissionName[]): bigint {
  return names.reduce((all, name) => all | P[name], 0n);
}

export function has(permissions: bigint, bits: bigint): boolean {
  return (permissions & bits) === bits;
}

function inTimeout(member: Member, now: number): boolean {
  const until = member.communication_disabled_until;
  return until !== null && Date.parse(until) > now;
}

/** What a member may do in the whole server: owner and administrators everything, others the sum of their roles. */
export function guildPermissions(guild: Guild, user: Id): bigint {
  const member = guild.members.get(user);
  if (!member) return 0n;
  if (guild.ownerId === user) return ALL;
  let sum = BigInt(guild.roles.get(guild.id)?.permissions ?? 0);
  for (const id of member.roles) sum |= BigInt(guild.roles.get(id)?.permissions ?? 0);
  return has(sum, P.Administrator) ? ALL : sum;
}

function withOverwrites(guild: Guild, channel: Channel, member: Member, base: bigint): bigint {
  const overwrites = channel.permission_overwrites ?? [];
  let sum = base;
  const everyone = overwrites.find(({ id }) => id === guild.id);
  if (everyone) sum = (sum & ~BigInt(everyone.deny)) | BigInt(everyone.allow);
  let deny = 0n;
  let allow = 0n;
  for (const overwrite of overwrites) {
    if (overwrite.id === guild.id || !member.roles.includes(overwrite.id)) continue;
    deny |= BigInt(overwrite.deny);
    allow |= BigInt(overwrite.allow);
  }
  sum = (sum & ~deny) | allow;
  const own = overwrites.find(({ id }) => id === member.user_id);
  return own ? (sum & ~BigInt(own.deny)) | BigInt(own.allow) : sum;
}

const THREADS: readonly ChannelType[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
];

export function isThread(channel: Channel): boolean {
  return THREADS.includes(channel.type);
}

/** What a user may do in a channel; 0n for strangers. Kept until roles, overwrites or the member change. */
export function channelPermissions(state: State, channel: Channel, user: Id): bigint {
  const guild = channel.guild_id === undefined ? undefined : state.guilds.get(channel.guild_id);
  if (!guild) return channel.recipients?.some(({ id }) => id === user) || user === state.bot.id ? DM : 0n;
  const key = `${channel.id}:${user}`;
  const kept = guild.permissionCache.get(key);
  const member = guild.members.get(user);
  if (kept !== undefined && !(member && member.communication_disabled_until !== null)) return kept;
  const computed = compute(state, guild, channel, member);
  guild.permissionCache.set(key, computed);
  return computed;
}

function compute(state: State, guild: Guild, channel: Channel, member: Member | undefined): bigint {
  if (!member) return 0n;
  const base = guildPermissions(guild, member.user_id);
  if (base === ALL) return ALL;
  const ruled = isThread(channel) ? (state.channels.get(channel.parent_id ?? '') ?? channel) : channel;
  let sum = withOverwrites(guild, ruled, member, base);
  if (!has(sum, P.ViewChannel)) return 0n;
  if (channel.type === ChannelType.PrivateThread && !has(sum, P.ManageThreads)) {
    if (!state.threadMembers.get(channel.id)?.has(member.user_id)) return 0n;
  }
  if (isThread(channel)) {
    sum = has(sum, P.SendMessagesInThreads) ? sum | P.SendMessages : sum & ~P.SendMessages;
  }
  if (!has(sum, P.SendMessages)) sum &= ~NEEDS_SEND;
  return inTimeout(member, state.now()) ? sum & IN_TIMEOUT : sum;
}

/** Throws 50001 when the channel cannot be seen, 50013 when one of the permissions is missing. */
export function requireIn(state: State, channel: Channel, user: Id, ...names: readonly PermissionName[]): bigint {
  const permissions = channelPermissions(state, channel, user);
  if (!has(permissions, P.ViewChannel)) throw missingAccess();
  if (!has(permissions, bitsOf(...names))) throw missingPermissions();
  return permissions;
}

/** Throws 50001 for someone outside the server, 50013 when one of the permissions is missing. */
export function requireGuild(state: State, guild: Guild, user: Id, ...names: readonly PermissionName[]): bigint {
  const member = guild.members.get(user);
  if (!member) throw missingAccess();
  const whole = guildPermissions(guild, user);
  const permissions = whole !== ALL && inTimeout(member, state.now()) ? whole & IN_TIMEOUT : whole;
  if (!has(permissions, bitsOf(...names))) throw missingPermissions();
  return permissions;
}

/** The position of a member's highest role; the owner stands above all roles. */
export function rankOf(guild: Guild, user: Id): number {
  if (guild.ownerId === user) return Number.POSITIVE_INFINITY;
  const member = guild.members.get(user);
  return Math.max(0, ...(member?.roles ?? []).map((id) => guild.roles.get(id)?.position ?? 0));
}

/** Moderation reaches only those below: throws 50013 for equals, superiors and the owner. */
export function requireAbove(guild: Guild, actor: Id, target: Id): void {
  if (guild.ownerId === target || rankOf(guild, actor) <= rankOf(guild, target)) throw missingPermissions();
}
