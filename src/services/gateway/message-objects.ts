import type { Client } from 'discord.js';
import type { GatewayMessageCreateDispatchData } from 'discord-api-types/v10';

type Written = GatewayMessageCreateDispatchData;

/**
 * Says of which messages discord.js is to make objects, with those of their authors and whom they name: of what somebody wants to see.
 * Most of what a busy server writes concerns nobody but the pipeline, which reads Discord's own words.
 */
export class MessageObjects {
  readonly #client: Client;
  readonly #wanted = new Set<(message: Written) => boolean>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** From now on those that `when` fits are made; all, until anybody has said what for. */
  want(when: (message: Written) => boolean): Disposable {
    this.#wanted.add(when);
    return { [Symbol.dispose]: () => this.#wanted.delete(when) };
  }

  /** Whether discord.js need not see it. What it keeps of a channel is kept up all the same. */
  spares(message: Written): boolean {
    if (message.guild_id === undefined || this.#wanted.size === 0) return false;
    const channel = this.#client.channels.cache.get(message.channel_id);
    if (!channel?.isTextBased() || channel.isThread()) return false;
    for (const when of this.#wanted) if (when(message)) return false;
    channel.lastMessageId = message.id;
    return true;
  }
}
