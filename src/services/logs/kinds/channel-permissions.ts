import { AuditLogEvent, type NonThreadGuildBasedChannel, OverwriteType, type PermissionOverwrites } from 'discord.js';
import { t } from '../../answers/words.ts';
import { auditKey } from '../audit-entry.ts';
import { listed, permissionNames } from '../changes.ts';
import type { Changed, Made } from '../entry.ts';
import { defineLogKind } from '../kind.ts';
import { channelNamed, person, roleNamed } from '../people.ts';

/** A role or a person may do more or less in a channel. */
export default defineLogKind({
  group: 'channels',
  on: {
    channelUpdate([before, after]) {
      if (before.isDMBased() || after.isDMBased()) return undefined;
      const [old, fresh] = [before.permissionOverwrites.cache, after.permissionOverwrites.cache];
      const ids = new Set([...old.keys(), ...fresh.keys()]);
      return [...ids].flatMap((id) => madeOf(after, id, old.get(id), fresh.get(id)) ?? []);
    },
  },
});

function madeOf(
  channel: NonThreadGuildBasedChannel,
  id: string,
  before: PermissionOverwrites | undefined,
  after: PermissionOverwrites | undefined,
): Made | undefined {
  const changes = changesOf(before, after);
  if (changes.length === 0 && before && after) return undefined;
  const isRole = (after ?? before)?.type === OverwriteType.Role;
  const { guild } = channel;
  const who = isRole
    ? roleNamed(id, guild.roles.cache.get(id)?.name)
    : person(id, guild.client.users.cache.get(id)?.username);
  const title = before ? (after ? 'permissionsChanged' : 'permissionsRemoved') : 'permissionsAdded';
  return {
    title: `eventLogs.titles.${title}`,
    said: t('eventLogs.said.overwrite', { who, channel: channelNamed(channel.id, channel.name) }),
    about: { channel: channel.id },
    changes,
    audit: [auditKey(AuditLogEvent.ChannelOverwriteUpdate, channel.id, id)],
  };
}

/** What is allowed, forbidden, and left as it is elsewhere by now. */
function changesOf(
  before: PermissionOverwrites | undefined,
  after: PermissionOverwrites | undefined,
): readonly Changed[] {
  const [allowed, forbidden] = [before?.allow.bitfield ?? 0n, before?.deny.bitfield ?? 0n];
  const [allow, forbid] = [after?.allow.bitfield ?? 0n, after?.deny.bitfield ?? 0n];
  return [
    ...listed('eventLogs.what.allowed', permissionNames(allow & ~allowed)),
    ...listed('eventLogs.what.forbidden', permissionNames(forbid & ~forbidden)),
    ...listed('eventLogs.what.neutral', permissionNames((allowed | forbidden) & ~(allow | forbid))),
  ];
}
