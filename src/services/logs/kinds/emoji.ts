import { AuditLogEvent, type GuildEmoji } from 'discord.js';
import { t, type Words } from '../../answers/words.ts';
import { auditKey } from '../audit-entry.ts';
import { changedBetween } from '../changes.ts';
import type { Made } from '../entry.ts';
import { defineLogKind } from '../kind.ts';

/** An emoji was added, renamed or taken away. */
export default defineLogKind({
  group: 'emojis',
  on: {
    emojiCreate: ([emoji]) => madeOf(emoji, 'eventLogs.titles.emojiAdded', AuditLogEvent.EmojiCreate),
    emojiUpdate([before, after]) {
      const changes = changedBetween(before, after, [['eventLogs.what.name', ({ name }): Words => `:${name}:`]]);
      if (changes.length === 0) return undefined;
      return { ...madeOf(after, 'eventLogs.titles.emojiChanged', AuditLogEvent.EmojiUpdate), changes };
    },
    emojiDelete: ([emoji]) => madeOf(emoji, 'eventLogs.titles.emojiRemoved', AuditLogEvent.EmojiDelete),
  },
});

function madeOf({ id, name }: GuildEmoji, title: Made['title'], action: AuditLogEvent): Made {
  return {
    title,
    said: t('eventLogs.said.named', { name: `:${name}:`, id }),
    about: {},
    audit: [auditKey(action, id)],
  };
}
