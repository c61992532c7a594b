import { type APIGuildMember, ChannelType, OverwriteType, PermissionFlagsBits as P } from 'discord.js';
import { type Place, permissionsOf } from './channel-permissions.ts';
import type { Overwrite, OverwriteChange } from './overwrite-changes.ts';

/** What nobody does in a channel that is locked. */
const WRITE =
  P.SendMessages | P.SendMessagesInThreads | P.CreatePublicThreads | P.CreatePrivateThreads | P.AddReactions;
const TALK = WRITE | P.Connect;
/** Where there is nothing to be connected to. */
const WRITTEN: readonly ChannelType[] = [
  ...[ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildForum, ChannelType.GuildMedia],
];
/** Who has one of these keeps order here, and may go on talking. */
const STAFF =
  P.Administrator |
  P.ManageGuild |
  P.ManageChannels |
  P.ManageMessages |
  P.ModerateMembers |
  P.KickMembers |
  P.BanMembers;

/** The same with the bot, as it is there. */
export interface OwnPlace extends Place {
  readonly me: { readonly id: string; readonly roles: APIGuildMember['roles'] };
}

/** A channel as far as it matters for who talks there. */
export interface Talked {
  readonly type: ChannelType;
  readonly overwrites: readonly Overwrite[];
}

export interface LockPlan {
  readonly changes: readonly OverwriteChange[];
  /** Whether people can talk there all the same: Discord lets the bot take only what it holds itself. */
  readonly staysOpen: boolean;
}

/** What has to be changed of a channel's overwrites so that only staff and the bot can talk there. Nothing where it is so. */
export function lockPlan({ type, overwrites }: Talked, place: OwnPlace): LockPlan {
  const talk = WRITTEN.includes(type) ? WRITE : TALK;
  const open = talk & openTo(overwrites, place);
  const bits = talk & takable(overwrites, place);
  return {
    changes: (open & bits) === 0n ? [] : lockChanges(bits, overwrites, place),
    staysOpen: (open & ~bits) !== 0n,
  };
}

function lockChanges(bits: bigint, overwrites: readonly Overwrite[], place: OwnPlace): readonly OverwriteChange[] {
  const staff = place.roles.filter(({ id, permissions }) => id !== place.guild && isStaff(permissions));
  const change = (id: string, type: OverwriteType, to: (allow: bigint, deny: bigint) => readonly [bigint, bigint]) => {
    const before = overwrites.find((one) => one.id === id);
    const [allow, deny] = to(BigInt(before?.allow ?? 0), BigInt(before?.deny ?? 0));
    const after = { allow: String(allow), deny: String(deny) };
    if (after.allow === (before?.allow ?? '0') && after.deny === (before?.deny ?? '0')) return [];
    return [{ id, type, before: before ? { allow: before.allow, deny: before.deny } : null, after }];
  };
  const mine = permissionsOf([place.me.id, ...place.me.roles], overwrites, place);
  const speaking = [place.me.id, ...staff.map(({ id }) => id)];
  const others = overwrites.filter(({ id }) => id !== place.guild && !speaking.includes(id));
  return [
    ...change(place.guild, OverwriteType.Role, (allow, deny) => [allow & ~bits, deny | bits]),
    ...others.flatMap(({ id, type }) => change(id, type, (allow, deny) => [allow & ~bits, deny])),
    ...staff.flatMap(({ id }) => {
      const own = bits & permissionsOf([id], overwrites, place); // what they could not do before is not given by a lockdown
      return change(id, OverwriteType.Role, (allow, deny) => [allow | (own & ~deny), deny]);
    }),
    ...change(place.me.id, OverwriteType.Member, (allow, deny) => [allow | (bits & mine), deny]),
  ];
}

function isStaff(permissions: string): boolean {
  return (BigInt(permissions) & STAFF) !== 0n;
}

/** What those who are not staff can do there, all together. */
function openTo(overwrites: readonly Overwrite[], place: OwnPlace): bigint {
  const people = overwrites.filter(({ id, type }) => type === OverwriteType.Member && id !== place.me.id);
  const roles = place.roles.filter(({ permissions }) => !isStaff(permissions));
  return [...roles, ...people].reduce((all, { id }) => {
    const held = permissionsOf([id], overwrites, place);
    return (held & P.ViewChannel) === 0n ? all : all | held;
  }, 0n);
}

/** What the bot may take there: what it holds in the server or in the channel; all where an overwrite lets it manage permissions. */
function takable(overwrites: readonly Overwrite[], place: OwnPlace): bigint {
  const own = [place.me.id, ...place.me.roles];
  const here = permissionsOf(own, overwrites, place);
  const granted = overwrites.some(
    ({ id, allow }) => (id === place.guild || own.includes(id)) && (BigInt(allow) & P.ManageRoles) !== 0n,
  );
  if (granted && (here & P.ManageRoles) !== 0n) return TALK;
  return here | permissionsOf(own, [], place);
}
