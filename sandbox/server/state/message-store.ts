import type { APIMessage } from 'discord-api-types/v10';
import { compareIds, type Id } from '../snowflake.ts';

/** All messages by id, and per channel the ids in order. The oldest of a channel fall away beyond `keep`. */
export class MessageStore {
  readonly #byId = new Map<Id, APIMessage>();
  readonly #order = new Map<Id, Id[]>();
  readonly #keep: number;

  constructor(keep: number) {
    this.#keep = keep;
  }

  get(id: Id): APIMessage | undefined {
    return this.#byId.get(id);
  }

  in(channel: Id, id: Id): APIMessage | undefined {
    const message = this.#byId.get(id);
    return message?.channel_id === channel ? message : undefined;
  }

  add(message: APIMessage): void {
    this.#byId.set(message.id, message);
    const ids = this.idsOf(message.channel_id);
    const last = ids.at(-1);
    if (last === undefined || compareIds(last, message.id) < 0) ids.push(message.id);
    else ids.splice(lowerBound(ids, message.id), 0, message.id);
    if (ids.length < this.#keep * 2) return;
    for (const old of ids.splice(0, ids.length - this.#keep)) this.#byId.delete(old);
  }

  /** Takes a message out of the channel's history, but keeps it findable by id (ephemeral messages). */
  hide(message: APIMessage): void {
    const ids = this.idsOf(message.channel_id);
    if (ids.at(-1) === message.id) ids.pop();
  }

  replace(message: APIMessage): void {
    if (this.#byId.has(message.id)) this.#byId.set(message.id, message);
  }

  delete(id: Id): APIMessage | undefined {
    const message = this.#byId.get(id);
    if (!message) return undefined;
    this.#byId.delete(id);
    const ids = this.idsOf(message.channel_id);
    const at = lowerBound(ids, id);
    if (ids[at] === id) ids.splice(at, 1);
    return message;
  }

  dropChannel(channel: Id): void {
    for (const id of this.#order.get(channel) ?? []) this.#byId.delete(id);
    this.#order.delete(channel);
  }

  /** Newest first, as Discord lists them. `around` wins over `before`, that over `after`. */
  list(channel: Id, o: { limit: number; before?: Id; after?: Id; around?: Id }): APIMessage[] {
    const ids = this.idsOf(channel);
    let from = Math.max(0, ids.length - o.limit);
    let to = ids.length;
    if (o.around !== undefined) {
      from = Math.max(0, lowerBound(ids, o.around) - Math.floor(o.limit / 2));
      to = from + o.limit;
    } else if (o.before !== undefined) {
      to = lowerBound(ids, o.before);
      from = Math.max(0, to - o.limit);
    } else if (o.after !== undefined) {
      const at = lowerBound(ids, o.after);
      from = ids[at] === o.after ? at + 1 : at;
      to = from + o.limit;
    }
    return ids
      .slice(from, to)
      .reverse()
      .flatMap((id) => this.#byId.get(id) ?? []);
  }

  idsOf(channel: Id): Id[] {
    const ids = this.#order.get(channel) ?? [];
    if (ids.length === 0) this.#order.set(channel, ids);
    return ids;
  }
}

function lowerBound(ids: readonly Id[], id: Id): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareIds(ids[middle] ?? '', id) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
