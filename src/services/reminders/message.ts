import { type Static, Type } from '@sinclair/typebox';
import type { Answer, Part } from '../answers/answer.ts';
import { escapeMarkdown, type Markup, markup, mention, type Said, t, timestamp } from '../answers/words.ts';
import { endButton, reminderButtons } from './buttons.ts';

/** What a reminder's timer keeps. */
export const ReminderPayload = Type.Object({
  text: Type.String({ minLength: 1, maxLength: 1_000 }),
  /** The message it is about. */
  link: Type.Optional(Type.String({ pattern: '^https://', maxLength: 200 })),
  where: Type.Union([Type.Literal('dm'), Type.Literal('channel')]),
  /** The person's language as Discord names it, for direct messages. */
  locale: Type.Optional(Type.String({ maxLength: 10 })),
});
export type ReminderPayload = Static<typeof ReminderPayload>;

interface Reminding {
  readonly timer: string;
  readonly owner: string;
  readonly payload: ReminderPayload;
  /** In a server's channel the person is mentioned. */
  readonly place: 'dm' | 'channel';
  readonly recurring: boolean;
  /** Set when it comes late. */
  readonly wasDue?: Date | undefined;
  /** How often it would have come in between. */
  readonly missed: number;
  /** Why it is not where it was wanted. */
  readonly instead?: Said | undefined;
}

/** A reminder as it is delivered. */
export function reminderMessage({
  timer,
  owner,
  payload,
  place,
  recurring,
  wasDue,
  missed,
  instead,
}: Reminding): Answer {
  const { text, link } = payload;
  const small: readonly Part[] = [
    ...(wasDue ? [t('reminders.wasDue', { when: timestamp(wasDue) })] : []),
    ...(missed > 0 ? [t('reminders.missed', { count: missed })] : []),
    ...(instead ? [instead] : []),
  ].map((said) => ({ kind: 'small', text: said }));
  const buttons = [
    ...reminderButtons(timer),
    ...(link === undefined ? [] : [{ label: t('reminders.link'), url: link }]),
  ];
  return {
    tone: 'info',
    title: t('reminders.title'),
    parts: [
      ...(place === 'channel' ? [{ kind: 'text', text: mention('user', owner) } as const] : []),
      { kind: 'text', text: withLinks(text) },
      ...small,
      { kind: 'buttons', buttons },
      ...(place === 'channel' && recurring ? [{ kind: 'buttons', buttons: [endButton(timer)] } as const] : []),
    ],
  };
}

/** What stands in its place once the person has seen to it: no buttons but the way to the message. */
export function settledReminder({ text, link }: ReminderPayload, note: Said, tone: Answer['tone']): Answer {
  const way: readonly Part[] =
    link === undefined ? [] : [{ kind: 'buttons', buttons: [{ label: t('reminders.link'), url: link }] }];
  const parts: readonly Part[] = [{ kind: 'text', text: withLinks(text) }, { kind: 'small', text: note }, ...way];
  return { tone, title: t('reminders.title'), parts };
}

const LINK = /https?:\/\/[^\s<>()[\]*|`~\\]+/g;

/** The person's text as it was written; addresses in it still lead somewhere. */
function withLinks(text: string): Markup {
  const links = text.match(LINK) ?? [];
  const between = text.split(LINK).map(escapeMarkdown);
  return markup(between.map((part, at) => part + (links[at] ?? '')).join(''));
}
