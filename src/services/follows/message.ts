import { type Static, Type } from '@sinclair/typebox';
import type { APIEmbed, RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import type { ActivityKind } from '../../workers/github/activity.ts';
import { clip, escapeMarkdown, mention, type Reader, render, renderPlain, type Said, t } from '../answers/words.ts';
import { FollowedItem } from './item.ts';

const Nullable = Type.Union([Type.String(), Type.Null()]);

/** What the timer of a post keeps. */
export const NewsPayload = Type.Object({
  follow: Type.String({ pattern: '^\\d{1,20}$' }),
  /** What is followed, and its web page. */
  title: Type.String(),
  home: Nullable,
  /** Who is told. */
  role: Nullable,
  /** The oldest first. */
  items: Type.Array(FollowedItem, { minItems: 1, maxItems: 5 }),
  /** How many more there were. */
  more: Type.Integer({ minimum: 0 }),
});
export type NewsPayload = Static<typeof NewsPayload>;

/** Five of them stay below the 6,000 characters that Discord takes in the cards of one message. */
const LONGEST_NAME = 80;
const LONGEST_TITLE = 220;
const LONGEST_TEXT = 300;
const LONGEST_BY = 60;
/** And in the text of one, with as many addresses. */
const LONGEST_LINE = 160;
const LONGEST_CONTENT = 2_000;

const FEED_COLOUR = 0xee_80_2f;
const COLOURS: Readonly<Record<ActivityKind, number>> = {
  'releases.published': 0x09_69_da,
  'issues.opened': 0x2d_a4_4e,
  'issues.closed': 0x6e_77_81,
  'issues.reopened': 0x2d_a4_4e,
  'pulls.opened': 0x2d_a4_4e,
  'pulls.closed': 0x6e_77_81,
  'pulls.merged': 0x82_50_df,
  'pulls.reopened': 0x2d_a4_4e,
};

/** The message as Discord takes it: strangers' words escaped, nobody told but the role that was chosen. */
export function newsBody(payload: NewsPayload, reader: Reader): RESTPostAPIChannelMessageJSONBody {
  const lines = leadOf(payload, reader);
  return {
    ...(lines.length > 0 && { content: lines.join(' ') }),
    embeds: payload.items.map((item) => embedOf(item, payload, reader)),
    allowed_mentions: allowedBy(payload),
  };
}

/** The same without cards: titles and addresses, which Discord takes whatever is in them. */
export function plainNews(payload: NewsPayload, reader: Reader): RESTPostAPIChannelMessageJSONBody {
  const items = payload.items.map((item) => {
    const title = clip(render(titleOf(item), reader), LONGEST_LINE);
    return item.url === null || item.url.length > LONGEST_LINE ? title : `${title}\n${item.url}`;
  });
  const name = escapeMarkdown(clip(payload.title, LONGEST_NAME));
  return {
    content: clip([`**${name}**`, ...leadOf(payload, reader), ...items].join('\n'), LONGEST_CONTENT),
    allowed_mentions: allowedBy(payload),
  };
}

function leadOf({ role, more, title }: NewsPayload, reader: Reader): readonly string[] {
  return [
    ...(role === null ? [] : [mention('role', role).markup]),
    ...(more === 0 ? [] : [render(t('follows.more', { count: more, title: clip(title, LONGEST_NAME) }), reader)]),
  ];
}

function allowedBy({ role }: NewsPayload) {
  return { parse: [], roles: role === null ? [] : [role] };
}

function embedOf(item: FollowedItem, { title, home }: NewsPayload, reader: Reader): APIEmbed {
  const { url, text, by, at, activity } = item;
  const described = [
    ...(text === '' ? [] : [clip(escapeMarkdown(text), LONGEST_TEXT)]),
    ...(url === null ? [] : [url]),
  ];
  return {
    color: activity ? COLOURS[activity.kind] : FEED_COLOUR,
    author: { name: clip(title, LONGEST_NAME), ...(home !== null && { url: home }) },
    title: clip(render(titleOf(item), reader), LONGEST_TITLE),
    ...(url !== null && { url }),
    ...(described.length > 0 && { description: described.join('\n') }),
    ...(by !== '' && { footer: { text: clip(renderPlain(by, reader), LONGEST_BY) } }),
    ...(at !== null && { timestamp: new Date(at).toISOString() }),
  };
}

/** What it is called; what has happened to it, in a repository. */
export function titleOf({ title, activity }: FollowedItem): Said | string {
  if (!activity) return title === '' ? t('follows.untitled') : title;
  const { kind, number } = activity;
  const what = t(`follows.activity.${kind}`, { number: String(number) });
  return title === '' ? what : t('follows.titled', { what, title });
}
