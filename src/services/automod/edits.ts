import type { Payload } from './payload.ts';

/** An edit as Discord tells of it: of which message, where, and at least what has changed. */
export type Edit = Pick<Payload, 'id' | 'channel_id'> & Partial<Payload>;

const MOST = 20_000;

/** Whether it says all that is to be known of the message. */
export function isWhole(edit: Edit): edit is Payload {
  const { author, content, type, attachments, embeds, member = edit.webhook_id } = edit;
  return [author, content, type, attachments, embeds, member].every((part) => part !== undefined);
}

/** Knows the edits that have come, each by its time, because Discord tells of a message again when it has looked at its links. */
export class Edits {
  readonly #last = new Map<string, string>();

  /** Whether somebody has changed what they wrote, and this has not been seen. */
  isNew({ id, edited_timestamp: at }: Edit): boolean {
    return typeof at === 'string' && this.#last.get(id) !== at;
  }

  see({ id, edited_timestamp: at }: Edit): void {
    if (!at) return;
    this.#last.delete(id);
    this.#last.set(id, at);
    if (this.#last.size <= MOST) return;
    const [oldest] = this.#last.keys();
    if (oldest !== undefined) this.#last.delete(oldest);
  }
}
