import { AuditLogEvent } from 'discord.js';
import { t } from '../../answers/words.ts';
import { auditKey } from '../audit-entry.ts';
import { partsOf } from '../changes.ts';
import { CHANNEL_FIELDS } from '../channel-fields.ts';
import { defineLogKind } from '../kind.ts';
import { channelNamed } from '../people.ts';

/** A channel is gone. */
export default defineLogKind({
  group: 'channels',
  on: {
    channelDelete([channel]) {
      if (channel.isDMBased()) return undefined;
      return {
        title: 'eventLogs.titles.channelDeleted',
        said: t('eventLogs.said.channel', { channel: channelNamed(channel.id, channel.name) }),
        about: { channel: channel.id },
        changes: partsOf(channel, CHANNEL_FIELDS),
        audit: [auditKey(AuditLogEvent.ChannelDelete, channel.id)],
      };
    },
  },
});
