import type { Context } from '../../context.ts';
import { lockSourceById, moveSource, noteChecked, noteFailure, postponeSource, type Source } from '../../db/sources.ts';
import type { Waiting } from '../../lib/deadline.ts';
import { type Failure, judgeFailure } from './failure.ts';
import { takeIn } from './news.ts';
import { paceAfter, paceAfterFailure, spacing } from './pace.ts';
import { pause } from './pause.ts';
import { type Reading, readFeedSource, readGithubSource } from './read-source.ts';

/** How a source was found. `waitMs`: how long its host is to be left alone, when it said so. */
export type Checked =
  | { readonly kind: 'news'; readonly count: number }
  | { readonly kind: 'same' }
  /** Another process was faster, or nobody follows it any more. */
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'not-asked'; readonly waitMs: number };

export interface Checking extends Waiting {
  /** How many repositories share what GitHub allows. */
  readonly repositories: number;
}

const SECOND = 1_000;
/** Failing for so long and so often, a source is given up until somebody says to go on. */
const PATIENCE_MS = 5 * 86_400_000;
const MOST_FAILURES = 10;
/** Until we have hands free again. */
const SOON_MS = 60_000;

/** Asks a source for what is new and has it posted. Rejects as the database does, or with the signal's reason. */
export async function checkSource(source: Source, checking: Checking, context: Context): Promise<Checked> {
  const { reading, error } = await readingOf(source, checking, context);
  if (reading) return await record(source, reading, checking, context);
  const judged = judgeFailure(error, source.kind);
  context.log.debug({ source: source.id, error }, 'a followed source could not be read');
  if (judged.kind === 'failed') return await recordFailure(source, judged, context);
  const waitMs = Math.max(judged.waitMs, SOON_MS);
  await postponeSource(context.db, source.id, new Date(context.now().getTime() + waitMs));
  return { kind: 'not-asked', waitMs };
}

/** What it says, or what went wrong out there. */
async function readingOf(
  source: Source,
  waiting: Waiting,
  context: Context,
): Promise<{ readonly reading?: Reading; readonly error?: unknown }> {
  try {
    const read = source.kind === 'github' ? readGithubSource : readFeedSource;
    return { reading: await read(source, waiting, context) };
  } catch (error) {
    waiting.signal?.throwIfAborted();
    return { error };
  }
}

async function record(
  source: Source,
  { read, waitMs = 0, budget = null }: Reading,
  { repositories }: Checking,
  { database, timers, now }: Context,
): Promise<Checked> {
  const at = now();
  return await database.begin(async (tx, notify): Promise<Checked> => {
    const locked = await lockedAsRead(tx, source);
    if (!locked) return { kind: 'passed' };
    if (read?.movedTo !== undefined) await moveSource(tx, locked, read.movedTo);
    const count = read ? await takeIn({ ...locked, ...read.state }, read, { tx, notify, timers, now: at }) : 0;
    const everySeconds = paceAfter(locked.everySeconds, count > 0);
    const wait = Math.max(everySeconds * SECOND, waitMs, spacing(budget, repositories, at.getTime()));
    const next = { id: locked.id, now: at, everySeconds, checkAt: new Date(at.getTime() + wait) };
    await noteChecked(tx, next, read?.state);
    return count > 0 ? { kind: 'news', count } : { kind: 'same' };
  });
}

async function recordFailure(
  source: Source,
  { failure, waitMs }: { readonly failure: Failure; readonly waitMs: number },
  { database, timers, now, log }: Context,
): Promise<Checked> {
  const at = now();
  return await database.begin(async (tx, notify): Promise<Checked> => {
    const locked = await lockedAsRead(tx, source);
    if (!locked) return { kind: 'passed' };
    const failures = locked.failures + 1;
    const everySeconds = paceAfterFailure(failures);
    const checkAt = new Date(at.getTime() + Math.max(everySeconds * SECOND, waitMs));
    await noteFailure(tx, { id: locked.id, now: at, everySeconds, checkAt }, failure);
    const sinceMs = at.getTime() - (locked.failingSince ?? at).getTime();
    const hopeless = failures >= MOST_FAILURES && sinceMs >= PATIENCE_MS;
    if (failure !== 'gone' && !hopeless) return { kind: 'failed', failure };
    const why = failure === 'gone' ? 'gone' : 'failing';
    log.info({ source: locked.id, failures, why }, 'a followed source is given up');
    await pause({ source: locked.id }, locked, why, { tx, notify, timers, now: at });
    return { kind: 'failed', failure };
  });
}

/** Undefined when somebody else has asked it meanwhile: what we read may be older than what they noted. */
async function lockedAsRead(tx: Parameters<typeof lockSourceById>[0], source: Source): Promise<Source | undefined> {
  const locked = await lockSourceById(tx, source.id);
  return locked && locked.checkAt.getTime() === source.checkAt.getTime() ? locked : undefined;
}
