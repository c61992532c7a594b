import type { Afk, Returned } from '../../db/afk.ts';
import type { Answer } from '../answers/answer.ts';
import { list, markup, mention, type Said, t, timestamp, unlinked } from '../answers/words.ts';

/** Who is away, why and since when. */
export function afkNotice(away: readonly Afk[]): Answer {
  return { tone: 'info', parts: [{ kind: 'lines', lines: away.map(lineOf) }] };
}

/** What somebody hears who is back: how often they were mentioned, and where last. */
export function welcomeBack(guild: string, { user, mentions, links }: Returned): Answer {
  const who = mention('user', user);
  const where = list(links.map((link) => markup(`https://discord.com/channels/${guild}/${link}`)));
  const said = mentions === 0 ? t('afk.back', { who }) : t('afk.backMentioned', { who, count: mentions, where });
  return { tone: 'info', parts: [{ kind: 'small', text: said }] };
}

function lineOf({ user, reason, since, until }: Afk): Said {
  const params = { who: mention('user', user), since: timestamp(since), reason: unlinked(reason) };
  if (until === null) return t(reason === '' ? 'afk.away' : 'afk.awayWhy', params);
  return t(reason === '' ? 'afk.awayUntil' : 'afk.awayWhyUntil', { ...params, until: timestamp(until) });
}
