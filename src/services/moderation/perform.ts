import { Value } from '@sinclair/typebox/value';
import { RESTJSONErrorCodes as Code, DiscordAPIError, RateLimitError } from 'discord.js';
import type { JSONValue } from 'postgres';
import type { Context } from '../../context.ts';
import { type Case, earlierPending, type Told } from '../../db/cases.ts';
import { withDeadline } from '../../lib/deadline.ts';
import { DeadlineError } from '../../lib/errors.ts';
import { mention, t } from '../answers/words.ts';
import { NotYetError } from '../timers/not-yet.ts';
import type { Action, Doing } from './action.ts';
import { ACTIONS, actionOf } from './actions.ts';
import { auditReason } from './audit-reason.ts';
import { whatStandsInTheWay } from './hierarchy.ts';
import { mustStillMay } from './may-still.ts';
import { memberNow, serverOf } from './members.ts';
import type { Ending } from './moderation.ts';
import { type SendOnce, tellTarget } from './notice.ts';
import { Refused, refusalOf } from './refusal.ts';

/** What was ordered before for the same target is not done yet. */
class NotItsTurnError extends NotYetError {}

/** That a message cannot be sent for a moment holds nothing up for longer: neither for so many tries nor for so long, in milliseconds. */
const TRIES_TO_TELL = 3;
const PATIENCE_TO_TELL_MS = 600_000;
/** How long somebody who is about to be removed is tried to be told. */
const LETTER_MS = 5_000;
/** A place among what is done in a server at the same time is not held for longer. Milliseconds. */
const TURN_MS = 3_000;

/** One try to do what a case says. */
export interface Try {
  readonly triedAt: Date | undefined;
  readonly attempt: number;
  readonly send: SendOnce;
  readonly signal: AbortSignal;
}

/**
 * Does what a pending case says, and says how it ended. What Discord or the server's order stands against is void, with the
 * reason; whatever is thrown may pass, and is to be tried again.
 */
export async function perform(one: Case, trying: Try, context: Context): Promise<Ending> {
  const told: { value: Told } = { value: one.told };
  try {
    await carryOut(one, trying, context, told);
    return { kind: 'done', told: told.value };
  } catch (error) {
    const why = refusalOf(error);
    if (why === undefined) throw error;
    context.log.info({ guild: one.guild, case: one.number, type: one.type, error }, 'an action was refused');
    return { kind: 'void', why, told: told.value };
  }
}

async function carryOut(one: Case, trying: Try, context: Context, told: { value: Told }): Promise<void> {
  const action = actionOf(one);
  if (!action || !Value.Check(action.data, one.data)) throw new Refused(t('moderation.refused.broken'));
  if (action.inTurn ?? true) await untilItsTurn(one, trying, context);
  const doing = doingOf(one, trying, context);
  const done = doing.triedAt !== undefined && (await action.isDone?.(doing)) === true;
  const ofPerson = action.ofPerson ?? true;
  if (!done) await checkFree(one, context);
  if (!done) await mustStillMay(one, context);
  const here = ofPerson && !done ? await checkPerson(one, action, trying, context) : ofPerson;
  if (!done && one.until && one.until <= context.now()) throw new Refused(t('moderation.refused.tooLate'));
  const tells = (action.tells ?? true) && !one.silent && here;
  if (tells && action.removes && !done && told.value === null) {
    told.value = await tellBefore(one, trying, context);
    await context.moderation.told(one, told.value); // they are out of reach when it is begun anew
  }
  if (!done) await act(action, doing);
  if (!tells || action.removes) return;
  const asDone = (await context.moderation.get(one)) ?? one; // with what was found out while it was done
  told.value = await tell(asDone, trying, context);
}

/** Whoever was frozen since they ordered something does nothing to others any more. */
async function checkFree({ guild, actor, target, source }: Case, { settings }: Context): Promise<void> {
  if (actor === null || actor === target || !['command', 'mass'].includes(source)) return;
  const { frozen } = await settings.of(guild, 'permissions');
  if (frozen.includes(actor)) throw new Refused(t('moderation.stands.frozen', { who: mention('user', actor) }));
}

