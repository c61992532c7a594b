import type { Reply, ReplyKey } from '../../db/automod-replies.ts';
import type { Answer } from '../answers/answer.ts';
import { type Markup, markup, mention, t } from '../answers/words.ts';
import type { NewTimer } from '../timers/timers.ts';

/** Edits come many a second; what they change is said once for all of them. */
const SETTLES_MS = 1_000;

/** What a rule answers to a message, or that what it was about is gone by now. */
export function replyCard(reply: Reply): Answer {
  if (reply.calm) return { tone: 'good', parts: [{ kind: 'text', text: t('automod.calm') }] };
  return { tone: 'warning', parts: [{ kind: 'text', text: wordsOf(reply) }] };
}

/** The server's own words, whose markdown counts. */
function wordsOf({ words, author, deleted }: Reply): Markup {
  const who = mention('user', author).markup;
  const filled = words.replaceAll('{member}', who);
  return markup(deleted && filled === words ? `${who} ${filled}` : filled);
}

type Answering = ReplyKey & Pick<Reply, 'guild' | 'channel' | 'author'>;

export function replyTimer(reply: Answering, now: Date, edited: boolean): NewTimer {
  return timer('automod-reply', reply, edited ? new Date(now.getTime() + SETTLES_MS) : now);
}

export function replyEnd(reply: Answering & Pick<Reply, 'deleteAfter'>, now: Date): NewTimer {
  return timer('automod-reply-end', reply, new Date(now.getTime() + (reply.deleteAfter ?? 0) * 1_000));
}

function timer(kind: string, { message, rule, guild, channel, author: owner }: Answering, due: Date): NewTimer {
  return { kind, owner, guild, channel, payload: { message, rule }, due, zone: 'UTC' };
}
