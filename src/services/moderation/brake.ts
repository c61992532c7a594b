import {
  type BrakeKind,
  type Counting,
  countDone,
  countedSince,
  insertBrake,
  isBraked,
  liftBrake,
  type Whose,
} from '../../db/brakes.ts';
import type { Within } from '../../db/connect.ts';
import { readSettings } from '../../db/settings.ts';
import { AREAS, type AreaValue } from '../settings/areas.ts';
import type { Settings } from '../settings/settings.ts';
import type { Timers } from '../timers/timers.ts';
import { BRAKE_KINDS, brakedAs, countingOf } from './brake-kinds.ts';
import type { NewAction } from './moderation.ts';

const MINUTE_MS = 60_000;
/** How far Discord's clock and ours may be apart. */
const CLOCKS_APART_MS = 10_000;

/** What somebody has done, and is about to do besides. */
interface Doing extends Whose {
  readonly what: BrakeKind;
  /** When it was done: now, or what the audit log says. */
  readonly at?: Date;
  /** What is not written down yet [0]. */
  readonly more?: number;
}

interface Named {
  readonly actorName: string;
}

interface Opening {
  readonly settings: Settings;
  readonly timers: Timers;
  readonly now: () => Date;
}

/**
 * Freezes the rank of an account, a person's or a bot's, that does more in a short time than its server lets one do, until the owner
 * lifts that. It is counted in the transaction that makes the cases, while that holds the server's numbers: so of two
 * processes each sees what the other let pass.
 */
export class TwoModeratorBrake {
  readonly #opening: Opening;

  constructor(opening: Opening) {
    this.#opening = opening;
  }

  /**
   * Whether it is too much for one account, or its rank is frozen already. The first time it freezes it, and has the owner told.
   * The server's numbers have to be held.
   */
  async holds(within: Within, doing: Doing & Named): Promise<boolean> {
    if (await isBraked(within.tx, doing)) return true;
    const since = await this.#exceededSince(within, doing, countingOf(doing.what, ['command', 'discord']));
    if (since === undefined) return false;
    await this.#freeze(within, doing, since);
    return true;
  }

  /** Whether it would be too much for one account to do alone. The server's numbers have to be held. */
  async exceeds(within: Within, doing: Doing): Promise<boolean> {
    return (await this.#exceededSince(within, doing, countingOf(doing.what, ['command', 'discord']))) !== undefined;
  }

  /**
   * Which of these, whose cases are made, are not to be done. All of one kind that somebody orders at once are, or none is. What the
   * server's own rules do is theirs whose order led to it; the bot itself is never stopped, but told of.
   */
  async stops(within: Within, orders: readonly NewAction[]): Promise<ReadonlySet<NewAction>> {
    const stopped = new Set<NewAction>();
    for (const own of byAccount(orders)) {
      const held = await this.#heldOf(within, own);
      for (const order of held) stopped.add(order);
    }
    for (const order of orders) if (order.source === 'automod' && !stopped.has(order)) await this.#watch(within, order);
    return stopped;
  }

  /** Gives somebody their rank back; what they did before counts no more. False when it was not frozen. */
  async lift(within: Within, whose: Whose, by: string): Promise<boolean> {
    const { settings, now } = this.#opening;
    if (!(await liftBrake(within.tx, whose, by, now()))) return false;
    const thawed = ({ frozen }: AreaValue<'permissions'>) => ({ frozen: frozen.filter((id) => id !== whose.actor) });
    await settings.setWithin(within, whose.guild, 'permissions', thawed, { by });
    return true;
  }

  /** Those of one account's orders that are not to be done. */
  async #heldOf(within: Within, orders: readonly NewAction[]): Promise<readonly NewAction[]> {
    const whose = orders[0] && accountOf(orders[0]);
    if (!whose) return [];
    if (await isBraked(within.tx, whose)) return orders;
    for (const what of BRAKE_KINDS) {
      const own = orders.filter(({ type }) => brakedAs(type) === what);
      // Whoever is frozen now does nothing else of it either.
      if (own.length > 0 && (await this.holds(within, { ...whose, what }))) return orders;
    }
    return [];
  }

