import { AuditLogEvent, type GuildScheduledEvent, type PartialGuildScheduledEvent } from 'discord.js';
import { mention, t, timestamp } from '../../answers/words.ts';
import { auditKey } from '../audit-entry.ts';
import { changedBetween, type Field, partsOf, textOf } from '../changes.ts';
import type { Made } from '../entry.ts';
import { defineLogKind } from '../kind.ts';

type Planned = GuildScheduledEvent | PartialGuildScheduledEvent;

const FIELDS: readonly Field<Planned>[] = [
  ['eventLogs.what.name', ({ name }) => textOf(name)],
  ['eventLogs.what.description', ({ description }) => textOf(description)],
  ['eventLogs.what.start', ({ scheduledStartAt: at }) => (at ? timestamp(at, 'f') : undefined)],
  ['eventLogs.what.end', ({ scheduledEndAt: at }) => (at ? timestamp(at, 'f') : undefined)],
  ['eventLogs.what.channel', ({ channelId }) => (channelId ? mention('channel', channelId) : undefined)],
  ['eventLogs.what.place', ({ entityMetadata }) => textOf(entityMetadata?.location)],
  ['eventLogs.what.status', ({ status }) => (status ? t(`eventLogs.status.${status}`) : undefined)],
];

/** An event of the server's calendar was planned, changed, or called off. */
export default defineLogKind({
  group: 'server',
  on: {
    guildScheduledEventCreate: ([event]) => ({
      ...madeOf(event, 'eventLogs.titles.eventCreated', AuditLogEvent.GuildScheduledEventCreate),
      changes: partsOf(event, FIELDS),
    }),
    guildScheduledEventUpdate([before, after]) {
      const changes = before ? changedBetween<Planned>(before, after, FIELDS) : [];
      if (before && changes.length === 0) return undefined;
      return { ...madeOf(after, 'eventLogs.titles.eventChanged', AuditLogEvent.GuildScheduledEventUpdate), changes };
    },
    guildScheduledEventDelete: ([event]) =>
      madeOf(event, 'eventLogs.titles.eventDeleted', AuditLogEvent.GuildScheduledEventDelete),
  },
});

function madeOf({ id, name, channelId }: Planned, title: Made['title'], action: AuditLogEvent): Made {
  return {
    title,
    said: t('eventLogs.said.named', { name: name ?? '?', id }),
    about: { channel: channelId ?? undefined },
    audit: [auditKey(action, id)],
  };
}
