import { Value } from '@sinclair/typebox/value';
import type { REST } from 'discord.js';
import { databaseError } from '../db/away.ts';
import type { Database } from '../db/connect.ts';
import { type ClaimedTimer, postponeTimer, releaseTimer, settleTimer } from '../db/timer-claims.ts';
import { backoff } from '../lib/backoff.ts';
import type { delay } from '../lib/deadline.ts';
import { StoppingError } from '../lib/errors.ts';
import type { I18n } from '../lib/i18n.ts';
import type { InFlight } from '../lib/in-flight.ts';
import type { Logger } from '../lib/log.ts';
import type { Metrics } from '../lib/metrics.ts';
import type { Answer } from '../services/answers/answer.ts';
import { render } from '../services/answers/words.ts';
import { tellServerLog } from '../services/logs/server-log.ts';
import type { Settings } from '../services/settings/settings.ts';
import { timerEntry } from '../services/timers/log-entry.ts';
import { tellOwner } from '../services/timers/tell-owner.ts';
import type { TimerKind } from './timer.ts';
import { attempt, retryOf, type Verdict } from './timer-attempt.ts';

export interface DeliveryNeeds {
  readonly log: Logger;
  readonly now: () => Date;
  readonly database: Database;
  readonly inFlight: InFlight;
  readonly metrics: Pick<Metrics, 'timers' | 'timerLate'>;
  readonly discord: { readonly rest: Pick<REST, 'get' | 'post'>; readonly user: { readonly id: string } | null };
  readonly settings: Pick<Settings, 'of'>;
  readonly i18n: I18n;
}

/**
 * How it went with a claim. `lost`: somebody else had taken the timer over, or it was changed meanwhile. `released`: the
 * bot is stopping, whoever comes next goes on with it.
 */
export type Ending = Verdict | { readonly kind: 'lost' } | { readonly kind: 'released' };

interface Surroundings<C> {
  readonly context: C;
  /** Aborted when the claim is lost. */
  readonly lost: AbortSignal;
  /** Aborted when the engine stops. */
  readonly abort: AbortSignal;
  readonly random: () => number;
  readonly sleep: typeof delay;
}

const ERROR_WAIT = { firstMs: 250, maxMs: 5_000 } as const;
const LONGEST_ERROR = 2_000;

/** Delivers what was claimed, writes how it went, and tells who should know. */
export async function carryOut<C extends DeliveryNeeds>(
  timer: ClaimedTimer,
  kind: TimerKind<C>,
  surroundings: Surroundings<C>,
): Promise<Ending> {
  const { context, lost, abort, random } = surroundings;
  const { inFlight, database, now } = context;
  let begun = false;
  try {
    const verdict = await inFlight
      .track(
        `timer ${timer.kind} ${timer.id}`,
        (signal) => {
          begun = true;
          return attempt(timer, kind, { context, signal, random });
        },
        { signal: AbortSignal.any([lost, abort]), deadlineMs: kind.deadlineMs },
      )
      .catch((error: unknown) => {
        if (lost.aborted || error instanceof StoppingError) throw error;
        return retryOf(error, timer, kind, { now: now(), random });
      });
    const written = await inOneWay(timer, verdict, kind, surroundings);
    if (!written) return { kind: 'lost' };
    await tell(timer, written, context, kind);
    return written;
  } catch (error) {
    if (lost.aborted) return { kind: 'lost' };
    if (!(error instanceof StoppingError)) throw error;
    await releaseTimer(database.db, timer, !begun && !timer.again);
    return { kind: 'released' };
  }
}

/**
 * Writes how it went; where that cannot be, that it is tried again, and when it was tried too often, at least that. Says what was
 * written; nothing where the timer is another's by now.
 */
async function inOneWay<C extends DeliveryNeeds>(
  timer: ClaimedTimer,
  verdict: Verdict,
  kind: TimerKind<C>,
  surroundings: Surroundings<C>,
): Promise<Verdict | undefined> {
  const { context, lost, abort, random } = surroundings;
  const again = (error: unknown) => retryOf(error, timer, kind, { now: context.now(), random });
  const ways = [
    () => withGivenUp(verdict, timer, kind, context),
    (error: unknown) => withGivenUp(again(error), timer, kind, context),
    again,
  ];
  let failed: unknown;
  for (const way of ways) {
    const written = way(failed);
    try {
      return (await untilWritten(timer, written, surroundings)) ? written : undefined;
    } catch (error) {
      if (lost.aborted || abort.aborted || error instanceof StoppingError) throw error;
      context.log.error({ timer: timer.id, kind: timer.kind, error }, 'how a timer went could not be written');
      failed = error;
    }
  }
  throw failed;
}

