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
      await this.#delete(channel, batch);
      for (const [id] of batch) waiting.delete(id);
    }
    this.#waiting.delete(channel);
  }

  /** What is young goes together with what goes for the same reason. Each hears for itself; never rejects. */
  async #delete(channel: string, batch: readonly (readonly [string, Waiting])[]): Promise<void> {
    const young = this.#deleting.now().getTime() - BULK_AGE_MS;
    const isYoung = ([id]: readonly [string, Waiting]) => snowflakeTime(id) > young;
    const together = Map.groupBy(batch.filter(isYoung), ([, { why }]) => why);
    for (const [why, some] of together) {
      if (some.length > 1) await tell(some, this.#inBulk(channel, some, why));
      else for (const one of some) await this.#alone(channel, one);
    }
    for (const one of batch.filter((one) => !isYoung(one))) await this.#alone(channel, one);
  }

  #alone(channel: string, one: readonly [string, Waiting]): Promise<void> {
    const [id, { why: reason }] = one;
    const signal = AbortSignal.timeout(DEADLINE_MS);
    return tell([one], ended(this.#deleting.rest.delete(Routes.channelMessage(channel, id), { reason, signal })));
  }

  #inBulk(channel: string, batch: readonly (readonly [string, Waiting])[], reason: string): Promise<Deleted> {
    const body = { messages: batch.map(([id]) => id) };
    const signal = AbortSignal.timeout(DEADLINE_MS);
    return ended(this.#deleting.rest.post(Routes.channelBulkDelete(channel), { body, reason, signal }));
  }
}

async function tell(batch: readonly (readonly [string, Waiting])[], deleting: Promise<Deleted>): Promise<void> {
  try {
    const deleted = await deleting;
    for (const [, { end }] of batch) end.resolve(deleted);
  } catch (error) {
    for (const [, { end }] of batch) end.reject(error);
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
