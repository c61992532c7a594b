import { DiscordAPIError, type REST } from 'discord.js';
import { Routes } from 'discord-api-types/v10';
import { casesAskedWith } from '../db/asked-cases.ts';
import { databaseError } from '../db/away.ts';
import { markHeard } from '../db/cases.ts';
import type { Database } from '../db/connect.ts';
import {
  dropPromise,
  keepPromise,
  leaveOthersPromises,
  leavePromise,
  type PromisedAnswer,
  renewPromises,
  takeOverPromises,
} from '../db/promised-answers.ts';
import { delay, withDeadline } from '../lib/deadline.ts';
import type { I18n } from '../lib/i18n.ts';
import type { Logger } from '../lib/log.ts';
import type { Metrics } from '../lib/metrics.ts';
import type { Answer } from '../services/answers/answer.ts';
import { isUnfinished, toPayload } from '../services/answers/payload.ts';
import { t } from '../services/answers/words.ts';
import { howTheyStand } from '../services/moderation/case-line.ts';

/** Discord takes edits of an answer for this long after it made the interaction. */
const TAKEN_MS = 15 * 60_000;
/** How often a process says that it lives, and looks for those that do not. */
const TICK_MS = 3_000;
/** Whoever has said nothing for so long is gone. */
const HOLD_MS = 10_000;
/** Time for telling people, before another process may try. */
const TELLING_MS = 60_000;
const REQUEST_MS = 15_000;
const AT_ONCE = 20;
const CLOSING_MS = 2_000;
const CUT_OFF: Answer = { tone: 'warning', parts: [{ kind: 'text', text: t('errors.cutOff') }] };

interface Needs {
  readonly database: Database;
  readonly rest: REST;
  readonly application: string;
  readonly i18n: I18n;
  readonly log: Logger;
  readonly metrics: Pick<Metrics, 'interactions'>;
  readonly now: () => Date;
}

type Wanted = 'kept' | 'dropped' | 'left';

interface Promised {
  readonly answer: PromisedAnswer;
  readonly takenUntil: number;
  wanted: Wanted;
  /** What the database has of it; `absent` until the first try to write it. */
  stored: Wanted | 'absent' | 'unknown';
  turn: Promise<void>;
}

/**
 * Answers that people were promised. Each is noted in the database until it is given, so that when its process dies,
 * another or the next one can say so in its place. Nothing waits for the database: what it missed is made up for.
 */
