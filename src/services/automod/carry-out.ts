import type { Context } from '../../context.ts';
import { withDeadline } from '../../lib/deadline.ts';
import type { Hit } from '../../workers/rules/verdict.ts';
import type { Accepted } from './accepted.ts';
import { act } from './act.ts';
import type { JudgedMessage } from './judged.ts';
import { judgedOf } from './payload.ts';
import { rankOf } from './rank.ts';
import { whenThere } from './when-there.ts';

/** All that the rules want of one message; the next one of its author waits for it. */
const DEADLINE_MS = 5 * 60_000;

/** What is done about a message: its turn, after which comes the next one of its author, and the whole. */
export interface CarriedOut {
  /** Never rejects. */
  readonly turn: Promise<void>;
  /** Rejects only where it was stopped. */
  readonly whole: Promise<void>;
}

/** Does what the rules want of a message, but those that do not bind its author. What has to be asked about first holds nobody up. */
export function carryOut(one: Accepted, context: Context, stop: AbortSignal): CarriedOut {
  const turn = Promise.withResolvers<void>();
  return { turn: turn.promise, whole: whole(one, turn.resolve, context, stop).finally(turn.resolve) };
}

/** Has the windows see a message of which no rule holds: it may be a copy of one that comes later. */
export function see(one: Accepted, { automod }: Pick<Context, 'automod'>): void {
  const { rules, verdict, payload } = one;
  if (rules && verdict) automod.late.see(judgedOf(payload, one), verdict, rules.rules);
}

async function whole(one: Accepted, onTurn: () => void, context: Context, stop: AbortSignal): Promise<void> {
  const { rules, verdict } = one;
  if (!rules || !verdict) return;
  const message = judgedOf(one.payload, one);
  const work = async (signal: AbortSignal) => {
    // Without the database nobody knows who is exempt, and nothing could be done either.
    const hits = await whenThere(() => bindingHits(message, one, context), signal);
    if (hits.length === 0 && !message.edited) return;
    await act(message, { rules: rules.rules, hits, verdict }, context, { signal, onTurn });
  };
  try {
    await withDeadline(`what rules want of message ${message.id}`, work, { signal: stop, deadlineMs: DEADLINE_MS });
  } catch (error) {
    stop.throwIfAborted();
    const { guild, id } = message;
    context.log.error({ error, guild, message: id }, 'what rules want of a message could not be done');
  }
}

/** Those hits whose rules bind whoever has the author's rank. */
async function bindingHits(message: JudgedMessage, { rules, verdict }: Accepted, context: Context): Promise<Hit[]> {
  const [rank, { exemptRank }] = await Promise.all([
    rankOf(message, context),
    context.settings.of(message.guild, 'automod'),
  ]);
  const hits = verdict?.hits ?? [];
  return rank >= exemptRank ? [] : hits.filter(({ rule }) => rank < (rules?.rules[rule]?.except.rank ?? 0));
}
