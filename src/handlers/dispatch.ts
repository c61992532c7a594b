import { type AutocompleteInteraction, Events, type Interaction } from 'discord.js';
import { InteractionResponseType } from 'discord-api-types/v10';
import type { Context } from '../context.ts';
import type { PromisedAnswer } from '../db/promised-answers.ts';
import { withDeadline } from '../lib/deadline.ts';
import { StoppingError } from '../lib/errors.ts';
import type { Answer, Visible } from '../services/answers/answer.ts';
import { toPayload } from '../services/answers/payload.ts';
import type { Reader, Said } from '../services/answers/words.ts';
import { guardAck } from './ack-guard.ts';
import { commandText } from './command-texts.ts';
import type { Asked } from './define.ts';
import { type Failed, handleFailure } from './failure.ts';
import { type Found, findHandler, findSuggest } from './find.ts';
import { toModal } from './form.ts';
import type { PromisedAnswers } from './promised-answers.ts';
import type { Registry } from './registry.ts';
import { Responder } from './responder.ts';
import { Cooldowns, checkAllowed } from './rules.ts';

const DEADLINE_MS = 30_000;
/** Room for telling the person that the time ran out. */
const AFTER_DEADLINE_MS = 10_000;
/** Choices cannot be deferred: after this they are of no use to anybody. */
const AUTOCOMPLETE_DEADLINE_MS = 2_500;
const MOST_CHOICES = 25;
/** How long an answer waits for the server's language; after that it takes the one Discord names. */
const LANGUAGE_MS = 100;

/** The one door: every interaction comes in here, is checked, run, answered and, if it fails, caught here. */
export class Dispatcher implements Disposable {
  readonly #context: Context;
  readonly #registry: Registry;
  readonly #promised: PromisedAnswers;
  readonly #menuIds: ReadonlyMap<string, string>;
  readonly #cooldowns: Cooldowns;
  readonly #listener = (interaction: Interaction) => this.#take(interaction);

  constructor(context: Context, registry: Registry, promised: PromisedAnswers) {
    this.#context = context;
    this.#registry = registry;
    this.#promised = promised;
    this.#cooldowns = new Cooldowns(context.now);
    const { i18n } = context;
    this.#menuIds = new Map(
      [...registry.menus.keys()].map((id) => [i18n.t(commandText(i18n, 'menus', id, 'name')), id]),
    );
    context.discord.on(Events.InteractionCreate, this.#listener);
  }

  [Symbol.dispose](): void {
    this.#context.discord.off(Events.InteractionCreate, this.#listener);
  }