export class PromisedAnswers implements AsyncDisposable {
  readonly #needs: Needs;
  readonly #owner = crypto.randomUUID();
  readonly #promised = new Map<string, Promised>();
  readonly #stop = new AbortController();
  readonly #away: Disposable;
  #loop: Promise<void> = Promise.resolve();
  /** Who was cut off from the database could not say that they live: they are given the time to. */
  #lookFrom = 0;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.#away = needs.database.onAway(() => {
      this.#lookFrom = performance.now() + HOLD_MS;
    });
  }

  /** Notes the answer at once. What it returns is called when the work is over: was it given, or is it still owed? */
  note(answer: PromisedAnswer, createdAt: number): (outcome: 'given' | 'owed') => void {
    const promised: Promised = {
      answer,
      takenUntil: createdAt + TAKEN_MS,
      wanted: 'kept',
      stored: 'absent',
      turn: Promise.resolve(),
    };
    this.#promised.set(answer.interaction, promised);
    this.#settle(promised);
    return (outcome) => {
      promised.wanted = outcome === 'given' ? 'dropped' : 'left';
      this.#settle(promised);
    };
  }

  /** From now on whoever waits for a process that is gone hears of it. */
  start(): void {
    this.#loop = this.#run();
  }

  /** What is still owed is left to the next process. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.#away[Symbol.dispose]();
    for (const promised of this.#promised.values()) {
      if (promised.wanted === 'kept') promised.wanted = 'left';
      this.#settle(promised);
    }
    const settled = () => Promise.all([this.#loop, ...[...this.#promised.values()].map(({ turn }) => turn)]);
    await withDeadline('leaving answers', settled, { deadlineMs: CLOSING_MS }).catch(() => undefined);
  }

  /** Brings the database to what is wanted, one step after the other; what fails is tried again with the next tick. */
  #settle(promised: Promised): void {
    promised.turn = promised.turn.then(async () => {
      try {
        await this.#write(promised);
      } catch (error) {
        this.#needs.log.debug({ error, what: promised.answer.label }, 'a promised answer could not be noted');
      }
    });
  }

  async #write(promised: Promised): Promise<void> {
    const { answer, takenUntil, wanted, stored } = promised;
    const { db } = this.#needs.database;
    if (stored !== wanted && !(stored === 'absent' && wanted !== 'kept')) {
      promised.stored = 'unknown';
      if (wanted === 'kept') {
        const takenMs = takenUntil - this.#needs.now().getTime();
        await keepPromise(db, answer, { owner: this.#owner, holdMs: HOLD_MS, takenMs });
      } else if (wanted === 'dropped') await dropPromise(db, answer.interaction);
      else await leavePromise(db, answer.interaction, this.#owner);
      promised.stored = wanted;
    }
    if (wanted !== 'kept') this.#promised.delete(answer.interaction);
  }

  async #run(): Promise<void> {
    const { database, log } = this.#needs;
    let alone = database.kind === 'embedded';
    while (!this.#stop.signal.aborted) {
      try {
        if (alone) await leaveOthersPromises(database.db, this.#owner); // nobody else can have it open
        alone = false;
        await this.#tick();
      } catch (error) {
        if (!databaseError(error)) log.error({ error }, 'promised answers could not be looked after');
      }
      await delay(TICK_MS, this.#stop).catch(() => undefined);
    }
  }

  async #tick(): Promise<void> {
    const { db } = this.#needs.database;
    for (const promised of this.#promised.values()) this.#settle(promised);
    if (this.#promised.size > 0) await renewPromises(db, { owner: this.#owner, holdMs: HOLD_MS });
    if (performance.now() < this.#lookFrom) return;
    const { application } = this.#needs;
    const taking = { application, owner: crypto.randomUUID(), holdMs: TELLING_MS };
    const orphans = await takeOverPromises(db, taking, AT_ONCE);
    await Promise.all(orphans.map((orphan) => this.#tell(orphan)));
  }

  /** Says that nobody works on it any more; when Discord cannot be reached, somebody tries again later. */
  async #tell(orphan: PromisedAnswer): Promise<void> {
    const { database, log, metrics } = this.#needs;
    const { label } = orphan;
    try {
      if (await this.#sayCutOff(orphan)) {
        metrics.interactions.inc({ command: label, outcome: 'cut off' });
        log.info({ what: label }, 'somebody was told that the work on an answer was cut off');
      }
    } catch (error) {
      if (!(error instanceof DiscordAPIError) || error.status >= 500) {
        log.warn({ error, what: label }, 'somebody could not be told yet that the work on an answer was cut off');
        return;
      }
      log.debug({ error, what: label }, 'an answer that was cut off is not wanted any more');
    }
    await dropPromise(database.db, orphan.interaction);
  }

  /** What was asked for may be done all the same: then how it stands is said. False when the answer had been given. */
  async #sayCutOff(orphan: PromisedAnswer): Promise<boolean> {
    const { database, i18n } = this.#needs;
    const cases = await casesAskedWith(database.db, orphan.interaction);
    const answer = cases.length > 0 ? howTheyStand(cases, { i18n }) : CUT_OFF;
    if (!(await this.#say(answer, orphan))) return false;
    for (const { guild, number, state } of cases) {
      if (state !== 'pending') await markHeard(database.db, guild, [number]);
    }
    return true;
  }

  async #say(answer: Answer, { application, token, locale, updates }: PromisedAnswer): Promise<boolean> {
    const { rest, i18n } = this.#needs;
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(REQUEST_MS)]);
    const { body } = toPayload({ ...answer, visible: updates ? 'private' : 'public' }, { i18n, locale });
    if (updates) {
      await rest.post(Routes.webhook(application, token), { body, auth: false, signal });
      return true;
    }
    const original = Routes.webhookMessage(application, token, '@original');
    if (!isUnfinished(await rest.get(original, { auth: false, signal }))) return false;
    await rest.patch(original, { body, auth: false, signal });
    return true;
  }
}
