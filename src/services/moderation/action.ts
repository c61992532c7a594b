import type { Static, TSchema } from '@sinclair/typebox';
import type { GuildMember } from 'discord.js';
import type { Context } from '../../context.ts';
import type { Case } from '../../db/cases.ts';
import type { Said } from '../answers/words.ts';
import type { NewAction } from './moderation.ts';

/** An action under way. */
export interface Doing<D = unknown> {
  readonly one: Case;
  readonly data: D;
  readonly context: Context;
  /** What Discord's audit log is given: who, which case, why. */
  readonly reason: string;
  /** When a try was begun of which nobody knows how far it got; nothing at the first. */
  readonly triedAt: Date | undefined;
  readonly signal: AbortSignal;
  /** Keeps what has to be known when it is begun anew, such as what is to be given back, before anything is taken. */
  readonly keep: (data: D) => Promise<void>;
}

/**
 * What comes when the time of a case is over: another action, or a further look later, with what stands in the way where something
 * does; nothing: it is just over.
 */
export type AtEnd = { readonly order: NewAction } | { readonly again: Date; readonly trouble?: Said } | undefined;

/** What takes a case back: its type, its data, and until when where that is for a time. */
export type Undoing = Pick<NewAction, 'type' | 'data' | 'until'>;

/** Somebody or something that an action is about to be ordered for. */
export interface Asked {
  readonly guild: string;
  readonly target: string;
  readonly targetName: string;
  readonly until: Date | null;
}

interface ActionParts<D> {
  /** Whether the target is a person, whose place above or below others counts [true]. */
  readonly ofPerson?: boolean;
  /** Whether nobody's place stands in its way, as for what is not done to anybody [false]. */
  readonly toAnybody?: boolean;
  /** Whether the person has to be in the server [false]. */
  readonly ofMember?: boolean;
  /** Whether the person is out of reach afterwards, and so told before [false]. */
  readonly removes?: boolean;
  /** Whether the person is told at all, unless it is to be silent [true]. */
  readonly tells?: boolean;
  /** Whether it waits for what was ordered before for the same target [true]. */
  readonly inTurn?: boolean;
  /** Types whose effect on the same target is over with this one. */
  readonly ends?: readonly string[];
  /** Parts of its data that have to be the same in what it ends, such as the role [none]. */
  readonly endsSame?: readonly string[];
  /** The type that takes its effect back from the same target [none]. */
  readonly undoneBy?: string;
  /** What that is given [the same data, and the number as `case`, as far as it asks for it]. Rejects as Discord does, or with `Refused`. */
  readonly undo?: (doing: Doing<D>) => Promise<Undoing>;
  /** Whether its effect is said to last until it is taken back [true where something does]. */
  readonly lasts?: boolean;
  /** What may be left half-done when it is given up, and how to mend that [nothing]. */
  readonly leaves?: Said;
  /** What exactly it is about, beyond its type and target, such as the role; nothing where there is no more to say. */
  readonly about?: (data: D) => Said | undefined;
  /** Why who orders it may not, beyond their place above the target, by what they hold at that moment. */
  readonly refuseTo?: (data: D, actor: GuildMember, context: Pick<Context, 'gateway'>) => Said | undefined;
  /** What whoever it was done to is told besides, once it is done. */
  readonly besides?: (data: D) => Said | undefined;
  /** Why it would be of no use, before a case is made of it. */
  readonly refuse?: (asked: Asked, context: Context, signal: AbortSignal) => Promise<Said | undefined>;
  /** Whether `refuse` asks Discord nothing, and is so asked again when it comes to be done [false]. */
  readonly refusesAtOnce?: boolean;
  /** Whether it is done already; asked only when an earlier try may have got through. Rejects as Discord does. */
  readonly isDone?: (doing: Doing<D>) => Promise<boolean>;
  /** Does it; may be asked again after a try that failed. Rejects as Discord does, or with `Refused`. */
  readonly act?: (doing: Doing<D>) => Promise<void>;
  /** Whether what lasts by it, as far as is known here, is over at Discord [not looked for]. Rejects as Discord does. */
  readonly isGone?: (doing: Doing<D>) => Promise<boolean>;
  /** When the bot has to see to it again, if it has an end [never]. */
  readonly endsAt?: (one: Case, now: Date) => Date | undefined;
  readonly atEnd?: (doing: Doing<D>) => Promise<AtEnd>;
}

export interface Action extends ActionParts<unknown> {
  readonly data: TSchema;
}

/** A type of action; its name is its file's. What a case keeps in `data` has been checked against the schema. */
export function defineAction<const S extends TSchema>(action: { readonly data: S } & ActionParts<Static<S>>): Action {
  return action as unknown as Action; // its own functions are given what its own schema has checked
}