/** A request whose answer was lost is sent again at once, and then there is nobody, or no ban, any more: that was us. */
async function act(action: Action, doing: Doing): Promise<void> {
  try {
    await action.act?.(doing);
  } catch (error) {
    const gone = error instanceof DiscordAPIError && [Code.UnknownMember, Code.UnknownBan].includes(Number(error.code));
    if (!gone || !(await action.isDone?.(doing))) throw error;
  }
}

/** Waits for what was ordered before for the same target, for a little while. */
async function untilItsTurn(one: Case, { signal }: Try, { db, moderation }: Context): Promise<void> {
  const patience = AbortSignal.timeout(TURN_MS);
  const out = Object.entries(ACTIONS).flatMap(
    ([type, { inTurn = true, ofPerson = true }]) => (inTurn || ofPerson ? [] : [type]), // whoever is warned is told before they are out of reach
  );
  for (;;) {
    const before = await earlierPending(db, one, out);
    if (before === undefined) return;
    await moderation.outcome(one.guild, before, AbortSignal.any([signal, patience])).catch((cause: unknown) => {
      signal.throwIfAborted();
      throw new NotItsTurnError(`case ${before} is still to be done to ${one.target}`, { cause });
    });
  }
}

/** What an action is given to work with. */
export function doingOf(one: Case, { triedAt, signal }: Pick<Try, 'triedAt' | 'signal'>, context: Context): Doing {
  return {
    ...{ one, data: one.data, context, triedAt, signal },
    reason: auditReason(one),
    keep: (data) => context.moderation.keep(one, data as JSONValue), // what its schema says is plain data
  };
}

/** Whether the person is in the server. Refused where somebody's place stands in the way by now, or who ordered it has left. */
async function checkPerson(one: Case, action: Action, { signal }: Try, context: Context): Promise<boolean> {
  const guild = await serverOf(one.guild, context);
  const member = await memberNow(guild, one.target);
  if (!member && action.ofMember) throw new Refused(t('moderation.refused.left'));
  const ordered = one.source === 'command' || one.source === 'mass';
  // Of many at once each would ask Discord anew for the same moderator, which halves what its limits allow.
  const known = one.source === 'mass' && one.actor !== null ? guild.members.cache.get(one.actor) : undefined;
  const actor = known ?? (ordered && one.actor !== null ? await memberNow(guild, one.actor) : undefined);
  if (action.toAnybody) return member !== undefined;
  // Without them nobody would stand in the way: whoever is to be spared could be acted against by leaving.
  if (ordered && !actor) throw new Refused(t('moderation.stands.gone'));
  const stands = await whatStandsInTheWay({ guild, actor, target: one.target, member }, context);
  const spared = stands ?? (action.refusesAtOnce && (await action.refuse?.(one, context, signal)));
  const kept = spared || (actor && action.refuseTo?.(one.data, actor, context));
  if (kept) throw new Refused(kept);
  return member !== undefined;
}

/** Before they are out of reach they are told soon or not at all: in a raid a ban must not wait for the limits of letters. */
async function tellBefore(one: Case, trying: Try, context: Context): Promise<Exclude<Told, null>> {
  const { signal } = trying;
  try {
    return await withDeadline('a letter', () => tell(one, trying, context), { signal, deadlineMs: LETTER_MS });
  } catch (error) {
    if (!(error instanceof RateLimitError || error instanceof DeadlineError)) throw error;
    context.log.info({ guild: one.guild, case: one.number, error }, 'an action did not wait for its letter');
    return 'no';
  }
}

async function tell(one: Case, { attempt, send }: Try, context: Context): Promise<Exclude<Told, null>> {
  try {
    return await tellTarget(one, send, context);
  } catch (error) {
    const waited = context.now().getTime() - one.createdAt.getTime();
    if (attempt < TRIES_TO_TELL && waited < PATIENCE_TO_TELL_MS) throw error;
    context.log.info({ guild: one.guild, case: one.number, error }, 'a member could not be told of an action');
    return 'no';
  }
}
