import type { Notify, Tx } from '../../db/connect.ts';
import { activeFollows, type Follow } from '../../db/follows.ts';
import { forgetKeys, knownKeys, noteKeys } from '../../db/source-items.ts';
import type { Source } from '../../db/sources.ts';
import type { Timers } from '../timers/timers.ts';
import { type FoundItem, sortOf } from './item.ts';
import type { NewsPayload } from './message.ts';

/** Posted at a time; what is beyond is counted. */
const MOST_POSTED = 5;
/** Kept of one source; what stands in it now comes on top. */
const MOST_KEYS = 5_000;
/** And so long after it was last there. */
const KEPT_MS = 60 * 86_400_000;
/** Who dates an entry further back than this before we last looked has not just written it. */
const BACKDATED_MS = 3 * 86_400_000;

interface Found {
  /** The newest first. */
  readonly found: readonly FoundItem[];
  /** Keys of what is there and never new. */
  readonly others?: readonly string[];
}

interface Writing {
  readonly tx: Tx;
  readonly notify: Notify;
  readonly timers: Timers;
  readonly now: Date;
}

/**
 * Notes what stands in a source, and has what is new of it posted to whoever follows it, all of it or nothing of it; says
 * how much was new. The source has to be locked by the same transaction.
 */
export async function takeIn(
  source: Pick<Source, 'id' | 'title' | 'home' | 'checkedAt'>,
  { found, others = [] }: Found,
  { tx, notify, timers, now }: Writing,
): Promise<number> {
  const telling = found.flatMap((one) => one.telling);
  const known = await knownKeys(tx, source.id, telling);
  const fresh = found.filter((one) => !one.telling.some((key) => known.has(key)) && !isOld(one, source.checkedAt));
  await noteKeys(tx, source.id, [...found.flatMap(({ keys }) => keys), ...others], now);
  const before = new Date(now.getTime() - KEPT_MS);
  await forgetKeys(tx, source.id, { before, most: MOST_KEYS, now });
  if (fresh.length === 0) return 0;
  for (const follow of await activeFollows(tx, source.id)) {
    const payload = newsFor(follow, source, fresh);
    if (!payload) continue;
    const { owner, guild, channel } = follow;
    await timers.addWithin({ tx, notify }, { kind: 'news', owner, guild, channel, payload, due: now, zone: 'UTC' });
  }
  return fresh.length;
}

function isOld({ item: { at } }: FoundItem, checkedAt: Date | null): boolean {
  return at !== null && checkedAt !== null && at < checkedAt.getTime() - BACKDATED_MS;
}

/** The newest of what the channel wants, the oldest of them first. */
function newsFor(
  { id, role, sorts }: Follow,
  { title, home }: Pick<Source, 'title' | 'home'>,
  fresh: readonly FoundItem[],
): NewsPayload | undefined {
  const wanted = fresh.filter(({ item }) => sorts === null || sorts.includes(sortOf(item) ?? ''));
  if (wanted.length === 0) return undefined;
  const items = wanted.slice(0, MOST_POSTED).map(({ item }) => item);
  return { follow: id, title, home, role, items: items.reverse(), more: wanted.length - items.length };
}
