import { Type } from '@sinclair/typebox';
import type { BaseInteraction } from 'discord.js';
import type { Context } from '../../../../context.ts';
import { type Answer, type Part, say } from '../../../../services/answers/answer.ts';
import { clip, markup, mention, type Said, t, unlinked } from '../../../../services/answers/words.ts';
import { linkOf } from '../../../../services/polls/card.ts';
import type { Poll } from '../../../../services/polls/polls.ts';
import { defineCommand, defineComponent } from '../../../define.ts';
import { pollsSeenBy } from '../../../poll-choice.ts';
import { POLL_RULES } from '../../../poll-setting.ts';
import { nearAndFar } from '../../../when-option.ts';

const ON_A_PAGE = 8;
const LONGEST_SHOWN = 100;

const turn = defineComponent({
  ...POLL_RULES,
  kind: 'button',
  id: 'poll.list',
  version: 1,
  state: Type.Object({ page: Type.Integer({ minimum: 0, maximum: 1_000 }) }),
  run: ({ interaction, state }, context) => page(interaction, state.page, context),
});

/** The polls that are running in this server, as far as whoever asks can see them, the next to end first. */
export default defineCommand({
  ...POLL_RULES,
  components: [turn],
  run: ({ interaction }, context) => page(interaction, 0, context),
});

async function page(interaction: BaseInteraction, wanted: number, context: Context): Promise<Answer> {
  const polls = await pollsSeenBy(interaction, context);
  if (polls.length === 0) return say('commands.poll.list.none');
  const pages = Math.ceil(polls.length / ON_A_PAGE);
  const at = Math.min(wanted, pages - 1); // some may have ended since the button was made
  const points = polls.slice(at * ON_A_PAGE, (at + 1) * ON_A_PAGE).map(lineOf);
  const step = (to: number, key: 'earlier' | 'later') => ({
    label: t(`poll.${key}`),
    customId: turn.customId({ page: Math.max(0, to) }),
    disabled: to < 0 || to >= pages,
  });
  const buttons: Part = { kind: 'buttons', buttons: [step(at - 1, 'earlier'), step(at + 1, 'later')] };
  return {
    tone: 'info',
    title: t('commands.poll.list.title', { count: polls.length }),
    parts: [{ kind: 'points', points }, ...(pages > 1 ? [buttons] : [])],
    next: t('commands.poll.list.next'),
  };
}

function lineOf(poll: Poll): Said {
  const { author, endsAt, question, voters } = poll;
  return t('commands.poll.list.line', {
    question: unlinked(clip(question, LONGEST_SHOWN)),
    link: markup(linkOf(poll)),
    when: nearAndFar(endsAt),
    who: mention('user', author),
    voters: t('poll.people', { count: voters }),
  });
}
