import { AuditLogEvent, type VoiceState } from 'discord.js';
import { mention, t } from '../../answers/words.ts';
import { auditKey } from '../audit-entry.ts';
import { changedBetween } from '../changes.ts';
import type { Made } from '../entry.ts';
import { defineLogKind } from '../kind.ts';
import { person } from '../people.ts';

/** Somebody has joined a voice channel, gone to another, or left. */
export default defineLogKind({
  group: 'voice',
  on: {
    voiceStateUpdate([before, after]) {
      if (before.channelId === after.channelId) return undefined;
      const { id, member } = after;
      return {
        ...turnOf(before.channelId, after.channelId),
        said: t('eventLogs.said.member', { who: person(id, member?.user.username) }),
        about: aboutOf(after, after.channelId ?? before.channelId),
        changes: changedBetween(before, after, [
          [
            'eventLogs.what.channel',
            ({ channelId }) => (channelId === null ? undefined : mention('channel', channelId)),
          ],
        ]),
      };
    },
  },
});

/** Most go by themselves: the audit log tells of those alone who were sent. */
function turnOf(from: string | null, to: string | null): Pick<Made, 'title' | 'audit' | 'unclaimed'> {
  if (from === null) return { title: 'eventLogs.titles.voiceJoined' };
  const sent = { unclaimed: 'silent' } as const;
  if (to === null) {
    return { ...sent, title: 'eventLogs.titles.voiceLeft', audit: [auditKey(AuditLogEvent.MemberDisconnect)] };
  }
  return { ...sent, title: 'eventLogs.titles.voiceMoved', audit: [auditKey(AuditLogEvent.MemberMove, to)] };
}

function aboutOf({ member, id }: VoiceState, channel: string | null): Made['about'] {
  const roles = member ? [...member.roles.cache.keys()] : [];
  return { user: id, bot: member?.user.bot, roles, channel: channel ?? undefined };
}
