import { DiscordAPIError } from 'discord.js';
import { Routes } from 'discord-api-types/v10';
import type { Context } from '../../context.ts';
import { countItems, type MassRun, placeRun } from '../../db/mass-runs.ts';
import type { Answer } from '../answers/answer.ts';
import { toPayload } from '../answers/payload.ts';
import type { Outgoing } from '../timers/send-once.ts';
import { type Ended, runCard } from './run-card.ts';

/** Discord takes five edits in five seconds, and nobody reads faster. */
const EVERY_MS = 2_000;

interface Telling {
  readonly run: MassRun;
  readonly send: (channel: string, message: Outgoing) => Promise<{ readonly id: string }>;
  readonly context: Context;
}

/** The message in which a run says how far it is. That it cannot be written or is deleted holds nothing up. */
export class Progress {
  readonly #telling: Telling;
  #message: string | null;
  #lastAt = Number.NEGATIVE_INFINITY;

  constructor(telling: Telling) {
    this.#telling = telling;
    this.#message = telling.run.message;
  }

  /** Says how far it is, unless it has just done so. */
  async show(): Promise<void> {
    if (performance.now() - this.#lastAt < EVERY_MS) return;
    this.#lastAt = performance.now();
    await this.#write(undefined);
  }

  /** Says how it ended; whether that stands there. */
  async end(ended: Ended): Promise<boolean> {
    return await this.#write(ended);
  }

  async #write(ended: Ended | undefined): Promise<boolean> {
    const { run, send, context } = this.#telling;
    const { discord, db, i18n, settings, log } = context;
    const { language } = await settings.of(run.guild, 'general');
    const counts = await countItems(db, run.id);
    const as = (card: Answer) => toPayload(card, { i18n, locale: language });
    try {
      if (this.#message === null) {
        const first = as(runCard(run, counts, undefined, 'anybody'));
        const { id } = await send(run.channel, { body: first.body });
        this.#message = id;
        await placeRun(db, run.id, id);
        if (ended === undefined) return true;
      }
      const { body } = as(runCard(run, counts, ended, 'anybody'));
      await discord.rest.patch(Routes.channelMessage(run.channel, this.#message), { body });
      return true;
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) throw error;
      log.info({ error, run: run.id, guild: run.guild }, 'a run could not say how far it is');
      return false;
    }
  }
}
