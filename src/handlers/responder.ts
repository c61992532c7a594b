import type { BaseInteraction, RawFile, REST } from 'discord.js';
import { DiscordAPIError, HTTPError } from 'discord.js';
import { InteractionResponseType, MessageFlags, RESTJSONErrorCodes, Routes } from 'discord-api-types/v10';
import { backoff } from '../lib/backoff.ts';
import { delay } from '../lib/deadline.ts';
import { BotError } from '../lib/errors.ts';
import type { Visible } from '../services/answers/answer.ts';
import type { Payload } from '../services/answers/payload.ts';

/** Discord takes a first answer for this long after it made the interaction. */
const ACK_LIMIT_MS = 3_000;
const FIRST_RETRY_MS = 60;
const LONGEST_RETRY_MS = 400;
/** For what follows the first answer; Discord takes it for 15 minutes. */
const REQUEST_LIMIT_MS = 15_000;

/** Discord no longer takes this answer: it came after the three seconds, or the interaction is gone. */
export class LateAnswerError extends BotError {}
/** Somebody else answered first: a second instance of the bot with the same token. */
export class AnsweredElsewhereError extends BotError {}

type State = 'open' | 'deferred' | 'interim' | 'deferred-update' | 'answered' | 'updated' | 'form' | 'lost';

export interface ResponderOptions {
  /** A client of its own that never retries by itself: a retry is only safe with the knowledge kept here. */
  readonly callbacks: REST;
  readonly rest: REST;
  readonly interaction: Pick<BaseInteraction, 'id' | 'token' | 'applicationId'>;
  /** Milliseconds since the epoch, by this machine's clock, when Discord made the interaction. */
  readonly createdAt: number;
  readonly now: () => number;
  /** Whether answers replace the message that a component stands in. */
  readonly updates: boolean;
  /** Called once, when Discord has taken the first answer. */
  readonly onAck: () => void;
  /** Called once, when the first answer is about to say no more than that one will come. */
  readonly onPromise: (visible: Visible) => void;
}

/**
 * Says things to one interaction, one at a time and in order: the first goes as the callback, later ones edit it.
 * What the guard and a handler do at the same moment cannot cross.
 */
export class Responder {
  readonly #options: ResponderOptions;
  #state: State = 'open';
  #visible: Visible = 'public';
  #last: Promise<unknown> = Promise.resolve();
  #begunAt: number | undefined;

  constructor(options: ResponderOptions) {
    this.#options = options;
  }

  /** Whether Discord still waits for the first answer. */
  get open(): boolean {
    return this.#state === 'open';
  }

  /** Whether the person still sees nothing, or nothing but "thinking…" or how far it is. */
  get owing(): boolean {
    return this.#state === 'open' || this.#state === 'deferred' || this.#state === 'interim';
  }

  /** When the first answer was begun, by this machine's clock; nothing before that. */
  get begunAt(): number | undefined {
    return this.#begunAt;
  }

  get lost(): boolean {
    return this.#state === 'lost';
  }

