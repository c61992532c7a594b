import { AuditLogEvent, type Sticker } from 'discord.js';
import { t } from '../../answers/words.ts';
import { auditKey } from '../audit-entry.ts';
import { changedBetween, textOf } from '../changes.ts';
import type { Made } from '../entry.ts';
import { defineLogKind } from '../kind.ts';

/** A sticker was added, changed or taken away. */
export default defineLogKind({
  group: 'emojis',
  on: {
    stickerCreate: ([sticker]) => madeOf(sticker, 'eventLogs.titles.stickerAdded', AuditLogEvent.StickerCreate),
    stickerUpdate([before, after]) {
      const changes = changedBetween(before, after, [
        ['eventLogs.what.name', ({ name }) => name],
        ['eventLogs.what.description', ({ description }) => textOf(description)],
        ['eventLogs.what.tags', ({ tags }) => textOf(tags)],
      ]);
      if (changes.length === 0) return undefined;
      return { ...madeOf(after, 'eventLogs.titles.stickerChanged', AuditLogEvent.StickerUpdate), changes };
    },
    stickerDelete: ([sticker]) => madeOf(sticker, 'eventLogs.titles.stickerRemoved', AuditLogEvent.StickerDelete),
  },
});

function madeOf({ id, name }: Sticker, title: Made['title'], action: AuditLogEvent): Made {
  return { title, said: t('eventLogs.said.named', { name, id }), about: {}, audit: [auditKey(action, id)] };
}
