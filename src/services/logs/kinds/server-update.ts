import { AuditLogEvent, type Guild } from 'discord.js';
import { code, mention, t } from '../../answers/words.ts';
import { auditKey } from '../audit-entry.ts';
import { changedBetween, type Field, textOf } from '../changes.ts';
import { defineLogKind } from '../kind.ts';

const channel = (id: string | null) => (id === null ? undefined : mention('channel', id));
const hash = (own: string | null) => (own === null ? undefined : code(own.slice(0, 8)));

const FIELDS: readonly Field<Guild>[] = [
  ['eventLogs.what.name', ({ name }) => name],
  ['eventLogs.what.description', ({ description }) => textOf(description)],
  ['eventLogs.what.icon', ({ icon }) => hash(icon)],
  ['eventLogs.what.banner', ({ banner }) => hash(banner)],
  ['eventLogs.what.owner', ({ ownerId }) => mention('user', ownerId)],
  ['eventLogs.what.verification', ({ verificationLevel }) => t(`eventLogs.verification.${verificationLevel}`)],
  ['eventLogs.what.filter', ({ explicitContentFilter }) => t(`eventLogs.filter.${explicitContentFilter}`)],
  ['eventLogs.what.twoFactor', ({ mfaLevel }) => t(mfaLevel ? 'eventLogs.yes' : 'eventLogs.no')],
  ['eventLogs.what.notifications', ({ defaultMessageNotifications: level }) => t(`eventLogs.notifications.${level}`)],
  ['eventLogs.what.systemChannel', ({ systemChannelId }) => channel(systemChannelId)],
  ['eventLogs.what.rulesChannel', ({ rulesChannelId }) => channel(rulesChannelId)],
  ['eventLogs.what.afkChannel', ({ afkChannelId }) => channel(afkChannelId)],
  ['eventLogs.what.vanity', ({ vanityURLCode }) => textOf(vanityURLCode)],
  ['eventLogs.what.boosts', ({ premiumTier }) => String(premiumTier)],
];

/** The server itself is different. */
export default defineLogKind({
  group: 'server',
  on: {
    guildUpdate([before, after]) {
      const changes = changedBetween(before, after, FIELDS);
      if (changes.length === 0) return undefined;
      return {
        title: 'eventLogs.titles.serverChanged',
        said: t('eventLogs.said.server', { name: after.name }),
        about: {},
        changes,
        audit: [auditKey(AuditLogEvent.GuildUpdate, after.id)],
      };
    },
  },
});
