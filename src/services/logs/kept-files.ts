import type { Context } from '../../context.ts';
import type { Attached } from '../answers/answer.ts';
import type { KeptAttachment } from './kept-messages.ts';

/** What goes along with one entry: Discord takes ten files a message, and ten megabytes in a server without boosts. */
const MOST_FILES = 8;
const MOST_BYTES = 8_000_000;
/** What a server may have fetched in an hour. */
const MOST_AN_HOUR = 64_000_000;
const HOUR_MS = 3_600_000;
/** What waits to be sent, of all servers together. */
const MOST_HELD = 96_000_000;
/** Entries whose files are fetched at the same time. */
const MOST_AT_ONCE = 4;
const DEADLINE_MS = 15_000;
const LONGEST_NAME = 80;

export interface Fetched {
  readonly files: readonly Attached[];
  /** Names of those that are not there. */
  readonly lost: readonly string[];
  /** To be called when they have been sent, or never will be. */
  readonly release: () => void;
}

interface Spent {
  readonly since: number;
  bytes: number;
}

type Needs = Pick<Context, 'inFlight' | 'inspector' | 'log'>;

/**
 * Fetches the files of messages that were just deleted, which Discord still has for a while, so that they are sent once more with the
 * entry that tells of the deletion. Nothing of them is opened, and nothing kept here: they stand in the log's channel from then on.
 */
export class KeptFiles {
  readonly #o: Needs;
  readonly #spent = new Map<string, Spent>();
  #held = 0;
  #fetching = 0;

  constructor(needs: Needs) {
    this.#o = needs;
  }

  /** Those of the files for which there is room; the others are named. Never rejects. */
  async fetch(guild: string, files: readonly KeptAttachment[]): Promise<Fetched> {
    const wanted = this.#within(guild, files);
    const bytes = wanted.reduce((sum, { size }) => sum + size, 0);
    const found = new Map<KeptAttachment, Attached>();
    this.#held += bytes;
    this.#fetching += 1;
    try {
      const work = async (signal: AbortSignal) => {
        for (const file of wanted) {
          const attached = await this.#one(guild, file, signal);
          if (attached) found.set(file, attached);
        }
      };
      if (wanted.length > 0)
        await this.#o.inFlight.track('fetching deleted files', work, { deadlineMs: 2 * DEADLINE_MS });
    } catch (error) {
      this.#o.log.info({ error, guild }, 'files of deleted messages could not be fetched in time');
    } finally {
      this.#fetching -= 1;
    }
    const lost = files.filter((file) => !found.has(file)).map(({ name }) => name);
    let open = true;
    const release = () => {
      if (open) this.#held -= bytes;
      open = false;
    };
    return { files: [...found.values()], lost, release };
  }

  async #one(guild: string, { name, url, size }: KeptAttachment, signal: AbortSignal): Promise<Attached | undefined> {
    try {
      const download = { maxBytes: MOST_BYTES, deadlineMs: DEADLINE_MS };
      using fetched = await this.#o.inspector.fetch({ url, size }, { download, signal, unasked: true });
      return { name: plainName(name), bytes: fetched.bytes };
    } catch (error) {
      this.#o.log.info({ error, guild }, 'a file of a deleted message could not be kept');
      return undefined;
    }
  }

  /** In their order, as far as an entry, the server's hour and what is held have room. */
  #within(guild: string, files: readonly KeptAttachment[]): readonly KeptAttachment[] {
    if (this.#fetching >= MOST_AT_ONCE) return [];
    const spent = this.#spentOf(guild);
    let room = Math.min(MOST_BYTES, MOST_AN_HOUR - spent.bytes, MOST_HELD - this.#held);
    const wanted: KeptAttachment[] = [];
    for (const file of files) {
      if (file.size > room || wanted.length >= MOST_FILES) continue;
      room -= file.size;
      spent.bytes += file.size;
      wanted.push(file);
    }
    return wanted;
  }

  #spentOf(guild: string): Spent {
    const now = performance.now();
    const known = this.#spent.get(guild);
    if (known && now - known.since < HOUR_MS) return known;
    for (const [id, { since }] of this.#spent) if (now - since >= HOUR_MS) this.#spent.delete(id);
    const fresh = { since: now, bytes: 0 };
    this.#spent.set(guild, fresh);
    return fresh;
  }
}

/** Discord gives files other names where these have anything else in them, and a message that shows one has to name it as it is. */
function plainName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9._-]+/g, '_').slice(-LONGEST_NAME);
}
