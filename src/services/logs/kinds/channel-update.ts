import { AuditLogEvent } from 'discord.js';
import { t } from '../../answers/words.ts';
import { auditKey } from '../audit-entry.ts';
import { changedBetween } from '../changes.ts';
import { CHANNEL_FIELDS } from '../channel-fields.ts';
import { defineLogKind } from '../kind.ts';
import { channelNamed } from '../people.ts';

/** A channel is different. */
export default defineLogKind({
  group: 'channels',
  on: {
    channelUpdate([before, after]) {
      if (before.isDMBased() || after.isDMBased()) return undefined;
      const changes = changedBetween(before, after, CHANNEL_FIELDS);
      if (changes.length === 0) return undefined;
      return {
        title: 'eventLogs.titles.channelChanged',
        said: t('eventLogs.said.channel', { channel: channelNamed(after.id, after.name) }),
        about: { channel: after.id },
        changes,
        audit: [auditKey(AuditLogEvent.ChannelUpdate, after.id)],
      };
    },
  },
});
