import { RESTJSONErrorCodes as Code, DiscordAPIError, type REST, Routes } from 'discord.js';
import { snowflakeTime } from '../../lib/snowflake.ts';

/** A message that is to be deleted. */
interface Doomed {
  readonly channel: string;
  readonly id: string;
  /** For Discord's audit log. */
  readonly why: string;
}

/** `refused`: Discord does not let the bot. */
export type Deleted = 'gone' | 'refused';

interface Waiting {
  readonly why: string;
  readonly end: PromiseWithResolvers<Deleted>;
}

/** What Discord deletes in one request, and how old messages may be for that, less what the clocks may be apart. */
const CHUNK = 100;
const BULK_AGE_MS = 14 * 86_400_000 - 3_600_000;
const DEADLINE_MS = 30_000;
const MOST_GONE = 20_000;
const NOT_THERE: readonly unknown[] = [Code.UnknownMessage, Code.UnknownChannel];
const REFUSED: readonly unknown[] = [Code.MissingPermissions, Code.MissingAccess];

interface Deleting {
  readonly rest: Pick<REST, 'delete' | 'post'>;
  readonly now: () => Date;
}

/**
 * Deletes messages, channel by channel. What comes while a request of a channel is under way goes together in the next: so of a flood
 * most copies cost no request of their own.
 */
export class Deletions {
  readonly #waiting = new Map<string, Map<string, Waiting>>();
  /** What is gone by this process, the latest: asked for once more it costs nothing. */
  readonly #gone = new Set<string>();
  readonly #deleting: Deleting;

  constructor(deleting: Deleting) {
    this.#deleting = deleting;
  }

  /** Channels of which something is being deleted. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Whether it is known to be deleted. */
  isGone(id: string): boolean {
    return this.#gone.has(id);
  }

  /** That it is gone already is as good. Rejects for what may pass: a limit, an outage. */
  async remove({ channel, id, why }: Doomed): Promise<Deleted> {
    if (this.#gone.has(id)) return 'gone';
    const waiting = this.#waiting.get(channel) ?? this.#begin(channel);
    const known = waiting.get(id);
    if (known) return await known.end.promise;
    const end = Promise.withResolvers<Deleted>();
    waiting.set(id, { why, end });
    const deleted = await end.promise;
    if (deleted === 'gone') this.#keepGone(id);
    return deleted;
  }

  #keepGone(id: string): void {
    this.#gone.add(id);
    const oldest = this.#gone.size > MOST_GONE ? this.#gone.keys().next().value : undefined;
    if (oldest !== undefined) this.#gone.delete(oldest);
  }

  #begin(channel: string): Map<string, Waiting> {
    const waiting = new Map<string, Waiting>();
    this.#waiting.set(channel, waiting);
    // Once all is known that is to go at this moment.
    queueMicrotask(() => void this.#work(channel, waiting));
    return waiting;
  }

  async #work(channel: string, waiting: Map<string, Waiting>): Promise<void> {
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, CHUNK);
      const ended = await this.#delete(channel, batch).then(
        (deleted) => (end: PromiseWithResolvers<Deleted>) => end.resolve(deleted),
        (error: unknown) => (end: PromiseWithResolvers<Deleted>) => end.reject(error),
      );
      for (const [id, { end }] of batch) {
        waiting.delete(id);
        ended(end);
      }
    }
    this.#waiting.delete(channel);
  }

  async #delete(channel: string, batch: readonly (readonly [string, Waiting])[]): Promise<Deleted> {
    const young = this.#deleting.now().getTime() - BULK_AGE_MS;
    const bulk = batch.filter(([id]) => snowflakeTime(id) > young);
    const single = bulk.length > 1 ? batch.filter((one) => !bulk.includes(one)) : batch;
    const ends: Deleted[] = [];
    if (bulk.length > 1) ends.push(await this.#inBulk(channel, bulk));
    for (const [id, { why }] of single) {
      const options = { reason: why, signal: AbortSignal.timeout(DEADLINE_MS) };
      ends.push(await ended(this.#deleting.rest.delete(Routes.channelMessage(channel, id), options)));
    }
    return ends.includes('refused') ? 'refused' : 'gone';
  }

  #inBulk(channel: string, batch: readonly (readonly [string, Waiting])[]): Promise<Deleted> {
    const body = { messages: batch.map(([id]) => id) };
    const reason = batch[0]?.[1].why ?? '';
    const signal = AbortSignal.timeout(DEADLINE_MS);
    return ended(this.#deleting.rest.post(Routes.channelBulkDelete(channel), { body, reason, signal }));
  }
}

async function ended(deleting: Promise<unknown>): Promise<Deleted> {
  try {
    await deleting;
    return 'gone';
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    if (NOT_THERE.includes(error.code)) return 'gone';
    if (REFUSED.includes(error.code)) return 'refused';
    throw error;
  }
}
