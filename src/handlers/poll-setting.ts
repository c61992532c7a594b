import { type Static, Type } from '@sinclair/typebox';
import type { Context } from '../context.ts';
import { type Answer, say } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { markup, t, unlinked, type Words } from '../services/answers/words.ts';
import { linkOf } from '../services/polls/card.ts';
import { publishPoll } from '../services/polls/publish.ts';
import { defineDraft } from './draft.ts';
import { nearAndFar } from './when-option.ts';

export const LONGEST_QUESTION = 200;
/** What fits on a button. */
export const LONGEST_ANSWER = 80;
const FEWEST_ANSWERS = 2;

/** For everything about polls that one person alone is told. */
export const POLL_RULES = { visible: 'private' } as const;
const Id = Type.String({ pattern: '^\\d{1,20}$' });

const Draft = Type.Object({
  guild: Id,
  channel: Id,
  question: Type.String({ minLength: 1, maxLength: LONGEST_QUESTION }),
  answers: Type.Array(Type.String({ minLength: 1, maxLength: LONGEST_ANSWER }), {
    minItems: FEWEST_ANSWERS,
    maxItems: 10,
  }),
  many: Type.Boolean(),
  anonymous: Type.Boolean(),
  endsAt: Type.String({ maxLength: 40 }),
  zone: Type.String({ minLength: 1, maxLength: 64 }),
});
type Draft = Static<typeof Draft>;

/** Shows a poll before it is posted: everybody will see it, and then it cannot be changed. */
export function setPoll(poll: Draft, author: string, context: Context): Promise<Answer> {
  const fields: (readonly [Words, Words])[] = [
    [t('poll.question'), unlinked(poll.question)],
    [t('poll.choice'), t(poll.many ? 'poll.chooseMany' : 'poll.chooseOne')],
    [t('poll.secrecy'), t(poll.anonymous ? 'poll.anonymous' : 'poll.named')],
    [t('poll.ends'), nearAndFar(new Date(poll.endsAt))],
  ];
  const lines = poll.answers.map((answer, at) => t('poll.answer', { number: at + 1, answer: unlinked(answer) }));
  const parts = [
    { kind: 'fields', fields },
    { kind: 'lines', lines },
  ] as const;
  return pollDraft.ask(poll, author, { title: t('poll.confirm'), parts, yes: t('poll.yes') }, context);
}

export const pollDraft = defineDraft({
  ...POLL_RULES,
  id: 'poll',
  schema: Draft,
  async store({ endsAt: end, zone, ...draft }: Draft, author, context) {
    const endsAt = new Date(end);
    if (endsAt <= context.now()) throw new UserError('time.over');
    const poll = await publishPoll({ ...draft, author, endsAt }, zone, context);
    if (!poll) return say('poll.unsure', {}, { tone: 'bad', next: t('poll.unsureNext') });
    const voted = await context.polls.get(poll.id);
    if (voted && voted.voters > 0) context.pollBoards.touch(poll.id); // before it was known where the message is
    return {
      tone: 'good',
      title: t('poll.posted'),
      parts: [{ kind: 'text', text: markup(linkOf(poll)) }],
      next: t('poll.postedNext'),
    };
  },
});

/** The answers that were written, without empty ones. UserError when there are too few, or two are the same. */
export function readAnswers(written: readonly (string | undefined)[]): string[] {
  const answers = written.map((answer = '') => answer.replaceAll(/\s+/g, ' ').trim()).filter((answer) => answer !== '');
  if (answers.length < FEWEST_ANSWERS) throw new UserError('poll.tooFew');
  const twice = answers.find(
    (answer, at) => answers.findIndex((other) => other.toLowerCase() === answer.toLowerCase()) !== at,
  );
  if (twice !== undefined) throw new UserError('poll.twice', { answer: twice });
  return answers;
}
