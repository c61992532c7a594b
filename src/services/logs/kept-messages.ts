import type { Client } from 'discord.js';
import type { Db } from '../../db/connect.ts';
import { type KeptRow, keepMessages, keptMessages } from '../../db/kept-messages.ts';
import { withDeadline } from '../../lib/deadline.ts';
import type { Logger } from '../../lib/log.ts';
import type { Payload } from '../automod/payload.ts';
import { WaitingSums } from '../sums/waiting-sums.ts';

export interface KeptAttachment {
  readonly name: string;
  readonly url: string;
  /** Bytes. */
  readonly size: number;
}

/** What a message said, and who wrote it. */
export interface KeptMessage {
  readonly author: string;
  readonly authorName: string;
  readonly bot: boolean;
  readonly roles: readonly string[];
  readonly text: string;
  readonly files: readonly KeptAttachment[];
}

interface Keeping {
  readonly db: Db;
  readonly log: Logger;
  readonly client: Client;
  readonly now: () => Date;
  /** For how long a server wants it kept. */
  readonly hoursOf: (guild: string) => number;
}

/** In memory, the latest: most of what is changed or deleted was written lately. */
const MOST_AT_HAND = 20_000;
const EVERY_MS = 1_000;
/** So long what is kept is asked for; what happened is then told without it. */
const PATIENCE_MS = 3_000;
const HOUR_MS = 3_600_000;

/** What messages said, for a time, in servers that want to know it when they are changed or deleted. */
export class KeptMessages implements AsyncDisposable {
  readonly #o: Keeping;
  readonly #atHand = new Map<string, KeptMessage>();
  readonly #rows: WaitingSums<KeptRow>;

  constructor(keeping: Keeping) {
    this.#o = keeping;
    this.#rows = new WaitingSums<KeptRow>({
      log: keeping.log,
      called: 'what messages said',
      keyOf: ({ message }) => message,
      plus: (_, later) => later,
      store: (rows) => keepMessages(keeping.db, rows),
      most: MOST_AT_HAND,
      everyMs: EVERY_MS,
    });
  }

  /** A message was written. It may have been changed by the time this is heard. */
  written(guild: string, id: string, kept: KeptMessage, hours: number): void {
    if (!this.#atHand.has(id)) this.keep(guild, id, kept, hours);
  }

  /** Keeps what a message says by now. */
  keep(guild: string, id: string, kept: KeptMessage, hours = this.#o.hoursOf(guild)): void {
    this.#atHand.delete(id);
    this.#atHand.set(id, kept);
    if (this.#atHand.size > MOST_AT_HAND) {
      const [oldest] = this.#atHand.keys();
      if (oldest !== undefined) this.#atHand.delete(oldest);
    }
    const until = new Date(this.#o.now().getTime() + hours * HOUR_MS);
    this.#rows.add({ message: id, guild, until, body: JSON.stringify(kept) });
  }

  /** What a message said, as far as it is kept or discord.js has it; asked of the database where it is not at hand. */
  find(channel: string, id: string): KeptMessage | undefined | Promise<KeptMessage | undefined> {
    const known = this.#atHand.get(id) ?? this.#cached(channel, id);
    return known ?? this.findAll(channel, [id]).then((found) => found.get(id));
  }

  /** The same of many messages of a channel. What cannot be asked for in time counts as not kept. */
  async findAll(channel: string, ids: readonly string[]): Promise<ReadonlyMap<string, KeptMessage>> {
    const found = new Map<string, KeptMessage>();
    for (const id of ids) {
      const known = this.#atHand.get(id) ?? this.#cached(channel, id);
      if (known) found.set(id, known);
    }
    const missing = ids.filter((id) => !found.has(id));
    if (missing.length === 0) return found;
    try {
      const asking = () => keptMessages(this.#o.db, missing);
      const rows = await withDeadline('what messages said', asking, { deadlineMs: PATIENCE_MS });
      for (const [id, body] of rows) found.set(id, JSON.parse(body)); // as it was written above
    } catch (error) {
      this.#o.log.warn({ error }, 'what messages said could not be looked up');
    }
    return found;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#rows[Symbol.asyncDispose]();
  }

  #cached(channel: string, id: string): KeptMessage | undefined {
    const place = this.#o.client.channels.cache.get(channel);
    const message = place?.isTextBased() ? place.messages.cache.get(id) : undefined;
    if (!message || message.partial) return undefined;
    const { author, member, content, attachments } = message;
    return {
      author: author.id,
      authorName: author.username,
      bot: author.bot,
      roles: member ? [...member.roles.cache.keys()] : [],
      text: content,
      files: attachments.map(({ name, url, size }) => ({ name, url, size })),
    };
  }
}

/** What of a message is kept. */
export function keptOf({ author, member, content, attachments, sticker_items: stickers = [] }: Payload): KeptMessage {
  const shown = stickers.map(({ name }) => `:${name}:`);
  return {
    author: author.id,
    authorName: author.username,
    bot: author.bot ?? false,
    roles: member?.roles ?? [],
    text: shown.length === 0 ? content : [content, ...shown].filter((text) => text !== '').join('\n'),
    files: attachments.map(({ filename, url, size }) => ({ name: filename, url, size })),
  };
}
