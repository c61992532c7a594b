import { Type } from '@sinclair/typebox';
import type { BaseInteraction } from 'discord.js';
import type { Context } from '../context.ts';
import type { Answer, Part } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { list, mention, t, unlinked } from '../services/answers/words.ts';
import { POLL_OWN, POLL_TAKE_BACK, POLL_VOTE, POLL_VOTERS, takeBackButtons } from '../services/polls/buttons.ts';
import type { Poll } from '../services/polls/polls.ts';
import { defineComponent } from './define.ts';
import { POLL_RULES } from './poll-setting.ts';

/** A poll may have ten answers, and somebody may want them all. */
const RULES = { ...POLL_RULES, updates: false, cooldown: { uses: 20, seconds: 10 } } as const;
const VOTERS_ON_A_PAGE = 40;

/** Votes for an answer. Whoever may not see the channel does not see the button. */
const vote = defineComponent({
  ...RULES,
  ...POLL_VOTE,
  kind: 'button',
  async run({ interaction, state: { poll: id, answer } }, context) {
    const { guildId, user } = interaction;
    const cast = await context.polls.vote({ poll: id, guild: guildId ?? '0', user: user.id, answer });
    if (!cast) throw await refusalOf(id, interaction, context);
    const poll = await pollHere(id, interaction, context);
    // Whoever posted it may never have heard that it is there.
    if (poll.message === null) await context.polls.place(id, interaction.message.id);
    context.pollBoards.touch(id);
    const votes = await context.polls.votesOf(id, user.id);
    // It may have ended meanwhile, and forgotten who voted; the vote counts all the same.
    return ownVotes(poll, votes.length > 0 ? votes : [answer]);
  },
});

/** Takes a vote back: in the answer that one person alone sees. */
const takeBack = defineComponent({
  ...RULES,
  ...POLL_TAKE_BACK,
  updates: true,
  kind: 'button',
  async run({ interaction, state: { poll: id, answer } }, context) {
    const { guildId, user } = interaction;
    const taken = await context.polls.takeBack({ poll: id, guild: guildId ?? '0', user: user.id, answer });
    if (taken) context.pollBoards.touch(id);
    const poll = taken ? await pollHere(id, interaction, context) : await runningPoll(id, interaction, context);
    return ownVotes(poll, await context.polls.votesOf(id, user.id));
  },
});

/** What whoever asks has voted for. */
const own = defineComponent({
  ...RULES,
  ...POLL_OWN,
  kind: 'button',
  run: async ({ interaction, state: { poll: id } }, context) =>
    ownVotes(await runningPoll(id, interaction, context), await context.polls.votesOf(id, interaction.user.id)),
});

const voters = defineComponent({
  ...RULES,
  ...POLL_VOTERS,
  kind: 'button',
  run: async ({ interaction, state: { poll: id } }, context) =>
    votersPage(await pollHere(id, interaction, context), 0, context),
});

const turn = defineComponent({
  ...RULES,
  kind: 'button',
  id: 'poll.page',
  version: 1,
  state: Type.Object({ ...POLL_VOTERS.state.properties, page: Type.Integer({ minimum: 0, maximum: 1_000_000 }) }),
  updates: true,
  run: async ({ interaction, state: { poll: id, page } }, context) =>
    votersPage(await pollHere(id, interaction, context), page, context),
});

/** Everything that can be pressed under a poll. */
export const pollComponents = [vote, takeBack, own, voters, turn];

/** UserError when it is not kept any more. */
async function pollHere(id: string, { guildId }: BaseInteraction, { polls }: Context): Promise<Poll> {
  const poll = await polls.get(id);
  if (poll?.guild !== guildId) throw new UserError('poll.gone');
  return poll;
}

async function runningPoll(id: string, interaction: BaseInteraction, context: Context): Promise<Poll> {
  const poll = await pollHere(id, interaction, context);
  if (poll.endedAt !== null || poll.endsAt <= context.now()) throw new UserError('poll.closed');
  return poll;
}

/** Why a vote was not taken. */
async function refusalOf(id: string, interaction: BaseInteraction, context: Context): Promise<UserError> {
  await runningPoll(id, interaction, context);
  return new UserError('poll.gone'); // it runs, and has no such answer
}

function ownVotes(poll: Poll, chosen: readonly number[]): Answer {
  if (chosen.length === 0) {
    return { tone: 'info', parts: [{ kind: 'text', text: t('poll.noVote') }], next: t('poll.noVoteNext') };
  }
  const answers = list(chosen.map((at) => unlinked(poll.answers[at] ?? '')));
  return {
    tone: 'good',
    parts: [{ kind: 'text', text: t('poll.yourVote', { answers }) }, ...takeBackButtons(poll, chosen)],
    next: t(poll.many ? 'poll.changeMany' : 'poll.changeOne'),
  };
}

/** Who voted for what, so many at a time: in a large server there may be thousands. */
async function votersPage(poll: Poll, wanted: number, { polls }: Context): Promise<Answer> {
  if (poll.anonymous) throw new UserError('poll.secret');
  const total = poll.counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return { tone: 'info', parts: [{ kind: 'text', text: t('poll.nobody') }] };
  const pages = Math.ceil(total / VOTERS_ON_A_PAGE);
  const page = Math.min(wanted, pages - 1); // some may have been taken back since the button was made
  const votes = await polls.voters(poll.id, { offset: page * VOTERS_ON_A_PAGE, limit: VOTERS_ON_A_PAGE });
  const lines = [...Map.groupBy(votes, ({ answer }) => answer)].map(([answer, some]) =>
    t('poll.votersOf', {
      answer: unlinked(poll.answers[answer] ?? ''),
      count: poll.counts[answer] ?? 0,
      who: list(some.map(({ user }) => mention('user', user))),
    }),
  );
  const step = (to: number, key: 'earlier' | 'later') => ({
    label: t(`poll.${key}`),
    customId: turn.customId({ poll: poll.id, page: Math.max(0, to) }),
    disabled: to < 0 || to >= pages,
  });
  const buttons: Part = { kind: 'buttons', buttons: [step(page - 1, 'earlier'), step(page + 1, 'later')] };
  return {
    tone: 'info',
    title: unlinked(poll.question),
    parts: [{ kind: 'lines', lines }, ...(pages > 1 ? [buttons] : [])],
  };
}
