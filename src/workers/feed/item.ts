import { type Static, Type } from '@sinclair/typebox';

export const LONGEST_TITLE = 200;
export const LONGEST_TEXT = 280;
const LONGEST_URL = 500;

/** What is shown of something new: plain text, and addresses that begin with http. */
export const ShownItem = Type.Object({
  title: Type.String({ maxLength: LONGEST_TITLE }),
  text: Type.String({ maxLength: LONGEST_TEXT }),
  url: Type.Union([Type.String({ pattern: '^https?://', maxLength: LONGEST_URL }), Type.Null()]),
  by: Type.String({ maxLength: 100 }),
  /** Milliseconds of the epoch, as its maker says. */
  at: Type.Union([Type.Number(), Type.Null()]),
});
export type ShownItem = Static<typeof ShownItem>;

/** An entry of a feed. */
export const FeedItem = Type.Object({
  ...ShownItem.properties,
  /** By what it can be known again. */
  keys: Type.Array(Type.String({ maxLength: 40 }), { minItems: 1, maxItems: 4 }),
  /** Those of them that no other entry has: an entry of which one is known is an old one. */
  telling: Type.Array(Type.String(), { minItems: 1, maxItems: 4 }),
});
export type FeedItem = Static<typeof FeedItem>;

/** An address that can be shown and followed; null for anything else. */
export function linkOf(text: string | undefined, base: string): string | null {
  const url = text === undefined ? null : URL.parse(text.trim(), URL.canParse(base) ? base : undefined);
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || !url.hostname.includes('.')) return null;
  return url.href.length <= LONGEST_URL ? url.href : null;
}
