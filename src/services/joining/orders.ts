import { type Static, Type } from '@sinclair/typebox';
import type { AreaValue } from '../settings/areas.ts';
import type { NewTimer } from '../timers/timers.ts';
import type { Newcomer } from './welcome-text.ts';

/** What a timer of a welcome says. `draw` says which of several texts it is, so that every try says the same. */
export const WelcomePayload = Type.Object({
  where: Type.Union([Type.Literal('channel'), Type.Literal('dm'), Type.Literal('farewell')]),
  name: Type.String(),
  count: Type.Integer({ minimum: 0 }),
  draw: Type.Integer({ minimum: 0 }),
  /** Of whom a card is to be drawn: the name of their account, and where their picture is. */
  card: Type.Optional(Type.Object({ account: Type.String(), picture: Type.String() })),
});
export type WelcomePayload = Static<typeof WelcomePayload>;
export type CardAccount = NonNullable<WelcomePayload['card']>;

/**
 * What a timer of roles says. `waiting`: for Discord's screening, and nothing is given when that never ends. `kept` are those with which
 * they left before.
 */
export const RolesPayload = Type.Object({
  bot: Type.Boolean(),
  waiting: Type.Boolean(),
  kept: Type.Optional(Type.Array(Type.String())),
});
export type RolesPayload = Static<typeof RolesPayload>;

const MINUTE_MS = 60_000;
/** Whoever has not passed the screening by then is waited for no longer. */
export const SCREENING_MS = 30 * 86_400_000;

interface Arrival extends Newcomer, CardAccount {
  readonly guild: string;
  readonly bot: boolean;
  /** Whether Discord's screening is still before them. */
  readonly pending: boolean;
  readonly at: Date;
  /** When the bot heard of it. */
  readonly heard: Date;
  readonly draw: number;
  /** The roles with which they left, to be given back. */
  readonly kept: readonly string[];
}

interface Wanted {
  readonly welcome: AreaValue<'welcome'>;
  readonly joinRoles: AreaValue<'joinRoles'>;
  readonly verification: AreaValue<'verification'>;
}

/** All that is to be done for somebody who has joined, each by a timer of its own, so that none keeps another from it. */
export function ordersFor(arrival: Arrival, { welcome, joinRoles, verification }: Wanted): readonly NewTimer[] {
  const { guild, id: owner, bot, at, kept } = arrival;
  const base = { owner, guild, zone: 'UTC' } as const;
  const greets = welcome.bots || !bot;
  const { channel } = welcome;
  const card = welcome.card ? { account: arrival.account, picture: arrival.picture } : undefined;
  return [
    ...(greets && channel !== undefined
      ? [{ ...base, ...welcomeOrder(arrival, 'channel', card), channel, due: at }]
      : []),
    ...(!bot && welcome.letters.length > 0 ? [{ ...base, ...welcomeOrder(arrival, 'dm'), due: at }] : []),
    ...((bot ? joinRoles.bots : joinRoles.people).length + kept.length > 0
      ? [{ ...base, ...rolesOrder(arrival, joinRoles) }]
      : []),
    ...(!bot && kicks(verification) ? [{ ...base, ...kickOrder(arrival, verification) }] : []),
  ];
}

/** What is said of somebody who has left; nothing where nothing is said of anybody. */
export function farewellFor(
  arrival: Omit<Arrival, 'heard' | 'pending' | 'kept' | keyof CardAccount>,
  welcome: AreaValue<'welcome'>,
): NewTimer | undefined {
  const { channel, farewells, bots } = welcome;
  const { guild, id: owner, bot, at: due } = arrival;
  if (channel === undefined || farewells.length === 0 || (bot && !bots)) return undefined;
  return { owner, guild, channel, zone: 'UTC', due, ...welcomeOrder(arrival, 'farewell') };
}

export function kicks({ channel, role, kickAfterHours }: AreaValue<'verification'>): boolean {
  return channel !== undefined && role !== undefined && kickAfterHours > 0;
}

/** Before the bot heard of them nobody could show it anything. */
function kickOrder({ at, heard }: Arrival, { kickAfterHours }: AreaValue<'verification'>) {
  const due = kickDue(heard, kickAfterHours);
  return { kind: 'verification-end', payload: { joined: at.getTime() }, due } as const;
}

/** When whoever could pass since then has to have passed. */
export function kickDue(since: Date, hours: number): Date {
  return new Date(since.getTime() + hours * 60 * MINUTE_MS);
}

function welcomeOrder(
  { name, count, draw }: Pick<Arrival, 'name' | 'count' | 'draw'>,
  where: WelcomePayload['where'],
  card?: CardAccount,
) {
  return { kind: 'welcome', payload: { where, name, count, draw, ...(card && { card }) } } as const;
}

function rolesOrder({ bot, pending, at, kept }: Arrival, { afterScreening, delayMinutes }: AreaValue<'joinRoles'>) {
  const waiting = pending && afterScreening;
  const due = new Date(at.getTime() + (waiting ? SCREENING_MS : delayMinutes * MINUTE_MS));
  return { kind: 'join-roles', payload: { bot, waiting, kept: [...kept] }, due } as const;
}

/** When whoever has passed the screening gets their roles. */
export function afterScreening(now: Date, { delayMinutes }: AreaValue<'joinRoles'>): Date {
  return new Date(now.getTime() + delayMinutes * MINUTE_MS);
}
