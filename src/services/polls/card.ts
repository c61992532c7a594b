import type { Poll } from '../../db/polls.ts';
import type { Answer, Attached } from '../answers/answer.ts';
import { code, list, markup, mention, type Said, t, timestamp, unlinked, type Words } from '../answers/words.ts';
import { pollButtons } from './buttons.ts';

const BAR = 12;

/** A poll as everybody sees it: what the votes are, and the buttons to vote, or how it ended. */
export function pollCard(poll: Poll, picture?: Attached): Answer {
  const { question, answers, author, endsAt, endedAt } = poll;
  const lines = answers.map((_, at) => lineOf(poll, at));
  const about = list([
    t(poll.many ? 'poll.chooseMany' : 'poll.chooseOne'),
    t(poll.anonymous ? 'poll.anonymous' : 'poll.named'),
  ]);
  const by = mention('user', author);
  const at = t('time.nearAndFar', { at: timestamp(endsAt, 'f'), relative: timestamp(endsAt) });
  return {
    tone: endedAt === null ? 'info' : 'good',
    title: unlinked(question),
    parts: [
      ...(endedAt === null ? [] : [{ kind: 'text', text: outcomeOf(poll) } as const]),
      { kind: 'lines', lines },
      { kind: 'small', text: t('poll.people', { count: poll.voters }) },
      { kind: 'small', text: endedAt === null ? t('poll.about', { about, at, by }) : endOf(poll, endedAt) },
      ...pollButtons(poll),
    ],
    ...(picture && { pictures: [picture] }),
  };
}

/** What is said in the channel when a poll has ended, under the poll. */
export function endedCard(poll: Poll): Answer {
  return {
    tone: 'good',
    title: t('poll.ended'),
    parts: [
      { kind: 'text', text: unlinked(poll.question) },
      { kind: 'text', text: outcomeOf(poll) },
      { kind: 'buttons', buttons: [{ label: t('poll.see'), url: linkOf(poll) }] },
    ],
  };
}

/** What is said in the channel when a poll has ended whose message is gone: all that would stand in it. */
export function orphanCard(poll: Poll): Answer {
  return {
    tone: 'good',
    title: t('poll.ended'),
    parts: [
      { kind: 'text', text: unlinked(poll.question) },
      { kind: 'text', text: outcomeOf(poll) },
      { kind: 'lines', lines: poll.answers.map((_, at) => lineOf(poll, at)) },
      { kind: 'small', text: t('poll.people', { count: poll.voters }) },
      { kind: 'small', text: endOf(poll, poll.endedAt ?? poll.endsAt) },
      { kind: 'small', text: t('poll.orphan') },
    ],
  };
}

/** The poll's address at Discord. */
export function linkOf({ guild, channel, message }: Pick<Poll, 'guild' | 'channel' | 'message'>): string {
  return `https://discord.com/channels/${guild}/${channel}/${message ?? ''}`;
}

/** Which answer came first; ties, and a poll in which nobody voted, are said as such. */
export function outcomeOf({ answers, counts, voters, many }: Poll): Said {
  const most = Math.max(0, ...counts);
  if (most === 0) return t('poll.nobody');
  const first = answers.filter((_, at) => counts[at] === most).map(unlinked);
  const [winner] = first;
  if (winner === undefined || first.length > 1) return t('poll.tie', { answers: list(first), count: most });
  return t(many ? 'poll.wonMany' : 'poll.won', { answer: winner, count: most, voters });
}

/** Share of the votes, or of the people where each may choose several. Percent, whole. */
export function shareOf({ counts, voters }: Pick<Poll, 'counts' | 'voters'>, at: number): number {
  return voters === 0 ? 0 : Math.round((100 * (counts[at] ?? 0)) / voters);
}

function lineOf(poll: Poll, at: number): Words {
  const share = shareOf(poll, at);
  const filled = Math.round((BAR * share) / 100);
  return t('poll.line', {
    number: at + 1,
    answer: unlinked(poll.answers[at] ?? ''),
    bar: code('█'.repeat(filled) + '░'.repeat(BAR - filled)),
    votes: markup(String(poll.counts[at] ?? 0)),
    share,
  });
}

function endOf({ author, endedBy }: Poll, endedAt: Date): Said {
  const params = { at: timestamp(endedAt, 'f'), by: mention('user', author) };
  return endedBy === null ? t('poll.over', params) : t('poll.overEarly', { ...params, who: mention('user', endedBy) });
}
