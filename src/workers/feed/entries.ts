import { type AtomFeed, type JsonFeed, parseFeed, type RdfFeed, type RssFeed } from 'feedsmith';

/** What the formats have in common, as it was written. */
export interface Entry {
  readonly id: string | undefined;
  readonly link: string | undefined;
  readonly title: string;
  /** Whether the title is plain text for sure, and not perhaps HTML. */
  readonly plainTitle: boolean;
  readonly html: string;
  readonly by: string;
  readonly date: string | undefined;
}

export interface Feed {
  readonly title: string;
  readonly home: string | undefined;
  readonly entries: readonly Entry[];
}

/** Entries that are looked at. */
const MOST = 10_000;

/** The entries of a feed in RSS, Atom, RDF or JSON Feed. Throws what the library throws where it is none of them. */
export function entriesOf(text: string): Feed {
  const { format, feed } = parseFeed(text, { maxItems: MOST });
  switch (format) {
    case 'rss':
      return { title: feed.title ?? '', home: feed.link, entries: (feed.items ?? []).map(ofRss) };
    case 'atom': {
      const { title, links, entries = [] } = feed;
      return { title: title?.value ?? '', home: alternateOf(links), entries: entries.map(ofAtom) };
    }
    case 'rdf':
      return { title: feed.title ?? '', home: feed.link, entries: (feed.items ?? []).map(ofRdf) };
    case 'json':
      return { title: feed.title ?? '', home: feed.home_page_url, entries: (feed.items ?? []).map(ofJson) };
    default: {
      const never: never = format;
      return never;
    }
  }
}

function ofRss(item: RssFeed.Item<string>): Entry {
  const { guid, link, title = '', description, content, authors, dc, pubDate, enclosures } = item;
  const address = guid?.isPermaLink === false ? undefined : guid?.value;
  return {
    id: guid?.value,
    link: link ?? (address && URL.canParse(address) ? address : enclosures?.[0]?.url),
    title,
    plainTitle: false,
    html: description ?? content?.encoded ?? '',
    by: dc?.creators?.[0] ?? authors?.[0]?.name ?? '',
    date: pubDate ?? dc?.dates?.[0],
  };
}

function ofAtom({
  id,
  links,
  title,
  summary,
  content,
  authors,
  published,
  updated,
  media,
}: AtomFeed.Entry<string>): Entry {
  return {
    id,
    link: alternateOf(links),
    title: title?.value ?? '',
    plainTitle: title?.type === undefined || title.type === 'text',
    html: summary?.value ?? content?.value ?? media?.groups?.[0]?.description?.value ?? '',
    by: authors?.[0]?.name ?? '',
    date: published ?? updated,
  };
}

function ofRdf({ rdf, link, title = '', description, content, dc }: RdfFeed.Item<string>): Entry {
  return {
    id: rdf?.about,
    link,
    title,
    plainTitle: false,
    html: description ?? content?.encoded ?? '',
    by: dc?.creators?.[0] ?? '',
    date: dc?.dates?.[0],
  };
}

function ofJson(item: JsonFeed.Item<string>): Entry {
  const { id, url, external_url, title = '', summary, content_html, content_text, authors } = item;
  return {
    id,
    link: url ?? external_url,
    title,
    plainTitle: true,
    html: content_html ?? escaped(summary ?? content_text ?? ''),
    by: authors?.[0]?.name ?? '',
    date: item.date_published ?? item.date_modified,
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function alternateOf(links: readonly AtomFeed.Link<string>[] | undefined): string | undefined {
  const link = links?.find(({ rel }) => rel === undefined || rel === 'alternate') ?? links?.[0];
  return link?.href;
}
