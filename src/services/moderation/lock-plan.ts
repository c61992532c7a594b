import { type APIGuildMember, OverwriteType, PermissionFlagsBits as P } from 'discord.js';
import { type Place, permissionsOf } from './channel-permissions.ts';
import type { Overwrite, OverwriteChange } from './overwrite-changes.ts';

/** What nobody does in a channel that is locked. */
const TALK =
  P.SendMessages |
  P.SendMessagesInThreads |
  P.CreatePublicThreads |
  P.CreatePrivateThreads |
  P.AddReactions |
  P.Connect;
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

/** What has to be changed of a channel's overwrites so that only staff and the bot can talk there. None where it is so. */
export function lockChanges(overwrites: readonly Overwrite[], place: OwnPlace): readonly OverwriteChange[] {
  const bits = TALK & permissionsOf([place.me.id, ...place.me.roles], overwrites, place);
  if (bits === 0n || !isOpen(overwrites, place)) return [];
  const staff = place.roles.filter(({ id, permissions }) => id !== place.guild && isStaff(permissions));
  const change = (id: string, type: OverwriteType, to: (allow: bigint, deny: bigint) => readonly [bigint, bigint]) => {
    const before = overwrites.find((one) => one.id === id);
    const [allow, deny] = to(BigInt(before?.allow ?? 0), BigInt(before?.deny ?? 0));
    const after = { allow: String(allow), deny: String(deny) };
    if (after.allow === (before?.allow ?? '0') && after.deny === (before?.deny ?? '0')) return [];
    return [{ id, type, before: before ? { allow: before.allow, deny: before.deny } : null, after }];
  };
  const speaking = [place.me.id, ...staff.map(({ id }) => id)];
  const others = overwrites.filter(({ id }) => id !== place.guild && !speaking.includes(id));
  return [
    ...change(place.guild, OverwriteType.Role, (allow, deny) => [allow & ~bits, deny | bits]),
    ...others.flatMap(({ id, type }) => change(id, type, (allow, deny) => [allow & ~bits, deny])),
    ...staff.flatMap(({ id }) => {
      const own = bits & permissionsOf([id], overwrites, place); // what they could not do before is not given by a lockdown
      return change(id, OverwriteType.Role, (allow, deny) => [allow | (own & ~deny), deny]);
    }),
    ...change(place.me.id, OverwriteType.Member, (allow, deny) => [allow | bits, deny & ~bits]),
  ];
}

function isStaff(permissions: string): boolean {
  return (BigInt(permissions) & STAFF) !== 0n;
}

/** Whether anybody who is not staff can see it and talk there. */
function isOpen(overwrites: readonly Overwrite[], place: OwnPlace): boolean {
  const people = overwrites.filter(({ id, type }) => type === OverwriteType.Member && id !== place.me.id);
  const roles = place.roles.filter(({ permissions }) => !isStaff(permissions));
  return [...roles, ...people].some(({ id }) => {
    const held = permissionsOf([id], overwrites, place);
    return (held & P.ViewChannel) !== 0n && (held & TALK) !== 0n;
  });
}