  #take(interaction: Interaction): void {
    const { clock, now, inFlight, log, monitor } = this.#context;
    const receivedAt = now().getTime();
    clock.see(interaction.id);
    const createdAt = clock.localTime(interaction.id);
    if (interaction.isAutocomplete()) {
      this.#suggest(interaction, createdAt);
      return;
    }
    const found = findHandler(interaction, this.#registry, this.#menuIds);
    monitor.label(found.label);
    const noted: Noted = { over: () => undefined };
    const responder = this.#responder({ interaction, found, createdAt, receivedAt }, (visible) => {
      noted.over = this.#promised.note(this.#promiseOf(interaction, found, visible), createdAt);
    });
    const served: Served = { interaction, found, responder, noted, createdAt, receivedAt };
    const deadlineMs = (found.rules.deadlineMs ?? DEADLINE_MS) + AFTER_DEADLINE_MS;
    inFlight
      .track(found.label, (signal) => this.#serve(served, signal), { deadlineMs })
      .catch((error: unknown) => {
        if (error instanceof StoppingError && responder.open) return this.#fail(error, served);
        log.error({ error, what: found.label }, 'an interaction was not served');
        return undefined;
      });
  }

  async #serve(served: Served, stop: AbortSignal): Promise<void> {
    const { interaction, found, responder, noted, createdAt } = served;
    const { rules, label } = found;
    const opensForm = typeof rules.opensForm === 'function' ? rules.opensForm(interaction) : rules.opensForm;
    using _guard = opensForm ? undefined : this.#guard(served, createdAt);
    try {
      const checked = checkAllowed(found, interaction, this.#context);
      if (checked) await checked;
      this.#cooldowns.use(label, interaction.user.id, rules.cooldown);
      if (rules.defer) await responder.defer(rules.defer);
      const run = (signal: AbortSignal) => found.run(this.#asked(served, signal), this.#context);
      const given = await withDeadline(label, run, { signal: stop, deadlineMs: rules.deadlineMs ?? DEADLINE_MS });
      if (given) await this.#answer(served, given);
      else if (responder.open && found.updates)
        await responder.acknowledge(); // it only did something
      else if (responder.owing) throw new Error(`${label} gave no answer`);
      await responder.settled();
      if (!responder.lost) this.#context.metrics.interactions.inc({ command: label, outcome: 'answered' });
    } catch (error) {
      await this.#fail(error, served);
    } finally {
      await responder.settled();
      noted.over(responder.owing ? 'owed' : 'given');
    }
  }

  #fail(error: unknown, { interaction, found, responder, noted, createdAt, receivedAt }: Served): Promise<void> {
    const failed: Failed = {
      error,
      instead: noted.instead,
      label: found.label,
      responder,
      createdAt,
      receivedAt,
      reader: this.#reader(interaction),
    };
    return handleFailure(failed, this.#context);
  }

  #asked(served: Served, signal: AbortSignal): Asked<never> {
    const { interaction, responder, noted } = served;
    const reader = this.#reader(interaction);
    return {
      interaction: interaction as never, // each kind of handler is given its own kind: see find.ts
      signal,
      reader,
      registry: this.#registry,
      answer: (answer) => this.#answer(served, answer),
      beside: (answer) => responder.beside(toPayload(answer, reader)),
      ifCutOff: (said) => {
        noted.instead = said;
      },
      openForm: (form) => responder.only(InteractionResponseType.Modal, toModal(form, reader)),
    };
  }

  async #answer({ interaction, found, responder }: Served, answer: Answer): Promise<void> {
    const visible = answer.visible ?? found.rules.defer ?? found.rules.visible ?? 'public';
    const reader = visible === 'private' ? this.#reader(interaction) : await this.#publicReader(interaction);
    await responder.send(toPayload({ ...answer, visible }, reader));
  }

  /** What one person sees is in their language. */
  #reader({ locale }: Interaction): Reader {
    return { i18n: this.#context.i18n, locale };
  }

  /** What all see is in the server's. A database that is slow or away must not hold an answer up. */
  async #publicReader({ guildId, guildLocale, locale }: Interaction): Promise<Reader> {
    const { i18n, settings } = this.#context;
    if (guildId === null) return { i18n, locale };
    const known = settings.peek(guildId, 'general');
    const read = () => settings.of(guildId, 'general');
    const general = known ?? (await withDeadline('language', read, { deadlineMs: LANGUAGE_MS }).catch(() => undefined));
    return { i18n, locale: general?.language ?? guildLocale ?? locale };
  }

  #promiseOf(interaction: Interaction, { label, updates }: Found, visible: Visible): PromisedAnswer {
    const { id, applicationId, token, guildId, guildLocale, locale } = interaction;
    const general = guildId === null ? undefined : this.#context.settings.peek(guildId, 'general');
    const everybodys = general?.language ?? guildLocale ?? locale;
    const read = visible === 'public' && !updates ? everybodys : locale;
    return { interaction: id, application: applicationId, token, label, locale: read, updates };
  }

  #responder(asked: Arrived, onPromise: (visible: Visible) => void): Responder {
    const { interaction, found, createdAt, receivedAt } = asked;
    const { gateway, metrics, now } = this.#context;
    return new Responder({
      callbacks: gateway.callbacks,
      rest: gateway.answers,
      interaction,
      createdAt,
      now: () => now().getTime(),
      updates: found.updates,
      onPromise,
      onAck: () => metrics.ack.observe({ command: found.label }, (now().getTime() - receivedAt) / 1_000),
    });
  }

  #guard(served: Served, createdAt: number): Disposable {
    const { found, responder } = served;
    const { log, metrics, now } = this.#context;
    return guardAck({
      responder,
      createdAt,
      now: () => now().getTime(),
      visible: found.rules.visible ?? 'public',
      onDeferred: () => metrics.interactions.inc({ command: found.label, outcome: 'deferred' }),
      onFailed: (error) => {
        if (responder.lost)
          void this.#fail(error, served); // it is too late for any answer: the log says why
        else log.warn({ error, what: found.label }, 'the ack guard could not defer');
      },
    });
  }

  #suggest(interaction: AutocompleteInteraction, createdAt: number): void {
    const { inFlight, log, now } = this.#context;
    const label = `autocomplete ${interaction.commandName}`;
    const found: Found = { label, rules: {}, what: undefined, updates: false, run: () => Promise.resolve(undefined) };
    const arrived = { interaction, found, createdAt, receivedAt: now().getTime() };
    const responder = this.#responder(arrived, () => undefined); // choices are there at once or not at all
    const choices = async () => {
      const suggest = await findSuggest(interaction, this.#registry, this.#context);
      const typed = String(interaction.options.getFocused());
      return suggest ? await suggest({ typed, interaction, registry: this.#registry }, this.#context) : [];
    };
    const work = async () => {
      const offered = await withDeadline(label, choices, { deadlineMs: AUTOCOMPLETE_DEADLINE_MS }).catch(
        (error: unknown) => {
          log.warn({ error, what: label }, 'no choices could be offered');
          return [];
        },
      );
      await responder.only(InteractionResponseType.ApplicationCommandAutocompleteResult, {
        choices: offered.slice(0, MOST_CHOICES),
      });
    };
    inFlight.track(label, work, { deadlineMs: DEADLINE_MS }).catch((error: unknown) => {
      log.debug({ error, what: label }, 'choices were not delivered');
    });
  }
}

interface Arrived {
  readonly interaction: Interaction;
  readonly found: Found;
  readonly createdAt: number;
  readonly receivedAt: number;
}

interface Served extends Arrived {
  readonly interaction: Exclude<Interaction, AutocompleteInteraction>;
  readonly responder: Responder;
  readonly noted: Noted;
}

interface Noted {
  /** Ends the note of a promised answer; nothing to end while none was promised. */
  over: (outcome: 'given' | 'owed') => void;
  /** What is said of a failure that does not undo what was asked for. */
  instead?: Said;
}
