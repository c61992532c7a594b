import type { Context } from '../../context.ts';
import type { Hit } from '../../workers/rules/verdict.ts';
import type { Accepted } from './accepted.ts';
import { act } from './act.ts';
import type { JudgedMessage } from './judged.ts';
import { judgedOf } from './payload.ts';
import { rankOf } from './rank.ts';
import { whenThere } from './when-there.ts';

/** So long the next message of an author waits at most for what rules want of this one. */
const TURN_MS = 5 * 60_000;

/** What is done about a message: its turn, after which comes the next one of its author, and the whole. */
export interface CarriedOut {
  /** Never rejects. */
  readonly turn: Promise<void>;
  /** Rejects only where it was stopped: what hangs on the database is tried until it is done. */
  readonly whole: Promise<void>;
}

/** Does what the rules want of a message, but those that do not bind its author. What has to be asked about first holds nobody up. */
export function carryOut(one: Accepted, context: Context, stop: AbortSignal, turnMs = TURN_MS): CarriedOut {
  const turn = Promise.withResolvers<void>();
  const timer = setTimeout(turn.resolve, turnMs);
  const end = () => {
    clearTimeout(timer);
    turn.resolve();
  };
  return { turn: turn.promise, whole: whole(one, end, context, stop).finally(end) };
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
  try {
    // Without the database nobody knows who is exempt, and nothing could be done either.
    const hits = await whenThere(() => bindingHits(message, one, context), stop);
    if (hits.length === 0 && !message.edited) return;
    await act(message, { rules: rules.rules, hits, verdict }, context, { signal: stop, onTurn });
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
