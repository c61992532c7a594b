import type { JSONValue } from 'postgres';
import {
  type Case,
  type CaseKey,
  type Evidence,
  endCase,
  endEarlier,
  findCase,
  insertCase,
  keepCaseData,
  keepCaseEvidence,
  keepTold,
  markHeard,
  placeCase,
  type Settled,
  type Source,
  setEndTimer,
  settleCase,
  takeNumbers,
} from '../../db/cases.ts';
import type { Database, Within } from '../../db/connect.ts';
import { dropTimer } from '../../db/timers.ts';
import { Runs } from '../../lib/runs.ts';
import { asData, type Said, t, type Words } from '../answers/words.ts';
import type { Settings } from '../settings/settings.ts';
import type { Timers } from '../timers/timers.ts';
import { actionOf } from './actions.ts';
import { TwoModeratorBrake } from './brake.ts';
import { caseTimer } from './case-timer.ts';
import { isOver, sameOf } from './enders.ts';
import { Outcomes } from './outcomes.ts';

export type { Case, CaseKey, Evidence } from '../../db/cases.ts';

/** Somebody who orders an action; without an id it is not known who. */
export interface Actor {
  readonly id: string | null;
  readonly name: string;
  /** Whether they own the server or run the bot, whom no brake stops [false]. */
  readonly above?: boolean | undefined;
}

/** An action that is wanted. */
export interface NewAction {
  readonly guild: string;
  /** The file's name of an action. */
  readonly type: string;
  readonly target: string;
  readonly targetName: string;
  readonly actor: Actor;
  readonly reason?: string | undefined;
  /** When its effect ends. */
  readonly until?: Date | undefined;
  readonly points?: number | undefined;
  /** Whether the member is not told. */
  readonly silent?: boolean | undefined;
  readonly evidence?: readonly Evidence[] | undefined;
  readonly source: Source;
  /** Whose order led to this by a rule of the server; the brake counts it for them. */
  readonly ledBy?: (Actor & { readonly id: string }) | undefined;
  /** What the type's schema says. */
  readonly data?: JSONValue | undefined;
  /** Whether whoever orders it does it themselves, with what brings them back after a crash, and settles it [false]. */
  readonly held?: boolean | undefined;
}

/** How an action ended. */
export type Ending = { readonly told: Case['told'] } & (
  | { readonly kind: 'done' }
  | { readonly kind: 'void'; readonly why: Words }
);

const LONGEST_NAME = 100;
/** How long whoever ordered something is waited for before they are written to. */
const UNHEARD_MS = 15_000;
const CHANNEL = 'cases';
/** How far Discord's clock and ours may be apart. */
const CLOCKS_APART_MS = 10_000;

interface Opening {
  readonly database: Database;
  readonly timers: Timers;
  readonly settings: Settings;
  readonly now: () => Date;
}

/** Opens what keeps the cases and listens for those that other processes settle. */
export async function openModeration(opening: Opening): Promise<Moderation> {
  const outcomes = new Outcomes(opening.database.db);
  const listening = await opening.database.listen(CHANNEL, {
    heard: (key) => outcomes.heard(key),
    missed: () => outcomes.missed(),
  });
  return new Moderation(opening, outcomes, listening);
}

/**
 * What is done to keep order. An action is a case and a timer that does it, written together: so it is done once,
 * whatever dies meanwhile, by any process that shares the database.
 */
export class Moderation implements Disposable {
  /** Exports of cases under way. */
  readonly exports = new Runs();
  /** Stops whoever does too much in a short time. */
  readonly brake: TwoModeratorBrake;
  readonly #database: Database;
  readonly #timers: Timers;
  readonly #now: () => Date;
  readonly #outcomes: Outcomes;
  readonly #listening: Disposable;

  /** Use `openModeration`. */
  constructor(opening: Opening, outcomes: Outcomes, listening: Disposable) {
    const { database, timers, now } = opening;
    this.brake = new TwoModeratorBrake(opening);
    this.#database = database;
    this.#timers = timers;
    this.#now = now;
    this.#outcomes = outcomes;
    this.#listening = listening;
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
  }