  /** The owner is told of what the bot does by itself above the limits; it goes on, since nobody else would. */
  async #watch(within: Within, order: NewAction): Promise<void> {
    const what = brakedAs(order.type);
    const whose = whoseOf(order);
    if (!what || !whose) return;
    const since = await this.#exceededSince(within, { ...whose, what }, countingOf(what, ['automod']));
    const at = this.#opening.now();
    if (since) await this.#tell(within, { ...whose, what }, { since, liftedAt: at });
  }

  /** From when on it counts, where it is too much since then. */
  async #exceededSince({ tx }: Within, doing: Doing, counting: Counting): Promise<Date | undefined> {
    const { guild, what, at = this.#opening.now(), more = 0 } = doing;
    const limits = AREAS.moderation.mend((await readSettings(tx, guild, 'moderation'))?.value).value;
    const most = limits[SETTING[what]];
    if (most === 0) return undefined;
    const since = await countedSince(tx, doing, new Date(at.getTime() - limits.brakeMinutes * MINUTE_MS));
    const until = new Date(at.getTime() + CLOCKS_APART_MS);
    return (await countDone(tx, doing, counting, { since, until })) + more > most ? since : undefined;
  }

  async #freeze(within: Within, doing: Doing & Named, since: Date): Promise<void> {
    const { guild, actor } = doing;
    const id = await this.#tell(within, doing, { since, liftedAt: null });
    await this.#add(within, 'brake-disarm', doing, id);
    const frozen = (ranks: AreaValue<'permissions'>) => ({ frozen: [...new Set([...ranks.frozen, actor])] });
    const outcome = await this.#opening.settings.setWithin(within, guild, 'permissions', frozen, { by: null });
    if (!outcome.ok) throw new Error(`the rank of ${actor} could not be frozen`);
  }

  async #tell(
    within: Within,
    { guild, actor, actorName, what }: Doing & Named,
    { since, liftedAt }: { readonly since: Date; readonly liftedAt: Date | null },
  ): Promise<string> {
    const id = crypto.randomUUID();
    const madeAt = liftedAt ?? this.#opening.now();
    await insertBrake(within.tx, { id, guild, actor, actorName, what, since, liftedAt, madeAt });
    await this.#add(within, 'brake-alert', { guild, actor }, id);
    return id;
  }

  async #add(within: Within, kind: string, { guild, actor: owner }: Whose, brake: string): Promise<void> {
    const { timers, now } = this.#opening;
    await timers.addWithin(within, { kind, owner, guild, payload: { brake }, due: now(), zone: 'UTC' });
  }
}

const SETTING = {
  bans: 'brakeBans',
  kicks: 'brakeKicks',
  roles: 'brakeRoles',
  deletions: 'brakeDeletions',
  messages: 'brakeMessages',
} as const satisfies Record<BrakeKind, keyof AreaValue<'moderation'>>;

/** Who answers for an order: what people do to others, and what that leads to. What they do to themselves harms nobody. */
function accountOf({ guild, source, actor, target, ledBy }: NewAction): (Whose & Named) | undefined {
  const account = source === 'command' ? actor : ledBy;
  if (!account || account.id === null || account.above || account.id === target) return undefined;
  return { guild, actor: account.id, actorName: account.name };
}

function byAccount(orders: readonly NewAction[]): Iterable<readonly NewAction[]> {
  const own = orders.filter((order) => accountOf(order) !== undefined);
  return Map.groupBy(own, (order) => `${order.guild} ${accountOf(order)?.actor}`).values();
}

function whoseOf({ guild, actor }: NewAction): (Whose & Named) | undefined {
  return actor.id === null ? undefined : { guild, actor: actor.id, actorName: actor.name };
}
