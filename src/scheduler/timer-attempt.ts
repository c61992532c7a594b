import { Value } from '@sinclair/typebox/value';
import { DiscordAPIError, RateLimitError, type REST } from 'discord.js';
import type { ClaimedTimer } from '../db/timer-claims.ts';
import { backoff } from '../lib/backoff.ts';
import { nextOccurrence, occurrences, type Recurrence } from '../lib/time/rule.ts';
import { storedRecurrence } from '../lib/time/stored-recurrence.ts';
import { type Said, t } from '../services/answers/words.ts';
import { UnsureSentError } from '../services/timers/find-sent.ts';
import { isJustWaiting } from '../services/timers/not-yet.ts';
import { hash, sendOnce } from '../services/timers/send-once.ts';
import type { Delivery, Outcome, TimerKind } from './timer.ts';

/** What is to be written of a try. */
export type Verdict =
  | {
      readonly kind: 'settled';
      readonly outcome: 'done' | 'skipped' | 'failed';
      readonly nextAt: Date | null;
      readonly error?: unknown;
      /** For the server's log. */
      readonly tell?: Said;
      readonly also?: Outcome['also'];
      /** The kind has not said so itself: it was tried in vain. */
      readonly givenUp?: true;
    }
  | {
      readonly kind: 'again';
      readonly error: unknown;
      readonly wakeAt: Date;
      /** Whether it costs none of the tries. */
      readonly free: boolean;
    };

interface Surroundings<C> {
  readonly context: C & {
    readonly now: () => Date;
    readonly discord: { readonly rest: Pick<REST, 'get' | 'post'>; readonly user: { readonly id: string } | null };
  };
  readonly signal: AbortSignal;
  readonly random: () => number;
}

const LATE_AFTER_MS = 60_000;
/** Some four hours with the pauses between them. */
const MOST_TRIES = 100;
const PAUSE = { firstMs: 2_000, maxMs: 300_000 } as const;
/** What only waits is looked at ever less often, up to this. */
const WAITING = { share: 0.1, maxMs: 30_000 } as const;
/** For so long waiting costs no tries. */
const FREE_MS = 86_400_000;
const SHORTEST_PAUSE_MS = 250;
/** What is counted of occurrences that were missed. */
const MOST_MISSED = 1_000;

/** Tries to deliver one occurrence and judges how that went. Rejects with the signal's reason alone. */
export async function attempt<C>(
  claim: ClaimedTimer,
  kind: TimerKind<C>,
  surroundings: Surroundings<C>,
): Promise<Verdict> {
  const { context, signal } = surroundings;
  const now = context.now();
  const late = now.getTime() - claim.dueAt.getTime() > (kind.lateAfterMs ?? LATE_AFTER_MS);
  try {
    const recurrence = recurrenceOf(claim);
    const nextAt = nextOf(recurrence, claim.dueAt, late && kind.missed !== 'late' ? now : claim.dueAt);
    if (late && kind.missed === 'skip' && !claim.again) return { kind: 'settled', outcome: 'skipped', nextAt };
    if (claim.attempts > mostOf(kind)) return gaveUp(new Error('it was tried too often'), nextAt);
    const missed = late && kind.missed === 'collapse' ? missedOf(recurrence, claim.dueAt, now) : 0;
    if (!Value.Check(kind.payload, claim.payload)) throw new BrokenTimerError('its payload does not fit its kind');
    const delivery = deliveryOf(claim, { late, missed, ...surroundings });
    const outcome = await kind.deliver(delivery, context, signal);
    const { also } = outcome;
    if (outcome.kind === 'failed') return { kind: 'settled', outcome: 'failed', nextAt: null, tell: outcome.why, also };
    if (outcome.kind === 'skipped') return { kind: 'settled', outcome: 'skipped', nextAt, tell: outcome.why, also };
    return { kind: 'settled', outcome: 'done', nextAt, also, ...(outcome.instead && { tell: outcome.instead }) };
  } catch (error) {
    return judge(error, claim, kind, surroundings);
  }
}

function mostOf({ mostTries = MOST_TRIES }: Pick<TimerKind<never>, 'mostTries'>): number {
  return mostTries;
}

/** What is stored does not make sense, and will not later either. */
class BrokenTimerError extends Error {}