  /**
   * Makes cases of what is wanted, all or none, and has them done from now on. Says their numbers, in the same order. What the
   * brake stops is void at once.
   */
  async order(wanted: NewAction | readonly NewAction[], within?: Within): Promise<readonly number[]> {
    const orders: readonly NewAction[] = Array.isArray(wanted) ? wanted : [wanted as NewAction];
    if (within) return await this.#order(within, orders);
    return await this.#database.begin((tx, notify) => this.#order({ tx, notify }, orders));
  }

  /** Has cases that were held be done from now on, as others are. */
  async release(within: Within, ones: readonly Case[]): Promise<void> {
    for (const one of ones) await this.#add(within, one, 'moderation', this.#now());
  }

  /** A case as it stands; within a transaction it is that which has to ask. */
  get(key: CaseKey, within?: Within): Promise<Case | undefined> {
    return findCase(within?.tx ?? this.#database.db, key);
  }

  /** Waits until a case is not pending any more. Rejects with the signal's reason. */
  outcome(guild: string, number: number, signal: AbortSignal): Promise<Case> {
    return this.#outcomes.of({ guild, number }, signal);
  }

  /** Whoever ordered these was shown how they went, and need not be written to. */
  heard(guild: string, numbers: readonly number[]): Promise<void> {
    return markHeard(this.#database.db, guild, numbers);
  }

  /** Keeps whether the member got the message, which goes before what puts them out of reach. */
  told(key: CaseKey, told: Case['told']): Promise<void> {
    return keepTold(this.#database.db, key, told);
  }

  /** Keeps what an action has to know again if it is begun anew. */
  keep(key: CaseKey, data: JSONValue): Promise<void> {
    return keepCaseData(this.#database.db, key, data);
  }

  /**
   * Writes how a pending case ended, and with it what follows: what ends it, what it ends, what the log and, if nobody
   * hears of it otherwise, who ordered it are told. False when it was not pending any more.
   */
  async settle(within: Within, one: Case, ending: Ending): Promise<boolean> {
    const { tx } = within;
    const voidReason = ending.kind === 'void' ? asData(ending.why) : null;
    const settled: Settled = { state: ending.kind, voidReason, told: ending.told, at: this.#now() };
    if (!(await settleCase(tx, one, settled))) return false;
    if (ending.kind === 'done') await this.#follow(within, one);
    else if (one.source === 'command' && one.actor !== null) {
      await this.#add(within, one, 'moderation-refusal', new Date(this.#now().getTime() + UNHEARD_MS));
    }
    // They were told before, and it was not done.
    if (ending.kind === 'void' && ending.told === 'yes' && actionOf(one)?.removes) {
      await this.#add(within, one, 'moderation-taken-back', this.#now());
    }
    if (one.source !== 'mass') await this.log(within, one); // of many at once the log tells once, with a list
    await this.announce(within, one);
    return true;
  }

  /** A pending case was tried in vain, or nothing does it any more: it is void, and whoever ordered it hears of that. */
  async giveUp(within: Within, one: Case): Promise<void> {
    const left = actionOf(one)?.leaves;
    const why = left ? t('moderation.refused.halfDone', { left }) : t('moderation.refused.tooOften');
    await this.settle(within, one, { kind: 'void', why, told: one.told });
  }

  /** Says that a case cannot go on as it should for now, and why: in the server's log, or to whoever ordered it. */
  async trouble(within: Within, one: Case, why: Said): Promise<void> {
    await this.#add(within, one, 'moderation-trouble', this.#now(), { why: asData(why) });
  }

  /** Has the log tell of a case as it stands, in the message it has there or in a new one. */
  async log(within: Within, one: Case): Promise<void> {
    await this.#add(within, one, 'moderation-log', this.#now());
  }

  /** Tells all processes that a case has changed. */
  async announce({ notify }: Within, { guild, number }: CaseKey): Promise<void> {
    await notify(CHANNEL, `${guild} ${number}`);
  }

  /**
   * Has the bot see to the end of a case's effect, which the transaction holds, at another time, or not at all any more.
   * `troubled`: that was told of as trouble.
   */
  async endAt(within: Within, one: Case, at: Date | undefined, troubled = false): Promise<void> {
    if (one.endTimer !== null) await dropTimer(within.tx, { id: one.endTimer, kind: 'moderation-end' });
    const timer = at && (await this.#add(within, one, 'moderation-end', at, troubled ? { troubled } : {}));
    await setEndTimer(within.tx, one, timer?.id ?? null);
  }

  /** The effect of a case is over. */
  async ended({ tx }: Within, one: CaseKey): Promise<void> {
    await endCase(tx, one, this.#now());
  }

  /** Keeps where the evidence of a case is by now, and has the log tell of it if that has told of the case. */
  async keepEvidence(within: Within, one: Case, evidence: readonly Evidence[]): Promise<void> {
    const state = await keepCaseEvidence(within.tx, one, evidence);
    if (state !== 'pending') await this.log(within, one);
  }

  /** Keeps where the log tells of a case; nowhere any more without a place. */
  async logged(
    { tx }: Within,
    one: CaseKey,
    place: { readonly channel: string; readonly message: string } | undefined,
  ) {
    await placeCase(tx, one, place);
  }

  async #order(within: Within, orders: readonly NewAction[]): Promise<readonly number[]> {
    const numbers: number[] = [];
    const servers = Map.groupBy(orders.keys(), (at) => orders[at]?.guild ?? '');
    // Always in the same order, so that two such transactions never wait for each other.
    for (const [guild, own] of [...servers].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const first = await takeNumbers(within.tx, guild, own.length);
      for (const [turn, at] of own.entries()) numbers[at] = first + turn;
    }
    for (const [at, order] of orders.entries()) await this.#insert(within, order, numbers[at] ?? 0);
    const stopped = await this.brake.stops(within, orders); // these are counted by now
    for (const [at, order] of orders.entries()) {
      const made = { guild: order.guild, number: numbers[at] ?? 0 };
      if (stopped.has(order)) await this.#stop(within, made);
      else if (!order.held) {
        await this.#add(within, { ...made, actor: order.actor.id, target: order.target }, 'moderation', this.#now());
      }
    }
    return numbers;
  }

  async #insert(within: Within, order: NewAction, number: number): Promise<void> {
    const { guild, type, target, targetName, actor, source } = order;
    if (!actionOf(order)) throw new Error(`there is no action ${type}`);
    const { reason = null, until = null, points = 0, silent = false, evidence = [], data = {} } = order;
    await insertCase(within.tx, {
      ...{ guild, number, type, target, reason, source, silent, until, points, evidence, data },
      ...{
        targetName: targetName.slice(0, LONGEST_NAME),
        actor: actor.id,
        actorName: actor.name.slice(0, LONGEST_NAME),
        ledBy: order.ledBy?.id ?? null,
      },
      createdAt: this.#now(),
    });
    if (evidence.some(({ kind }) => kind === 'file')) {
      await this.#add(within, { guild, number, actor: actor.id, target }, 'moderation-evidence', this.#now());
    }
  }

  async #stop(within: Within, key: CaseKey): Promise<void> {
    const one = await findCase(within.tx, key);
    if (one) await this.settle(within, one, { kind: 'void', why: t('moderation.refused.braked'), told: null });
  }

  async #follow(within: Within, one: Case): Promise<void> {
    const now = this.#now();
    const action = actionOf(one);
    // What was done in Discord itself may be heard of when more has been done since.
    const before = one.source === 'discord' ? new Date(one.createdAt.getTime() + CLOCKS_APART_MS) : undefined;
    const timers = action?.ends
      ? await endEarlier(within.tx, one, action.ends, { at: now, same: sameOf(one, action), before })
      : [];
    for (const id of timers) await dropTimer(within.tx, { id, kind: 'moderation-end' });
    if (before && (await isOver(within, one, before))) return await this.ended(within, one);
    const endsAt = action?.endsAt?.(one, now);
    if (endsAt) await this.endAt(within, one, endsAt);
  }

  #add(within: Within, ...given: Parameters<typeof caseTimer>) {
    return this.#timers.addWithin(within, caseTimer(...given));
  }
}
