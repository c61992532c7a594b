import type { Context } from '../../context.ts';
import type { Source, SourceState } from '../../db/sources.ts';
import type { Waiting } from '../../lib/deadline.ts';
import type { RequestBudget } from '../../workers/github/api.ts';
import { NotAFeedError } from './failure.ts';
import { type FoundItem, ofFeed, ofGithub } from './item.ts';

/** What a source said. */
export interface Reading {
  /** Nothing: it is as it was. */
  readonly read?: {
    readonly state: SourceState;
    /** The newest first. */
    readonly found: readonly FoundItem[];
    /** By what else is known that stands there and is not shown. */
    readonly others?: readonly string[];
    /** Where it has moved for good. */
    readonly movedTo?: string | undefined;
  };
  /** It asks not to be asked again sooner; milliseconds. */
  readonly waitMs?: number;
  readonly budget?: RequestBudget | null;
}

type Known = Pick<Source, 'address' | 'title' | 'home' | 'etag' | 'modified' | 'contentHash' | 'checkedAt'>;

/** As long as the I/O thread takes them. */
const LONGEST_ADDRESS = 500;
/** GitHub tells of some things only hours after they have happened. */
const DELAY_MS = 7 * 3_600_000;

/** Asks a feed for what it has. Rejects with a class of `http-errors.ts`, NotAFeedError, TaskError, BusyError, DeadlineError. */
export async function readFeedSource(source: Known, waiting: Waiting, context: Context): Promise<Reading> {
  const found = await fetchFeed(source, waiting, context);
  if ('feeds' in found) throw new NotAFeedError(`${source.address} is a web page by now`);
  return found;
}

/** The same, or the feeds that a web page says it has where the address is one. */
export async function fetchFeed(
  source: Known,
  waiting: Waiting,
  { io, workers }: Context,
): Promise<Reading | { readonly feeds: readonly string[] }> {
  const { address: url, etag, modified, contentHash } = source;
  const fetched = await io.errand('feed', { url, etag, modified, hash: contentHash }, waiting);
  if (fetched.kind === 'same') return {};
  const { bytes, type, hash, url: from, moved, ...conditions } = fetched;
  const transfer = bytes.buffer instanceof ArrayBuffer ? [bytes.buffer] : [];
  const told = await workers.offload('readFeed', { bytes, type, url: from }, { signal: waiting.signal, transfer });
  if (told.kind === 'nothing') throw new NotAFeedError(`${url} is no feed`);
  if (told.kind === 'page') return { feeds: told.feeds };
  const state = {
    title: told.title || source.title,
    home: told.home,
    contentHash: hash,
    etag: conditions.etag,
    modified: conditions.modified,
  };
  const movedTo = moved && from.length <= LONGEST_ADDRESS ? from : undefined;
  return { read: { state, found: told.items.map(ofFeed), others: told.others, movedTo } };
}

/** Asks GitHub what has happened in a repository (`address` is `owner/name`). Rejects with a class of `http-errors.ts` and the like. */
export async function readGithubSource(source: Known, waiting: Waiting, context: Context): Promise<Reading> {
  const [owner = '', name = ''] = source.address.split('/');
  const since = (source.checkedAt ?? context.now()).getTime() - DELAY_MS;
  const told = await context.io.errand('githubActivity', { owner, name, etag: source.etag, since }, waiting);
  const { activity, etag, waitMs, budget } = told;
  if (!activity) return { waitMs, budget };
  const { title } = source;
  const home = source.home ?? `https://github.com/${title}`;
  const state = { title, home, etag, modified: null, contentHash: null };
  return { read: { state, found: activity.map((one) => ofGithub(one, home)) }, waitMs, budget };
}