/** What a kind has to write when it is given up goes with that. */
function withGivenUp<C>(verdict: Verdict, timer: ClaimedTimer, kind: TimerKind<C>, context: C): Verdict {
  const { givenUp, payload } = kind;
  if (verdict.kind !== 'settled' || !verdict.givenUp || !givenUp) return verdict;
  if (!Value.Check(payload, timer.payload)) return verdict;
  const { id, owner, guild, channel } = timer;
  const which = { id, owner, guild: guild ?? undefined, channel: channel ?? undefined, payload: timer.payload };
  return { ...verdict, also: (within) => givenUp(which, context, within) };
}

/** What was done must not be forgotten because the database is away for a moment. */
async function untilWritten<C extends DeliveryNeeds>(
  timer: ClaimedTimer,
  verdict: Verdict,
  { context: { database }, lost, abort, sleep }: Surroundings<C>,
): Promise<boolean> {
  for (let tries = 0; ; tries += 1) {
    try {
      if (verdict.kind === 'again') {
        const { wakeAt, free } = verdict;
        return await postponeTimer(database.db, timer, { wakeAt, free, error: textOf(verdict.error) });
      }
      return await settle(timer, verdict, database);
    } catch (error) {
      if (lost.aborted) return false;
      if (!databaseError(error) || abort.aborted) throw error;
      await sleep(backoff(tries, ERROR_WAIT), { signal: abort }).catch(() => {});
    }
  }
}

async function settle(
  timer: ClaimedTimer,
  { outcome, nextAt, error, also }: Extract<Verdict, { kind: 'settled' }>,
  database: Database,
): Promise<boolean> {
  const settlement = { outcome, nextAt, error: error ? textOf(error) : null };
  if (!also) return await settleTimer(database.db, timer, settlement);
  return await database.begin(async (tx, notify) => {
    const written = await settleTimer(tx, timer, settlement);
    if (written) await also({ tx, notify });
    return written;
  });
}

function textOf(error: unknown): string {
  return String(error).slice(0, LONGEST_ERROR);
}

async function tell<C>(
  timer: ClaimedTimer,
  verdict: Verdict,
  context: DeliveryNeeds,
  { tellsOwner = false, givenUp, failure = 'warn' }: Pick<TimerKind<C>, 'tellsOwner' | 'givenUp' | 'failure'>,
): Promise<void> {
  const { log, metrics, now, i18n } = context;
  const { id, kind, owner, guild, channel, dueAt, attempts } = timer;
  const about = { timer: id, kind, owner, guild, channel, dueAt, attempts };
  if (verdict.kind === 'again') {
    metrics.timers.inc({ kind, outcome: 'again' });
    log.warn(
      { ...about, error: verdict.error, wakeAt: verdict.wakeAt },
      'a timer could not be delivered and is tried again',
    );
    return;
  }
  const { outcome, error, tell: said } = verdict;
  metrics.timers.inc({ kind, outcome });
  if (outcome === 'done') metrics.timerLate.observe({ kind }, Math.max(0, now().getTime() - dueAt.getTime()) / 1_000);
  if (!said) return;
  const why = render(said, { i18n, locale: 'en' });
  if (outcome === 'failed') log[failure]({ ...about, error, why }, 'a timer could not be delivered');
  else if (outcome === 'skipped') log.info({ ...about, why }, 'an occurrence of a timer was passed over');
  else log.info({ ...about, why }, 'a timer was delivered otherwise than asked for');
  if (verdict.givenUp && givenUp) return; // its kind does
  await tellWho(
    timer,
    timerEntry(timer, outcome === 'failed', said),
    context,
    tellsOwner && outcome === 'failed',
  ).catch((cause: unknown) => log.warn({ ...about, error: cause }, 'nobody could be told of a timer'));
}

/** The server's log; where there is none, the owner, if they are to hear of it. */
async function tellWho(
  { guild, owner }: ClaimedTimer,
  entry: Answer,
  context: DeliveryNeeds,
  tellsOwner: boolean,
): Promise<void> {
  const logged = guild !== null && (await tellServerLog(context, guild, entry));
  if (!logged && tellsOwner) await tellOwner(context, owner, entry);
}