  /** The answer proper: first, after a deferral, or as an edit of what stands. */
  send(payload: Payload): Promise<void> {
    return this.#inTurn(async () => {
      switch (this.#state) {
        case 'open':
          return this.#first(payload);
        case 'deferred':
        case 'interim':
          if (visibleOf(payload) === 'private' && this.#visible === 'public') return this.#replaceByPrivate(payload);
          await this.#edit(payload);
          this.#state = payload.interim ? 'interim' : 'answered';
          return;
        case 'deferred-update':
        case 'updated':
        case 'answered':
          return payload.interim ? undefined : this.#edit(payload); // how far it was is of no interest any more
        case 'form':
          return this.#followUp(payload);
        case 'lost':
          return;
      }
    });
  }

  /** For the person alone, without touching what others see. */
  sendPrivately(payload: Payload): Promise<void> {
    const hidden = privately(payload);
    return this.#inTurn(async () => {
      switch (this.#state) {
        case 'open': {
          await this.#callback(
            { type: InteractionResponseType.ChannelMessageWithSource, data: withFiles(hidden) },
            hidden.files,
          );
          this.#state = 'answered';
          this.#visible = 'private';
          return;
        }
        case 'deferred':
        case 'interim':
          if (this.#visible === 'public') return this.#replaceByPrivate(hidden);
          await this.#edit(hidden);
          this.#state = 'answered';
          return;
        case 'lost':
          return;
        default:
          return this.#followUp(hidden);
      }
    });
  }

  /** A message of its own for the person alone, beside the answer. Discord would take it for the answer that was put off. */
  beside(payload: Payload): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#state === 'open' || this.#state === 'deferred') throw new Error('there is no answer yet');
      if (this.#state !== 'lost') await this.#followUp(privately(payload));
    });
  }

  /** Buys time: "thinking…", or nothing visible when the answer will replace a component's message. */
  defer(visible: Visible): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#state !== 'open') return;
      this.#options.onPromise(visible);
      if (this.#options.updates) {
        await this.#callback({ type: InteractionResponseType.DeferredMessageUpdate });
        this.#state = 'deferred-update';
        return;
      }
      const data = visible === 'private' ? { flags: MessageFlags.Ephemeral } : {};
      await this.#callback({ type: InteractionResponseType.DeferredChannelMessageWithSource, data });
      this.#visible = visible;
      this.#state = 'deferred';
    });
  }

  /** Says that a component's work is done, and leaves everything as it is. */
  acknowledge(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#state !== 'open') return;
      await this.#callback({ type: InteractionResponseType.DeferredMessageUpdate });
      this.#state = 'deferred-update';
    });
  }

  /** Answers with a form or with choices, which are an interaction's only answer. */
  only(
    type: InteractionResponseType.Modal | InteractionResponseType.ApplicationCommandAutocompleteResult,
    data: object,
  ): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#state !== 'open') throw new Error('a form or choices can only be the first answer');
      await this.#callback({ type, data });
      this.#state = 'form';
    });
  }

  /** Resolves when everything said so far has been delivered or given up. */
  async settled(): Promise<void> {
    await this.#last.catch(() => undefined);
  }

  #inTurn(say: () => Promise<void>): Promise<void> {
    const turn = this.#last.catch(() => undefined).then(say);
    this.#last = turn;
    return turn;
  }

  async #first(payload: Payload): Promise<void> {
    const { updates, onPromise } = this.#options;
    if (payload.interim) onPromise(visibleOf(payload));
    const type = updates ? InteractionResponseType.UpdateMessage : InteractionResponseType.ChannelMessageWithSource;
    await this.#callback({ type, data: withFiles(payload) }, payload.files);
    this.#visible = visibleOf(payload);
    this.#state = updates ? 'updated' : payload.interim ? 'interim' : 'answered';
  }

  async #callback(body: object, files: readonly RawFile[] = []): Promise<void> {
    this.#begunAt ??= this.#options.now();
    const { callbacks, interaction, onAck } = this.#options;
    const route = Routes.interactionCallback(interaction.id, interaction.token);
    let uncertain = false;
    for (let attempt = 0; ; attempt++) {
      try {
        await callbacks.post(route, { body, files: [...files], auth: false, signal: this.#untilTooLate() });
        return onAck();
      } catch (error) {
        const code = error instanceof DiscordAPIError ? error.code : undefined;
        if (code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged && uncertain) return onAck();
        if (!isTransient(error) || this.#left() <= 0) throw this.#loseBy(error, code);
        uncertain = true; // it may have been carried out and only the answer lost
        await delay(Math.min(this.#left(), backoff(attempt, { firstMs: FIRST_RETRY_MS, maxMs: LONGEST_RETRY_MS })));
      }
    }
  }

  #loseBy(cause: unknown, code: number | string | undefined): unknown {
    const late = code === RESTJSONErrorCodes.UnknownInteraction || isTransient(cause);
    const elsewhere = code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged;
    if (!late && !elsewhere) return cause; // refused for what it says: another answer may still be taken
    this.#state = 'lost';
    if (elsewhere) return new AnsweredElsewhereError('another instance of the bot answered first', { cause });
    return new LateAnswerError('Discord no longer takes the first answer', { cause });
  }

  #left(): number {
    return this.#options.createdAt + ACK_LIMIT_MS - this.#options.now();
  }

  /** At least a moment, so that an answer which is late by our clock is still tried: the clock may be wrong. */
  #untilTooLate(): AbortSignal {
    return AbortSignal.timeout(Math.max(250, this.#left()));
  }

  async #edit(payload: Payload): Promise<void> {
    const { rest, interaction } = this.#options;
    const signal = AbortSignal.timeout(REQUEST_LIMIT_MS);
    const route = Routes.webhookMessage(interaction.applicationId, interaction.token, '@original');
    await rest.patch(route, { body: withFiles(payload), files: [...payload.files], auth: false, signal });
  }

  async #followUp(payload: Payload): Promise<void> {
    const { rest, interaction } = this.#options;
    const signal = AbortSignal.timeout(REQUEST_LIMIT_MS);
    const route = Routes.webhook(interaction.applicationId, interaction.token);
    await rest.post(route, { body: withFiles(payload), files: [...payload.files], auth: false, signal });
  }

  /** A public "thinking…" cannot turn private: it is taken away, and what follows is for one person. */
  async #replaceByPrivate(payload: Payload): Promise<void> {
    const { rest, interaction } = this.#options;
    const signal = AbortSignal.timeout(REQUEST_LIMIT_MS);
    const original = Routes.webhookMessage(interaction.applicationId, interaction.token, '@original');
    await rest.delete(original, { auth: false, signal });
    await this.#followUp(payload);
    this.#state = 'answered';
    this.#visible = 'private';
  }
}

function visibleOf({ body }: Payload): Visible {
  return body.flags & MessageFlags.Ephemeral ? 'private' : 'public';
}

function privately(payload: Payload): Payload {
  return { ...payload, body: { ...payload.body, flags: payload.body.flags | MessageFlags.Ephemeral } };
}

function withFiles({ body, files }: Payload): object {
  return files.length === 0
    ? body
    : { ...body, attachments: files.map(({ name }, id) => ({ id: String(id), filename: name })) };
}

/** A server error, a timeout, a reset: trying again may help. A refusal is final. */
function isTransient(error: unknown): boolean {
  if (error instanceof DiscordAPIError) return error.status >= 500;
  if (error instanceof HTTPError) return error.status >= 500;
  return true;
}
