import readFeed from '../../src/workers/tasks/read-feed.ts';
import { textOf } from '../load/texts.ts';
import { defineMicro, sized } from '../micro.ts';

const RSS = { start: '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>', end: '</channel></rss>' };
const ATOM = { start: '<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>', end: '</feed>' };
const URL = 'https://example.com/feed';

const rss = (at: number) =>
  `<item><title>Entry ${at} &amp; more</title><link>https://example.com/posts/${at}</link><guid>${at}</guid><pubDate>Tue, 06 Jul 2027 12:00:00 GMT</pubDate><description><![CDATA[<p>Text of <b>${at}</b></p>]]></description></item>`;
const atom = (at: number) =>
  `<entry><id>urn:${at}</id><title>Entry ${at}</title><link href="https://example.com/posts/${at}"/><updated>2027-07-06T12:00:00Z</updated><summary>Text of ${at}</summary></entry>`;

/** `bytes` are those of the feed. */
export default defineMicro({
  task: readFeed,
  about: 'the entries of a feed',
  inputs: {
    RSS: sized(
      (bytes) => ({ bytes: textOf(bytes, rss, RSS), type: 'application/rss+xml', url: URL }),
      [1_000, 50_000, 3_000_000],
    ),
    Atom: sized(
      (bytes) => ({ bytes: textOf(bytes, atom, ATOM), type: 'application/atom+xml', url: URL }),
      [1_000, 50_000, 3_000_000],
    ),
  },
  works: ({ kind }) => kind === 'feed',
});
