import type { Key } from '../../lib/i18n.ts';
import type { Answer } from '../answers/answer.ts';
import { mention, type Said, t, timestamp, type Words } from '../answers/words.ts';
import type { Timer } from './timers.ts';

/** What the server's log is told of a timer that could not be delivered, or not as it was asked for. */
export function timerEntry(
  { kind, owner, guild, channel, dueAt }: Pick<Timer, 'kind' | 'owner' | 'guild' | 'channel' | 'dueAt'>,
  failed: boolean,
  why: Said,
): Answer {
  const title: Key = failed ? 'timers.log.failed' : 'timers.log.instead';
  const fields: (readonly [Words, Words])[] = [
    [t('timers.log.kind'), kind],
    ...(owner === guild ? [] : [[t('timers.log.owner'), mention('user', owner)] as const]), // what a server is owed
    ...(channel === null ? [] : [[t('timers.log.channel'), mention('channel', channel)] as const]),
    [t('timers.log.due'), timestamp(dueAt, 'f')],
  ];
  return {
    tone: failed ? 'warning' : 'info',
    title: t(title),
    parts: [
      { kind: 'text', text: why },
      { kind: 'fields', fields },
    ],
  };
}
