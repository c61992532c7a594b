import { createHash } from 'node:crypto';
import type { Budget } from '../inspect/budget.ts';
import type { Entry, Feed } from './entries.ts';
import { type FeedItem, LONGEST_TEXT, LONGEST_TITLE, linkOf } from './item.ts';
import { oneLine, plainText } from './plain-text.ts';

/** So many of the latest are told. */
export const MOST_ITEMS = 200;
const LONGEST_BY = 100;
const EARLIEST = Date.UTC(1970);
const LATEST = Date.UTC(2100);
/** What readers are counted by; it says nothing of what is read. */
const COUNTERS = /^(?:utm_\w+|fbclid|gclid|mc_[ce]id)$/i;

interface Read {
  readonly entry: Entry;
  readonly url: string | null;
  readonly at: number | null;
  readonly keys: Keys;
}

/** What each is known by: its id, where it leads, what it is called and when it is of; and all of it. */
interface Keys {
  readonly id: string | undefined;
  readonly link: string | undefined;
  readonly named: string | undefined;
  readonly whole: string;
}

/** The latest entries of a feed, the newest first, each with what it is known again by. */
export function itemsOf({ entries, home }: Feed, base: string, budget: Budget): readonly FeedItem[] {
  const place = linkKey(linkOf(home, base));
  const read = new Map<string, Read>();
  for (const entry of entries) {
    budget.checkTime();
    const url = linkOf(entry.link, base);
    const at = timeOf(entry.date);
    const keys = keysOf(entry, { url, at, place });
    const all = JSON.stringify(keys);
    if (!read.has(all)) read.set(all, { entry, url, at, keys });
  }
  const counts = countsOf([...read.values()]);
  return newestFirst([...read.values()])
    .slice(0, MOST_ITEMS)
    .map((one) => itemOf(one, counts, budget));
}

function itemOf({ entry, url, at, keys }: Read, counts: ReadonlyMap<string, number>, budget: Budget): FeedItem {
  const { title, plainTitle, html, by } = entry;
  const marks = marksOf(keys);
  const telling = marks.filter((key) => counts.get(key) === 1);
  return {
    title: plainTitle ? oneLine(title, LONGEST_TITLE) : plainText(title, LONGEST_TITLE, budget),
    text: plainText(html, LONGEST_TEXT, budget),
    by: oneLine(by, LONGEST_BY),
    url,
    at,
    keys: telling.length > 0 ? marks : [...marks, keys.whole],
    telling: telling.length > 0 ? telling : [keys.whole],
  };
}

function keysOf(
  { id, title, html, date }: Entry,
  { url, at, place }: { readonly url: string | null; readonly at: number | null; readonly place: string | undefined },
): Keys {
  const link = linkKey(url);
  return {
    id: id === undefined || id.trim() === '' ? undefined : hashed('i', id.trim()),
    link: link === place ? undefined : link,
    named: title !== '' && at !== null ? hashed('n', `${at} ${title.trim()}`) : undefined,
    whole: hashed('w', JSON.stringify([title, html, date, url])),
  };
}

/** An address as it stays when a site moves to https, drops its `www.` or counts its readers in another way. */
function linkKey(url: string | null): string | undefined {
  if (url === null) return undefined;
  const { host, pathname, searchParams, hash } = new URL(url);
  const kept = [...searchParams].filter(([name]) => !COUNTERS.test(name));
  return hashed('l', JSON.stringify([host.replace(/^www\./, ''), pathname.replace(/\/$/, ''), kept, hash]));
}

function marksOf({ id, link, named }: Keys): string[] {
  return [id, link, named].filter((key) => key !== undefined);
}

function countsOf(read: readonly Read[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { keys } of read) for (const key of marksOf(keys)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** By their dates where all have one; else as they stand, for most feeds begin with the newest. */
function newestFirst(read: readonly Read[]): readonly Read[] {
  return read.every(({ at }) => at !== null) ? read.toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0)) : read;
}

function timeOf(date: string | undefined): number | null {
  const at = Date.parse(date ?? '');
  return at >= EARLIEST && at < LATEST ? at : null;
}

function hashed(sort: string, text: string): string {
  return `${sort}${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
}
