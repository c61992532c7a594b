import { createHash } from 'node:crypto';
import type { Budget } from '../inspect/budget.ts';
import type { Entry, Feed } from './entries.ts';
import { type FeedItem, LONGEST_TEXT, LONGEST_TITLE, linkOf } from './item.ts';
import { oneLine, plainText } from './plain-text.ts';

/** So many of the latest are told. */
export const MOST_ITEMS = 200;
/** Where nobody can tell which those are, so many of the others are known of. */
export const MOST_OTHERS = 2_000;
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

export interface Items {
  /** The latest, the newest first. */
  readonly items: FeedItem[];
  /** By what others can be known again, which are not new wherever they turn up. */
  readonly others: string[];
}

/** The latest entries of a feed, each with what it is known again by. */
export function itemsOf({ entries, home }: Feed, base: string, budget: Budget): Items {
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
  const { latest, between } = latestOf([...read.values()]);
  return {
    items: latest.map((one) => itemOf(one, counts, budget)),
    others: between.map(({ keys }) => tellingOf(keys, counts)[0]),
  };
}

function itemOf({ entry, url, at, keys }: Read, counts: ReadonlyMap<string, number>, budget: Budget): FeedItem {
  const { title, plainTitle, html, by } = entry;
  const marks = marksOf(keys);
  const telling = tellingOf(keys, counts);
  return {
    title: plainTitle ? oneLine(title, LONGEST_TITLE) : plainText(title, LONGEST_TITLE, budget),
    text: plainText(html, LONGEST_TEXT, budget),
    by: oneLine(by, LONGEST_BY),
    url,
    at,
    keys: telling[0] === keys.whole ? [...marks, keys.whole] : marks,
    telling,
  };
}

function tellingOf(keys: Keys, counts: ReadonlyMap<string, number>): [string, ...string[]] {
  const [first = keys.whole, ...more] = marksOf(keys).filter((key) => counts.get(key) === 1);
  return [first, ...more];
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

/**
 * By their dates where all have one; else as they stand, for most feeds begin with the newest. Some begin with the oldest: of
 * many without dates the latest may be at either end, and whatever stands between comes near an end before it gets there.
 */
function latestOf(read: readonly Read[]): { readonly latest: readonly Read[]; readonly between: readonly Read[] } {
  if (read.every(({ at }) => at !== null))
    return { latest: read.toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0)).slice(0, MOST_ITEMS), between: [] };
  if (read.length <= MOST_ITEMS) return { latest: read, between: [] };
  const end = MOST_ITEMS / 2;
  const between = read.slice(end, -end);
  const near = Math.min(between.length, MOST_OTHERS) / 2;
  return {
    latest: [...read.slice(0, end), ...read.slice(-end).reverse()],
    between: [...between.slice(0, Math.ceil(near)), ...between.slice(between.length - Math.floor(near))],
  };
}

function timeOf(date: string | undefined): number | null {
  const at = Date.parse(date ?? '');
  return at >= EARLIEST && at < LATEST ? at : null;
}

function hashed(sort: string, text: string): string {
  return `${sort}${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
}
