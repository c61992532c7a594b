import { type APIMessage, MessageFlags } from 'discord-api-types/v10';
import { SandboxError } from '../api-error.ts';
import { WAIT_MS } from '../journal.ts';
import type { Choice, Interaction, ModalShown, ReplyKind } from '../state/interactions.ts';
import type { State } from '../state/state.ts';
import { readModalText, readText } from './read-text.ts';

export interface ReplyWait {
  /** In milliseconds. Default 30,000. */
  readonly deadlineMs?: number;
}

/** What came of an interaction. It goes on showing the present state: later edits and follow-ups appear in it. */
export interface Reply {
  readonly interactionId: string;
  /** From the event being written to the first callback arriving, in milliseconds. */
  readonly ackMs: number;
  /** The kind of the first callback. */
  readonly kind: ReplyKind;
  readonly ephemeral: boolean;
  /** The answer (or the message that was updated), or what followed one that was taken away; absent after modals and choices. */
  readonly message?: APIMessage;
  readonly modal?: ModalShown;
  readonly choices?: readonly Choice[];
  /** Everything readable in the answer, without the follow-ups. */
  readonly content: string;
  readonly followUps: readonly APIMessage[];
  /** Waits until the reply, as it is edited and followed up, fits. */
  until(fits: (reply: Reply) => boolean, wait?: ReplyWait): Promise<Reply>;
}

export class LiveReply implements Reply {
  readonly #state: State;
  readonly #interaction: Interaction;

  constructor(state: State, interaction: Interaction) {
    this.#state = state;
    this.#interaction = interaction;
  }

  get interactionId(): string {
    return this.#interaction.id;
  }

  get version(): number {
    return this.#interaction.version;
  }

  get ackMs(): number {
    return this.#interaction.ackMs ?? Number.NaN;
  }

  get kind(): ReplyKind {
    return this.#interaction.answer?.kind ?? 'pong';
  }

  get ephemeral(): boolean {
    const { originalGone, ephemeral } = this.#interaction;
    return originalGone ? ((this.message?.flags ?? 0) & MessageFlags.Ephemeral) !== 0 : ephemeral;
  }

  // Getters of an exact optional property may not return undefined by type; readers see "absent" all the same.
  get message(): APIMessage {
    const { original, originalGone, owed, answer } = this.#interaction;
    if (originalGone) return this.followUps[0] as APIMessage;
    const hidden = owed && answer?.kind === 'deferred';
    return (hidden ? undefined : this.#state.messages.get(original ?? '')) as APIMessage;
  }

  get modal(): ModalShown {
    const { answer } = this.#interaction;
    return (answer?.kind === 'modal' ? answer.modal : undefined) as ModalShown;
  }

  get choices(): readonly Choice[] {
    const { answer } = this.#interaction;
    return (answer?.kind === 'autocomplete' ? answer.choices : undefined) as readonly Choice[];
  }

  get content(): string {
    const { message, modal } = this as Reply;
    return message ? readText(message) : modal ? readModalText(modal) : '';
  }

  get followUps(): readonly APIMessage[] {
    return this.#interaction.followUps.flatMap((id) => this.#state.messages.get(id) ?? []);
  }

  until(fits: (reply: Reply) => boolean, { deadlineMs = WAIT_MS }: ReplyWait = {}): Promise<Reply> {
    return waitFor(
      this.#interaction,
      () => (fits(this) ? this : undefined),
      deadlineMs,
      () => {
        return `the answer to ${this.#interaction.name} did not become what was waited for within ${deadlineMs} ms; it says: ${this.content}`;
      },
    );
  }
}

/** The reply of an interaction that is still remembered. */
export function findInteraction(state: State, id: string): LiveReply {
  const interaction = state.interactions.get(id);
  if (!interaction) throw new SandboxError(`there is no interaction ${id} (any more)`);
  return new LiveReply(state, interaction);
}

/** Asks at once and at each change of the interaction, until there is a value. */
export function waitFor<T>(
  interaction: Interaction,
  ask: () => T | undefined,
  deadlineMs: number,
  complaint: () => string,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const settle = (): boolean => {
    try {
      const value = ask();
      if (value === undefined) return false;
      resolve(value);
    } catch (error) {
      reject(error);
    }
    return true;
  };
  if (settle()) return promise;
  const unwatch = interaction.watch(() => {
    if (!settle()) return;
    clearTimeout(timer);
    unwatch();
  });
  const timer = setTimeout(() => {
    unwatch();
    reject(new SandboxError(complaint()));
  }, deadlineMs);
  return promise;
}
