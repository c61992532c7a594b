import type { GatewayMessageUpdateDispatchData } from 'discord-api-types/v10';
import type { Context } from '../../context.ts';
import { type ArchivedChannel, type ArchiveRow, noteChannels, storeInArchive } from '../../db/archive.ts';
import { makeMonths, monthOf } from '../../db/archive-months.ts';
import { snowflakeTime } from '../../lib/snowflake.ts';
import type { Payload } from '../automod/payload.ts';
import { ArchiveQueue } from './archive-queue.ts';
import { daysFor } from './days-for.ts';
import { textOf } from './text-of.ts';

interface ArchiveOptions extends Pick<Context, 'db' | 'discord' | 'inFlight' | 'log' | 'now' | 'settings'> {
  readonly everyMs?: number;
  readonly most?: number;
}

/** More channels are not remembered to be noted; then all are noted anew. */
const MOST_NOTED = 50_000;

/** Keeps what is written, changed and deleted where a server wants that, in batches. The main thread only notes plain rows. */
export class Archive implements AsyncDisposable {
  readonly #o: ArchiveOptions;
  readonly #queue: ArchiveQueue;
  /** The days of every channel of which the database knows. */
  readonly #noted = new Map<string, number>();
  readonly #unnoted = new Map<string, ArchivedChannel>();
  readonly #months = new Set<string>();

  constructor(options: ArchiveOptions) {
    const { log, everyMs, most } = options;
    this.#o = options;
    this.#queue = new ArchiveQueue({ log, everyMs, most, store: (rows) => this.store(rows) });
  }

  /** How many rows wait for the database, and how many found no room since the start. */
  get state(): { readonly waiting: number; readonly dropped: number } {
    return { waiting: this.#queue.size, dropped: this.#queue.dropped };
  }

  /** A message was written. */
  heard(message: Payload): void {
    const { guild_id: guild } = message;
    if (message.content === '' && message.attachments.length === 0) return;
    if (guild !== undefined && !this.#isOwn(message))
      this.#where(guild, message.channel_id, () => this.#queue.add(textOf(message, guild)));
  }

  /** A message was changed. What Discord adds by itself, such as the preview of a link, is no change. */
  edited(message: GatewayMessageUpdateDispatchData): void {
    const { guild_id: guild, edited_timestamp: at } = message;
    if (
      guild === undefined ||
      !at ||
      message.content === undefined ||
      message.author === undefined ||
      this.#isOwn(message)
    )
      return;
    this.#where(guild, message.channel_id, () => this.#queue.add(textOf(message, guild)));
  }

  /** Messages of a channel were deleted. */
  deleted(guild: string | undefined, channel: string, ids: readonly string[]): void {
    if (guild === undefined) return;
    const at = this.#o.now().getTime();
    this.#where(guild, channel, () => {
      for (const message of ids) this.#queue.add({ kind: 'gone', message, sent: snowflakeTime(message), at });
    });
  }

  /** Stores everything that waits. Rejects when the database is away; nothing is lost by that. */
  flush(): Promise<void> {
    return this.#queue.flush();
  }

  /** Stores rows beside the queue, such as what is read of history. */
  async store(rows: readonly ArchiveRow[]): Promise<void> {
    const { db } = this.#o;
    const unmade = new Set(rows.map(({ sent }) => monthOf(sent)).filter((month) => !this.#months.has(month)));
    if (unmade.size > 0) {
      await makeMonths(db, unmade);
      for (const month of unmade) this.#months.add(month);
    }
    const channels = [...this.#unnoted.values()];
    if (channels.length > 0) await noteChannels(db, channels);
    for (const { channel } of channels) this.#unnoted.delete(channel);
    try {
      await storeInArchive(db, rows);
    } catch (error) {
      this.#months.clear(); // one of them may have been dropped meanwhile
      throw error;
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#queue[Symbol.asyncDispose]();
  }

  /** What the bot says itself is shown elsewhere, or can be asked for again. */
  #isOwn({ author }: Pick<Payload, 'author'>): boolean {
    return author.id === this.#o.discord.user?.id;
  }

  /** Does it where the server keeps what is written in this channel. */
  #where(guild: string, channel: string, run: () => void): void {
    const { inFlight, log, settings } = this.#o;
    const known = settings.peek(guild, 'archive');
    if (known) {
      if (this.#keeps(guild, channel, known)) run();
      return;
    }
    const learn = async () => {
      if (this.#keeps(guild, channel, await settings.of(guild, 'archive'))) run();
    };
    inFlight
      .track('archive', learn)
      .catch((error: unknown) => log.warn({ error, guild }, 'whether a message is archived could not be found out'));
  }

  #keeps(guild: string, channel: string, wanted: Parameters<typeof daysFor>[1]): boolean {
    const days = daysFor(channel, wanted, this.#o.discord);
    if (days > 0 && this.#noted.get(channel) !== days) {
      if (this.#noted.size >= MOST_NOTED) this.#noted.clear();
      this.#noted.set(channel, days);
      this.#unnoted.set(channel, { guild, channel, days });
    }
    return days > 0;
  }
}
