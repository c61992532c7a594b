import type { IncomingMessage, ServerResponse } from 'node:http';
import { type BadServer, badServer } from '../../lib/bad-server.ts';

/** An entry of the local feed; its address and date follow from its number unless said. */
export interface Entry {
  readonly number: number;
  readonly title?: string;
  readonly id?: string;
  readonly link?: string;
  readonly at?: Date;
  readonly text?: string;
}

type Answering = (response: ServerResponse, request: IncomingMessage) => void;

/** A website with a feed, at `/feed`, until it is told to do something else. */
export interface FeedSite extends BadServer {
  readonly feed: string;
  entries: readonly Entry[];
  /** Whether it says what to ask with next time. */
  etags: boolean;
  /** Every request from here on is answered so; without one it behaves again. */
  misbehave(answering?: Answering): void;
}

export async function feedSite(entries: readonly Entry[] = []): Promise<FeedSite> {
  let bad: Answering | undefined;
  const server = await badServer((request, response) => {
    if (bad) return bad(response, request);
    if (request.url !== '/feed') return response.writeHead(404).end();
    const body = rss(site.entries, server.host);
    const etag = `"${sumOf(body)}"`;
    if (site.etags && request.headers['if-none-match'] === etag) return response.writeHead(304, { etag }).end();
    return response.writeHead(200, { 'content-type': 'application/rss+xml', ...(site.etags && { etag }) }).end(body);
  });
  const site: FeedSite = Object.assign(server, {
    feed: `http://${server.host}/feed`,
    entries,
    etags: true,
    misbehave(answering?: Answering) {
      bad = answering;
    },
  });
  return site;
}

function sumOf(text: string): number {
  let sum = 0;
  for (const char of text) sum = (Math.imul(sum, 31) + char.charCodeAt(0)) | 0;
  return sum;
}

/** A feed of these, the newest first. */
function rss(entries: readonly Entry[], host: string): string {
  const items = entries.map(({ number, title, id, link, at, text }) =>
    [
      '<item>',
      `<title>${title ?? `Entry ${number}`}</title>`,
      `<link>${link ?? `https://${host}/posts/${number}`}</link>`,
      `<guid isPermaLink="false">${id ?? `entry-${number}`}</guid>`,
      ...(at ? [`<pubDate>${at.toUTCString()}</pubDate>`] : []),
      `<description><![CDATA[${text ?? `<p>Text of ${number}</p>`}]]></description>`,
      '</item>',
    ].join(''),
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Ferry news</title><link>https://${host}/</link>${items.join('')}</channel></rss>`;
}
