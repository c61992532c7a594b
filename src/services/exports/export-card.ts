import type { User } from 'discord.js';
import type { Answer } from '../answers/answer.ts';
import { list, mention, t, timestamp, type Words } from '../answers/words.ts';

/** What somebody wants exported, as they said it. */
export interface SoughtMessages {
  readonly channel: string | undefined;
  readonly author: string | undefined;
  /** Milliseconds. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly text: string | undefined;
}

/** What the log is told: who exported which messages. */
export function messageExportCard(by: Pick<User, 'id' | 'username'>, sought: SoughtMessages): Answer {
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

function whichWords({ channel, author, from, to, text }: SoughtMessages): Words {
  const which: Words[] = [
    ...(channel === undefined ? [] : [t('exports.log.channel', { channel: mention('channel', channel) })]),
    ...(author === undefined ? [] : [t('exports.log.author', { who: mention('user', author) })]),
    ...(from === undefined ? [] : [t('exports.log.from', { at: timestamp(new Date(from), 'f') })]),
    ...(to === undefined ? [] : [t('exports.log.to', { at: timestamp(new Date(to), 'f') })]),
    ...(text === undefined ? [] : [t('exports.log.text', { text })]),
  ];
  return which.length === 0 ? t('exports.log.all') : list(which);
}
