import { type Static, Type } from '@sinclair/typebox';
import type { Poll } from '../../db/polls.ts';
import type { Button, Part } from '../answers/answer.ts';
import { encodeCustomId } from '../answers/custom-id.ts';
import { t } from '../answers/words.ts';

const Id = Type.String({ pattern: '^\\d{1,20}$' });
const Answer = Type.Integer({ minimum: 0, maximum: 9 });
const One = Type.Object({ poll: Id, answer: Answer });

/** The buttons of a poll. Who handles them takes id, version and state from here. */
export const POLL_VOTE = { id: 'poll.vote', version: 1, state: One } as const;
export const POLL_TAKE_BACK = { id: 'poll.back', version: 1, state: One } as const;
export const POLL_OWN = { id: 'poll.own', version: 1, state: Type.Object({ poll: Id }) } as const;
export const POLL_VOTERS = { id: 'poll.voters', version: 1, state: Type.Object({ poll: Id }) } as const;

const IN_A_ROW = 5;

type Component = typeof POLL_VOTE | typeof POLL_TAKE_BACK | typeof POLL_OWN | typeof POLL_VOTERS;

/** A button for each answer, and those to look. Once it has ended only who voted can still be seen. */
export function pollButtons({ id: poll, answers, anonymous, endedAt }: Poll): readonly Part[] {
  const over = endedAt !== null;
  const votes = answers.map(
    (label, answer): Button => ({
      ...{ label, style: 'primary', customId: idOf(POLL_VOTE, { poll, answer }), disabled: over },
    }),
  );
  const own: Button = { label: t('poll.own'), customId: idOf(POLL_OWN, { poll }), disabled: over };
  const voters: Button = { label: t('poll.voters'), customId: idOf(POLL_VOTERS, { poll }) };
  return [...rows(votes), { kind: 'buttons', buttons: anonymous ? [own] : [own, voters] }];
}

/** What the button of a poll's first answer is known by: no other message has it. */
export function firstButtonOf({ id: poll }: Pick<Poll, 'id'>): string {
  return idOf(POLL_VOTE, { poll, answer: 0 });
}

/** A button for each answer that somebody voted for, which takes that vote back. */
export function takeBackButtons({ id: poll, answers }: Poll, own: readonly number[]): readonly Part[] {
  const buttons = own.map((answer) => ({
    label: t('poll.takeBack', { answer: answers[answer] ?? '' }),
    customId: idOf(POLL_TAKE_BACK, { poll, answer }),
  }));
  return rows(buttons);
}

function rows(buttons: readonly Button[]): readonly Part[] {
  const count = Math.ceil(buttons.length / IN_A_ROW);
  return Array.from({ length: count }, (_, row) => ({
    kind: 'buttons',
    buttons: buttons.slice(row * IN_A_ROW, (row + 1) * IN_A_ROW),
  }));
}

function idOf<C extends Component>({ id, version, state }: C, value: Static<C['state']>): string {
  return encodeCustomId(id, version, state, value);
}
