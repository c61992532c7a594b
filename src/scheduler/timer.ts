import type { Static, TSchema } from '@sinclair/typebox';
import type { APIMessage } from 'discord-api-types/v10';
import type { Context } from '../context.ts';
import type { Within } from '../db/connect.ts';
import type { Said } from '../services/answers/words.ts';
import type { Outgoing } from '../services/timers/send-once.ts';

/** One occurrence of a timer, to be delivered now. */
export interface Delivery<P = unknown> {
  readonly id: string;
  readonly owner: string;
  readonly guild: string | undefined;
  readonly channel: string | undefined;
  readonly payload: P;
  readonly zone: string;
  readonly dueAt: Date;
  /** It should have come well before now: no bot was there, or Discord was away. */
  readonly late: boolean;
  /** How many further occurrences were due meanwhile and come with this one (`missed: 'collapse'`). */
  readonly missed: number;
  readonly recurring: boolean;
  /** When an earlier try of this occurrence was begun that nobody knows the end of: what it wanted may be done already. */
  readonly triedAt: Date | undefined;
  /** Which try of this occurrence it is, from 1. */
  readonly attempt: number;
  /** Of this occurrence alone, and the same at every try to deliver it. */
  readonly nonce: string;
  /**
   * Sends a message, one a channel and delivery, so that it is there once however often the delivery is tried. A message
   * with buttons is known again by their ids, another by its words, so these must be the same at every try. `as` names what
   * is sent where another timer may send the same at the same moment: Discord then takes one of them.
   */
  readonly send: (channel: string, message: Outgoing, as?: string) => Promise<APIMessage>;
}

/** A timer that was tried in vain, and will not be tried again. */
export type GivenUp<P = unknown> = Pick<Delivery<P>, 'id' | 'owner' | 'guild' | 'channel' | 'payload'>;

/** How a delivery ended. `failed` is for good, and ends a timer that comes again, too; whatever is thrown is tried again. */
export type Outcome = {
  /** What is to be written with the outcome or not at all; not when another has taken the timer over meanwhile. */
  readonly also?: ((within: Within) => Promise<void>) | undefined;
} & /** `instead`: what had to be done in place of what was wanted, for the server's log. */ (
  | { readonly kind: 'done'; readonly instead?: Said }
  /** Nothing was delivered, and need not be; one that comes again does so. */
  | { readonly kind: 'skipped'; readonly why: Said }
  | { readonly kind: 'failed'; readonly why: Said }
);

interface TimerParts<P, C> {
  /**
   * What comes of an occurrence that is late: it is delivered late (`late`), passed over (`skip`), or delivered once for
   * all that were due meanwhile (`collapse`).
   */
  readonly missed: 'late' | 'skip' | 'collapse';
  /** From how much on it is late. Milliseconds [60,000]. */
  readonly lateAfterMs?: number;
  /** Whoever it belongs to has set it themselves, and hears that it has failed where no log of a server is told. */
  readonly tellsOwner?: boolean;
  /** How loudly the bot's own log says that it has failed [warn]. */
  readonly failure?: 'warn' | 'error';
  /** For one try; its signal is aborted then. Milliseconds. */
  readonly deadlineMs: number;
  /** After so many it is given up [100]; what waits for a limit of Discord's, or for its turn, costs none for a day. */
  readonly mostTries?: number;
  /**
   * Written together with its being given up, for what must not stay open. It then says itself what came of it, and the
   * server's log is told of no timer.
   */
  readonly givenUp?: (timer: GivenUp<P>, context: C, within: Within) => Promise<void>;
  readonly deliver: (delivery: Delivery<P>, context: C, signal: AbortSignal) => Promise<Outcome>;
}

export interface TimerKind<C = Context> extends TimerParts<unknown, C> {
  readonly payload: TSchema;
}

/** A kind of timer; its name is its file's. What is delivered has been checked against `payload`. */
export function defineTimer<const S extends TSchema, C = Context>(
  kind: { readonly payload: S } & TimerParts<Static<S>, C>,
): TimerKind<C> {
  const { givenUp } = kind;
  return {
    ...kind,
    deliver: (delivery, context, signal) => kind.deliver(delivery as Delivery<Static<S>>, context, signal),
    ...(givenUp && { givenUp: (timer, context, within) => givenUp(timer as GivenUp<Static<S>>, context, within) }),
  } as TimerKind<C>;
}
