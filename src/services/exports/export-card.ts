import type { User } from 'discord.js';
import type { Answer } from '../answers/answer.ts';
import { list, mention, t, timestamp, type Words } from '../answers/words.ts';
import type { ExportRequest } from './request.ts';

/** What the log is told: who exported which messages. */
export function messageExportCard(by: Pick<User, 'id' | 'username'>, sought: ExportRequest): Answer {
  const who = t('moderation.person', { who: mention('user', by.id), name: by.username });
  return {
    tone: 'warning',
    title: t('exports.log.title'),
    parts: [
      {
        kind: 'fields',
        fields: [
          [t('exports.log.who'), who],
          [t('exports.log.which'), whichWords(sought)],
        ],
      },
    ],
  };
}

function whichWords({ channel, author, from, to, text }: ExportRequest): Words {
  const which: Words[] = [
    ...(channel === undefined ? [] : [t('exports.log.channel', { channel: mention('channel', channel) })]),
    ...(author === undefined ? [] : [t('exports.log.author', { who: mention('user', author) })]),
    ...(from === undefined ? [] : [t('exports.log.from', { at: timestamp(new Date(from), 'f') })]),
    ...(to === undefined ? [] : [t('exports.log.to', { at: timestamp(new Date(to), 'f') })]),
    ...(text === undefined ? [] : [t('exports.log.text', { text })]),
  ];
  return which.length === 0 ? t('exports.log.all') : list(which);
}
