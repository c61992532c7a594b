import { type Static, Type } from '@sinclair/typebox';
import { DetectError, MalformedError } from 'feedsmith';
import { alternatesOf } from '../feed/alternates.ts';
import { decodeDocument } from '../feed/decode.ts';
import { entriesOf, type Feed } from '../feed/entries.ts';
import { FeedItem, LONGEST_TITLE, linkOf } from '../feed/item.ts';
import { itemsOf, MOST_ITEMS, MOST_OTHERS } from '../feed/items.ts';
import { plainText } from '../feed/plain-text.ts';
import { Budget, FEW } from '../inspect/budget.ts';
import { defineTask } from '../task.ts';

const MOST_BYTES = 4_000_000;
const MILLISECONDS = 5_000;
/** A tag that does not end is read again for each of its attributes. */
const LONGEST_TAG = 20_000;

const Output = Type.Union([
  Type.Object({
    kind: Type.Literal('feed'),
    title: Type.String({ maxLength: LONGEST_TITLE }),
    /** The web page that belongs to it. */
    home: Type.Union([Type.String(), Type.Null()]),
    /** The newest first. */
    items: Type.Array(FeedItem, { maxItems: MOST_ITEMS }),
    /** Keys of entries that are there and not shown. */
    others: Type.Array(Type.String({ maxLength: 40 }), { maxItems: MOST_OTHERS }),
  }),
  /** A web page, and the feeds it says it has. */
  Type.Object({ kind: Type.Literal('page'), feeds: Type.Array(Type.String(), { minItems: 1 }) }),
  Type.Object({ kind: Type.Literal('nothing') }),
]);

/** Reads what a stranger's server sent: the entries of a feed, or the feeds that a web page names. */
export default defineTask({
  lane: 'bulk',
  deadlineMs: 10_000,
  input: Type.Object({
    bytes: Type.Uint8Array({ maxByteLength: MOST_BYTES }),
    /** As in `content-type`. */
    type: Type.String(),
    /** Where it came from. */
    url: Type.String(),
  }),
  output: Output,
  sample: {
    bytes: new TextEncoder().encode(
      '<rss version="2.0"><channel><title>News</title><item><title>One</title><guid>1</guid></item></channel></rss>',
    ),
    type: 'application/rss+xml',
    url: 'https://example.com/feed',
  },
  run({ bytes, type, url }): Static<typeof Output> {
    const budget = new Budget({ ...FEW, milliseconds: MILLISECONDS });
    const text = decodeDocument(bytes, type);
    const feed = hasEndlessTag(text) ? undefined : feedIn(text);
    if (feed) {
      const home = linkOf(feed.home, url);
      return {
        kind: 'feed',
        title: plainText(feed.title, LONGEST_TITLE, budget),
        home,
        ...itemsOf(feed, url, budget),
      };
    }
    const feeds = alternatesOf(text, url, budget);
    return feeds.length > 0 ? { kind: 'page', feeds: [...feeds] } : { kind: 'nothing' };
  },
});

function feedIn(text: string): Feed | undefined {
  try {
    return entriesOf(text);
  } catch (error) {
    if (error instanceof DetectError || error instanceof MalformedError) return undefined;
    throw error;
  }
}

/** Comments and sections of characters may be as long as they like. */
function hasEndlessTag(text: string): boolean {
  for (let at = text.indexOf('<'); at !== -1; ) {
    const end = text[at + 1] === '!' ? at + 1 : text.indexOf('>', at);
    if ((end === -1 ? text.length : end) - at > LONGEST_TAG) return true;
    at = end === -1 ? -1 : text.indexOf('<', end);
  }
  return false;
}
