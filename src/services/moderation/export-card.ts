import type { User } from 'discord.js';
import type { Context } from '../../context.ts';
import type { Answer } from '../answers/answer.ts';
import { list, mention, t, timestamp, type Words } from '../answers/words.ts';
import type { Sought } from './case-filter.ts';
import type { ExportFormat } from './export.ts';
import { typeWords } from './notice.ts';

interface Exported {
  readonly by: Pick<User, 'id' | 'username'>;
  readonly sought: Sought;
  readonly format: ExportFormat;
}

/** What the log is told: who exported which cases. */
export function exportCard({ by, sought, format }: Exported, context: Pick<Context, 'i18n'>): Answer {
  const who = t('moderation.person', { who: mention('user', by.id), name: by.username });
  return {
    tone: 'warning',
    title: t('cases.export.log.title'),
    parts: [
      {
        kind: 'fields',
        fields: [
          [t('cases.export.log.who'), who],
          [t('cases.export.log.format'), t(`commands.case.export.options.format.choices.${format}`)],
          [t('cases.export.log.which'), whichWords(sought, context)],
        ],
      },
    ],
  };
}

function whichWords(sought: Sought, context: Pick<Context, 'i18n'>): Words {
  const { type, target, actor, from, before, text, lasting, hidden } = sought;
  const which: Words[] = [
    ...(type === undefined ? [] : [t('cases.export.log.type', { type: typeWords({ type }, context) })]),
    ...(target === undefined ? [] : [t('cases.export.log.user', { who: mention('user', target) })]),
    ...(actor === undefined ? [] : [t('cases.export.log.moderator', { who: mention('user', actor) })]),
    ...(from === undefined ? [] : [t('cases.export.log.from', { at: timestamp(new Date(from), 'f') })]),
    ...(before === undefined ? [] : [t('cases.export.log.before', { at: timestamp(new Date(before), 'f') })]),
    ...(text === undefined ? [] : [t('cases.export.log.text', { text })]),
    ...(lasting ? [t('cases.export.log.lasting')] : []),
  ];
  if (which.length === 0) return t(`cases.export.log.${hidden ? 'allAndHidden' : 'all'}`);
  return list(hidden ? [...which, t('cases.export.log.hidden')] : which);
}
