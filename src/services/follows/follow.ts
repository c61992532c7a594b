import type { Context } from '../../context.ts';
import { countFollows, isFollowed, putFollow } from '../../db/follows.ts';
import { lockSource, noteChecked } from '../../db/sources.ts';
import type { Waiting } from '../../lib/deadline.ts';
import { UserError } from '../answers/user-error.ts';
import { NotAFeedError } from './failure.ts';
import type { FollowedItem } from './item.ts';
import { takeIn } from './news.ts';
import { paceAfter, spacing } from './pace.ts';
import { fetchFeed, type Reading, readFeedSource, readGithubSource } from './read-source.ts';

/** So much one server may follow, feeds and repositories together. */
const MOST_FOLLOWS = 50;

/** Which channel wants it, and how. */
export interface Wanted {
  readonly guild: string;
  readonly channel: string;
  readonly role: string | null;
  readonly sorts: readonly string[] | null;
  readonly owner: string;
}

/** What is followed from now on. */
export interface Followed {
  readonly title: string;
  readonly address: string;
  readonly home: string | null;
  /** The latest that was there already. */
  readonly newest: FollowedItem | undefined;
  /** Whether the channel followed it before: then only what was chosen has changed. */
  readonly again: boolean;
  readonly checkAt: Date;
}

interface Found {
  readonly kind: 'feed' | 'github';
  readonly address: string;
  readonly title: string;
  readonly reading: Reading;
}

const UNKNOWN = { home: null, etag: null, modified: null, contentHash: null, checkedAt: null } as const;

/** Reads a feed, or the first of those that a web page names. Rejects as `readFeedSource` does. */
export async function findFeed(url: string, waiting: Waiting, context: Context): Promise<Found> {
  const own = { ...UNKNOWN, address: url, title: new URL(url).host };
  const first = await fetchFeed(own, waiting, context);
  if (!('feeds' in first)) return foundAt(url, own.title, first);
  const [address] = first.feeds;
  if (address === undefined) throw new NotAFeedError(`${url} names no feed`);
  return foundAt(address, own.title, await readFeedSource({ ...own, address }, waiting, context));
}

function foundAt(address: string, title: string, reading: Reading): Found {
  if (!reading.read) throw new NotAFeedError(`${address} says nothing`);
  return { kind: 'feed', address: reading.read.movedTo ?? address, title: reading.read.state.title || title, reading };
}

/** Reads what has happened in a repository; `title` is its name as GitHub writes it. Rejects as `readGithubSource` does. */
export async function findRepository(
  { title, home }: { readonly title: string; readonly home: string },
  waiting: Waiting,
  context: Context,
): Promise<Found> {
  const address = title.toLowerCase();
  const reading = await readGithubSource({ ...UNKNOWN, address, title, home }, waiting, context);
  return { kind: 'github', address, title, reading };
}

/** Has a channel follow it from now on: what is there already is noted and not posted. UserError when there are too many. */
export async function follow(
  { kind, address, title, reading }: Found,
  wanted: Wanted,
  context: Context,
): Promise<Followed> {
  const { database, timers, now } = context;
  const at = now();
  return await database.begin(async (tx, notify) => {
    const count = await countFollows(tx, wanted.guild);
    const source = await lockSource(tx, { kind, address, title, now: at });
    const again = await isFollowed(tx, source.id, wanted.channel);
    if (!again && count >= MOST_FOLLOWS) throw new UserError('follows.tooMany', { count: MOST_FOLLOWS });
    const { read, waitMs = 0, budget = null } = reading;
    const state = read?.state;
    const found = read?.found ?? [];
    // Whoever followed it before is shown what is new since the last look.
    await takeIn({ ...source, ...state }, read ?? { found }, { tx, notify, timers, now: at });
    const everySeconds = paceAfter(0, true);
    const wait = Math.max(everySeconds * 1_000, waitMs, spacing(budget, 1, at.getTime()));
    const checkAt = new Date(at.getTime() + wait);
    await noteChecked(tx, { id: source.id, now: at, everySeconds, checkAt }, state);
    await putFollow(tx, { ...wanted, source: source.id, now: at });
    return { title: state?.title ?? title, address, home: state?.home ?? null, newest: found[0]?.item, again, checkAt };
  });
}
