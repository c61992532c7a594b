import { AuditLogEvent, type Guild, PermissionFlagsBits } from 'discord.js';
import { code, mention, t, type Words } from '../../answers/words.ts';
import { type AuditEntry, changeIn, changesIn } from '../audit-entry.ts';
import type { Made } from '../entry.ts';
import { defineLogKind } from '../kind.ts';

/** A webhook was made, changed or taken away. The event says in which channel alone, the audit log says the rest. */
export default defineLogKind({
  group: 'webhooks',
  auditAlone: true,
  on: {
    webhooksUpdate([{ id, guild }]) {
      if (guild.members.me?.permissions.has(PermissionFlagsBits.ViewAuditLog)) return undefined;
      return {
        title: 'eventLogs.titles.webhooksChanged',
        said: t('eventLogs.said.channel', { channel: mention('channel', id) }),
        about: { channel: id },
        audit: [],
      };
    },
  },
  audit: {
    [AuditLogEvent.WebhookCreate]: (entry, guild) => madeOf(entry, guild, 'eventLogs.titles.webhookCreated'),
    [AuditLogEvent.WebhookUpdate]: (entry, guild) => madeOf(entry, guild, 'eventLogs.titles.webhookChanged'),
    [AuditLogEvent.WebhookDelete]: (entry, guild) => madeOf(entry, guild, 'eventLogs.titles.webhookDeleted'),
  },
});

const WHAT = {
  name: 'eventLogs.what.name',
  channel_id: 'eventLogs.what.channel',
  avatar_hash: 'eventLogs.what.avatar',
} as const;

function madeOf(entry: AuditEntry, guild: Guild, title: Made['title']): Made {
  const { target_id: id } = entry;
  const channel = changeIn(entry, 'channel_id');
  return {
    title,
    said: t('eventLogs.said.webhook', { id: code(id ?? '?') }),
    about: { channel: idOf(channel?.new) ?? idOf(channel?.old) },
    changes: changesIn(entry).flatMap(({ key, old, new: now }) => {
      const what = key in WHAT ? WHAT[key as keyof typeof WHAT] : undefined; // it was just looked whether it is one
      if (!what) return [];
      const [from, to] = [wordsOf(key, old, guild), wordsOf(key, now, guild)];
      return [{ what: t(what), ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
    }),
  };
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function wordsOf(key: string, value: unknown, guild: Guild): Words | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  return key === 'channel_id' && guild.channels.cache.has(value) ? mention('channel', value) : value;
}
