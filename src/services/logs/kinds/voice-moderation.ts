import { AuditLogEvent } from 'discord.js';
import { t } from '../../answers/words.ts';
import { auditKey } from '../audit-entry.ts';
import type { Made } from '../entry.ts';
import { defineLogKind } from '../kind.ts';
import { person } from '../people.ts';

/** Somebody was muted or deafened by the server, or is no longer. */
export default defineLogKind({
  group: 'voice',
  on: {
    voiceStateUpdate([before, after]) {
      const { id, member, channelId } = after;
      const made = (title: Made['title'], key: string): Made => ({
        title,
        said: t('eventLogs.said.member', { who: person(id, member?.user.username) }),
        about: { user: id, bot: member?.user.bot, channel: channelId ?? undefined },
        audit: [auditKey(AuditLogEvent.MemberUpdate, id, key)],
      });
      return [
        ...(differ(before.serverMute, after.serverMute)
          ? [made(after.serverMute ? 'eventLogs.titles.muted' : 'eventLogs.titles.unmuted', 'mute')]
          : []),
        ...(differ(before.serverDeaf, after.serverDeaf)
          ? [made(after.serverDeaf ? 'eventLogs.titles.deafened' : 'eventLogs.titles.undeafened', 'deaf')]
          : []),
      ];
    },
  },
});

/** Of somebody who was in no channel nobody knows how they were; who is not muted then was not unmuted either. */
function differ(before: boolean | null, after: boolean | null): boolean {
  return (before ?? false) !== (after ?? false) && before !== null;
}