function judge<C>(
  error: unknown,
  claim: ClaimedTimer,
  kind: TimerKind<C>,
  { context, signal, random }: Surroundings<C>,
): Verdict {
  signal.throwIfAborted();
  if (error instanceof BrokenTimerError) return gaveUp(error, null, t('timers.failed.broken'));
  if (refusedForGood(error)) return gaveUp(error, null, t('timers.failed.refused'));
  if (error instanceof UnsureSentError) {
    return gaveUp(error, nextOf(recurrenceOf(claim), claim.dueAt, context.now()), t(`timers.failed.${error.why}`));
  }
  return retryOf(error, claim, kind, { now: context.now(), random });
}

/** What becomes of a try that failed with something that may pass. */
export function retryOf(
  error: unknown,
  claim: ClaimedTimer,
  kind: Pick<TimerKind<never>, 'mostTries'>,
  { now, random }: { readonly now: Date; readonly random: () => number },
): Verdict {
  const overdue = now.getTime() - claim.dueAt.getTime();
  const free = isJustWaiting(error) && overdue < FREE_MS;
  if (!free && claim.attempts >= mostOf(kind)) {
    return gaveUp(error, nextOf(recurrenceOf(claim), claim.dueAt, now));
  }
  const limited = error instanceof RateLimitError ? Math.max(error.timeToReset, error.retryAfter) : 0;
  const patience = { firstMs: Math.max(PAUSE.firstMs, overdue * WAITING.share), maxMs: WAITING.maxMs };
  const later = free ? backoff(0, { ...patience, random }) : backoff(claim.attempts - 1, { ...PAUSE, random });
  const pause = SHORTEST_PAUSE_MS + Math.max(limited, later);
  return { kind: 'again', error, wakeAt: new Date(now.getTime() + pause), free };
}

/** Without `nextAt` that is its end; else this occurrence alone is given up. */
function gaveUp(error: unknown, nextAt: Date | null, why = t('timers.failed.tooOften')): Verdict {
  return { kind: 'settled', outcome: 'failed', nextAt, error, tell: why, givenUp: true };
}

/** Discord says what is wrong with the request; saying it again does not make it right. */
function refusedForGood(error: unknown): boolean {
  if (!(error instanceof DiscordAPIError)) return false;
  const { status } = error;
  return status >= 400 && status < 500 && ![401, 408, 429].includes(status);
}

function recurrenceOf({ recurrence }: ClaimedTimer): Recurrence | undefined {
  if (recurrence === null) return undefined;
  const read = storedRecurrence(recurrence);
  if (!read) throw new BrokenTimerError('its rule cannot be read');
  return read;
}

function nextOf(recurrence: Recurrence | undefined, dueAt: Date, now: Date): Date | null {
  const after = new Date(Math.max(dueAt.getTime(), now.getTime()));
  return (recurrence && nextOccurrence(recurrence, after)) ?? null;
}

function missedOf(recurrence: Recurrence | undefined, dueAt: Date, now: Date): number {
  return recurrence ? occurrences(recurrence, dueAt, MOST_MISSED).filter((at) => at <= now).length : 0;
}

function deliveryOf<C>(
  claim: ClaimedTimer,
  { late, missed, context, signal }: Surroundings<C> & { readonly late: boolean; readonly missed: number },
): Delivery {
  const { id, owner, payload, zone, dueAt, occurrence, createdAt, triedAt } = claim;
  const { rest, user } = context.discord;
  const began = performance.now();
  // With the time it was made: ids start again in another database, and Discord's memory does not.
  const nonce = hash(`${id} ${createdAt.getTime()} ${occurrence}`, 16);
  return {
    ...{ id, owner, payload, zone, dueAt, late, missed, nonce },
    guild: claim.guild ?? undefined,
    channel: claim.channel ?? undefined,
    recurring: claim.recurrence !== null,
    triedAt: claim.again ? triedAt : undefined,
    attempt: claim.attempts,
    async send(channel, message, as) {
      signal.throwIfAborted();
      const tried = claim.again ? { at: triedAt, ms: claim.triedMs + performance.now() - began } : undefined;
      return await sendOnce(rest, channel, message, {
        nonce: as === undefined ? nonce : hash(as, 16),
        tried,
        self: user?.id ?? '',
        signal,
      });
    },
  };
}
