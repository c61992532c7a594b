import type { Payload } from './payload.ts';

/** An edit as Discord tells of it: of which message, where, and at least what has changed. */
export type Edit = Pick<Payload, 'id' | 'channel_id'> & Partial<Payload>;

const MOST = 20_000;
/** What was changed before that is no news: somebody pins the message, say. Long, for clocks that are wrong. Milliseconds. */
const NEWS_MS = 3_600_000;

/** Whether it says all that is to be known of the message. */
export function isWhole(edit: Edit): edit is Payload {
  const { author, content, type, attachments, embeds, member = edit.webhook_id } = edit;
  return [author, content, type, attachments, embeds, member].every((part) => part !== undefined);
}

/** Whether somebody has changed what they wrote, rather than Discord what it shows of it. */
function isEdit({ edited_timestamp }: Edit): boolean {
  return typeof edited_timestamp === 'string';
}

/** Whether somebody has done so lately. */
export function isLately({ edited_timestamp }: Edit, now: Date): boolean {
  return typeof edited_timestamp === 'string' && now.getTime() - Date.parse(edited_timestamp) < NEWS_MS;
}

/** By its time, and roughly by what it says: two may come within one millisecond. */
function markOf({ edited_timestamp, content }: Edit): string {
  return `${edited_timestamp} ${content?.length}`;
}

/** Knows the edits that have come, because Discord tells of a message again when it has looked at its links. */
export class Edits {
  readonly #last = new Map<string, string>();

  /** Whether this has not been seen. */
  isNew(edit: Edit): boolean {
    return this.#last.get(edit.id) !== markOf(edit);
  }

  see(edit: Edit): void {
    if (!isEdit(edit)) return;
    this.#last.delete(edit.id);
    this.#last.set(edit.id, markOf(edit));
    if (this.#last.size <= MOST) return;
    const [oldest] = this.#last.keys();
    if (oldest !== undefined) this.#last.delete(oldest);
  }
}
