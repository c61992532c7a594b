import { DiscordAPIError } from 'discord.js';
import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import type { Context } from '../context.ts';
import { databaseError } from '../db/away.ts';
import { BusyError, DeadlineError, StoppingError } from '../lib/errors.ts';
import type { Answer } from '../services/answers/answer.ts';
import { toPayload } from '../services/answers/payload.ts';
import { UserError } from '../services/answers/user-error.ts';
import { code, type Reader, type Said, t } from '../services/answers/words.ts';
import { AnsweredElsewhereError, LateAnswerError, type Responder } from './responder.ts';

export interface Failed {
  readonly error: unknown;
  /** What holds whatever failed, where asking again would do it twice. */
  readonly instead: Said | undefined;
  readonly label: string;
  readonly responder: Responder;
  readonly createdAt: number;
  readonly receivedAt: number;
  readonly reader: Reader;
}

/** Over this much loop delay, a late answer is the bot's own fault. Milliseconds. */
const LOOP_TO_BLAME_MS = 500;
/** Half of what Discord waits: whatever took this long is to blame. */
const HELD_UP_MS = 1_500;

/** What happens when an interaction fails: the person is told what to do next, the operator what it was. */
export async function handleFailure(failed: Failed, context: Context): Promise<void> {
  const { error, label, responder } = failed;
  const { log, metrics } = context;
  if (error instanceof LateAnswerError || error instanceof AnsweredElsewhereError) return reportLate(failed, context);
  const told = inPlainWords(error, failed, context);
  metrics.interactions.inc({ command: label, outcome: told.outcome });
  const answer: Answer = {
    tone: told.outcome === 'refused' ? 'warning' : 'bad',
    parts: [{ kind: 'text', text: told.outcome === 'refused' ? told.said : (failed.instead ?? told.said) }],
  };
  try {
    await responder.sendPrivately(toPayload({ ...answer, visible: 'private' }, failed.reader));
  } catch (undelivered) {
    if (undelivered instanceof LateAnswerError || undelivered instanceof AnsweredElsewhereError) {
      return reportLate({ ...failed, error: undelivered }, context);
    }
    log.error({ error: undelivered, what: label }, 'a failure could not be told to the person');
  }
}

interface Told {
  readonly outcome: 'refused' | 'away' | 'busy' | 'failed';
  readonly said: Said;
}

function inPlainWords(error: unknown, { label }: Failed, { log, gateway }: Context): Told {
  if (error instanceof UserError) {
    // A refusal is no failure, but what another failure led to is worth a line.
    if (error.cause !== undefined) log.info({ error, what: label }, 'a command could not do its work');
    return { outcome: 'refused', said: error.said };
  }
  if (databaseError(error)) {
    log.warn({ error, what: label }, 'the database was away');
    return { outcome: 'away', said: t('errors.databaseAway') };
  }
  if (error instanceof BusyError) return { outcome: 'busy', said: t('errors.busy') };
  if (error instanceof StoppingError) return { outcome: 'away', said: t('errors.stopping') };
  const lacks = error instanceof DiscordAPIError && REFUSALS.has(Number(error.code));
  const id = crypto.randomUUID().slice(0, 8);
  log.error({ error, what: label, errorId: id }, 'a command failed');
  if (error instanceof DeadlineError) return { outcome: 'failed', said: t('errors.deadline', { id: code(id) }) };
  if (lacks) return { outcome: 'failed', said: t('errors.discordRefused', { id: code(id) }) };
  return { outcome: 'failed', said: t(gateway.ready ? 'errors.failed' : 'errors.gatewayAway', { id: code(id) }) };
}

const REFUSALS: ReadonlySet<number> = new Set([
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.MissingAccess,
]);

/** A late answer helps nobody any more; what delayed it helps the operator. */
function reportLate(failed: Failed, { log, metrics, monitor, now }: Context): void {
  const { error, label, createdAt, receivedAt, responder } = failed;
  const at = now().getTime();
  const delays: Delays = {
    arrivedAfterMs: receivedAt - createdAt,
    queuedMs: (responder.begunAt ?? at) - receivedAt,
    loopMaxMs: monitor.longestWithin(at - createdAt),
  };
  const cause = error instanceof AnsweredElsewhereError ? 'second instance' : lateBecause(delays);
  metrics.interactions.inc({ command: label, outcome: 'late' });
  metrics.lateAcks.inc({ cause });
  log.warn(
    { error, what: label, cause, ...delays, answeredAfterMs: at - createdAt },
    'an interaction was answered too late',
  );
}

interface Delays {
  /** From Discord making the interaction to the bot having it. */
  readonly arrivedAfterMs: number;
  /** From having it to beginning the first answer. */
  readonly queuedMs: number;
  /** The longest stall of the loop meanwhile. */
  readonly loopMaxMs: number;
}

/** What held a late answer up. All in milliseconds. */
export function lateBecause({ arrivedAfterMs, queuedMs, loopMaxMs }: Delays): string {
  if (loopMaxMs > LOOP_TO_BLAME_MS) return 'loop lag';
  if (arrivedAfterMs > HELD_UP_MS) return 'network: it arrived late';
  if (queuedMs > HELD_UP_MS) return 'queueing';
  return 'network: the answer took too long';
}
