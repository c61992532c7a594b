import type { APIMessage } from 'discord-api-types/v10';
import type { Id } from '../snowflake.ts';

export type ReplyKind = 'message' | 'deferred' | 'update' | 'deferred-update' | 'modal' | 'autocomplete' | 'pong';

export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

export interface ModalShown {
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly unknown[];
  /** The interaction that opened it; `submitModal` goes on from there. */
  readonly interactionId: Id;
}

export type Answer =
  | { readonly kind: 'message' | 'deferred' | 'update' | 'deferred-update' | 'pong' }
  | { readonly kind: 'modal'; readonly modal: ModalShown }
  | { readonly kind: 'autocomplete'; readonly choices: readonly Choice[] };

/** One interaction from the moment the bot is told of it. `changed` wakes whoever waits for the answer or for edits of it. */
export class Interaction {
  readonly id: Id;
  readonly token: string;
  readonly type: number;
  readonly name: string;
  readonly user: Id;
  readonly channel: Id;
  readonly guild: Id | undefined;
  /** The message whose button, select or modal this is. */
  readonly source: APIMessage | undefined;
  /** From a context menu rather than typed. */
  readonly menu: boolean;
  /** When its event was written to the gateway: `performance.now()`. */
  writtenAt = 0;
  ackMs: number | undefined;
  answer: Answer | undefined;
  ephemeral = false;
  /** Id of @original: set by a message or an edit after a deferral. */
  original: Id | undefined;
  originalGone = false;
  /** True while the bot's first edit or follow-up is still owed after a deferral. */
  owed = false;
  readonly followUps: Id[] = [];
  version = 0;
  readonly #waiting = new Set<() => void>();

  constructor(
    o: Pick<Interaction, 'id' | 'token' | 'type' | 'name' | 'user' | 'channel' | 'guild' | 'source' | 'menu'>,
  ) {
    this.id = o.id;
    this.token = o.token;
    this.type = o.type;
    this.name = o.name;
    this.user = o.user;
    this.channel = o.channel;
    this.guild = o.guild;
    this.source = o.source;
    this.menu = o.menu;
  }

  changed(): void {
    this.version++;
    for (const wake of [...this.#waiting]) wake();
  }

  /** Calls `wake` at each change until the function it returns is called. */
  watch(wake: () => void): () => void {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  }
}
