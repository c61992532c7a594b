import {
  blockedPictures,
  blockPicture,
  countOthersBlocked,
  type ListedPicture,
  listBlocked,
  raiseRevision,
  revisionOf,
  unblockPicture,
} from '../../db/blocked-pictures.ts';
import type { Database } from '../../db/connect.ts';
import type { Workers } from '../../workers/offload.ts';
import { Recent } from '../inspector/recent.ts';
import { type BlockedEntry, BlockList } from './block-list.ts';

/** What a picture looks like, of all that has been blocked anywhere. */
export interface Match {
  /** The entries of this server's own list it looks like. */
  readonly own: readonly string[];
  /** Which of the hashes asked for do. */
  readonly by: readonly string[];
  /** Where there is none: how many other servers have blocked something it looks like. */
  readonly others: number;
}

interface Blocking {
  readonly guild: string;
  readonly hashes: readonly string[];
  readonly sha256: string;
  readonly name: string;
  readonly by: string;
}

/** An entry of a list, and the hash that found it. */
interface Listed extends BlockedEntry {
  readonly by: string;
}

interface Loaded {
  readonly revision: number;
  readonly all: BlockList;
  /** By server: what others have blocked must not crowd out a server's own. */
  readonly own: ReadonlyMap<string, BlockList>;
}

/** Pictures one server may block: each is dozens of hashes, and every process keeps them all in memory. */
export const MOST_BLOCKED = 1_000;
const CHANNEL = 'shield';
/** How the threads know the list of all servers; each server's own goes by the server's id. */
const ALL = 'all';
const MATCH_MS = 1_000;

/** Opens the shield and listens for changes that other processes make to the lists. */
export async function openShield(o: {
  readonly database: Database;
  readonly workers: Pick<Workers, 'offload'>;
}): Promise<Shield> {
  const shield = new Shield(o);
  const forget = () => shield.forget();
  shield.owns(await o.database.listen(CHANNEL, { heard: forget, missed: forget }));
  return shield;
}

/** Pictures that moderators have blocked, and what looks like them. The lists are compared in a thread, which keeps them. */
export class Shield implements Disposable {
  /** Pictures that a server's log has been told of, since they could not be compared. */
  readonly uncompared = new Recent();
  readonly #database: Database;
  readonly #workers: Pick<Workers, 'offload'>;
  #loaded: Promise<Loaded> | undefined;
  #listening: Disposable | undefined;

  /** Use `openShield`. */
  constructor({ database, workers }: { readonly database: Database; readonly workers: Pick<Workers, 'offload'> }) {
    this.#database = database;
    this.#workers = workers;
  }

  owns(listening: Disposable): void {
    this.#listening = listening;
  }

  forget(): void {
    this.#loaded = undefined;
  }

  [Symbol.dispose](): void {
    this.#listening?.[Symbol.dispose]();
  }

  /** Blocks a picture, unless it was blocked already, or the server's list is full. */
  async block(blocking: Blocking): Promise<'added' | 'already' | 'full'> {
    let full = false;
    const added = await this.#change(async (tx) => {
      full = (await countOthersBlocked(tx, blocking.guild, blocking.sha256)) >= MOST_BLOCKED;
      return full ? 0 : blockPicture(tx, blocking);
    });
    return full ? 'full' : added > 0 ? 'added' : 'already';
  }

  /** Takes pictures off a server's list, by their entries; false when they were not on it. */
  async unblock(guild: string, ids: readonly string[]): Promise<boolean> {
    return (await this.#change((tx) => unblockPicture(tx, guild, ids))) > 0;
  }

  /** A server's list, the latest first. */
  list(guild: string, limit: number, from = 0): Promise<readonly ListedPicture[]> {
    return listBlocked(this.#database.db, guild, limit, from);
  }

  /** Whether anything is blocked anywhere: if not, no picture need be looked at. */
  async empty(): Promise<boolean> {
    return (await this.#lists()).all.entries.length === 0;
  }

  /** Whether a server has blocked anything itself. */
  async blocksIn(guild: string): Promise<boolean> {
    return (await this.#lists()).own.has(guild);
  }

  /** What a picture looks like, by the hashes of its frames. Others count only where there is nothing of its own. */
  async match(guild: string, hashes: readonly string[], signal?: AbortSignal): Promise<Match> {
    const { revision, all, own } = await this.#lists();
    const asked = { hashes: [...hashes], version: String(revision) };
    const listed = await this.#compare(guild, own.get(guild), asked, signal);
    if (listed.length > 0) {
      return { own: listed.map(({ id }) => id), by: [...new Set(listed.map(({ by }) => by))], others: 0 };
    }
    const elsewhere = await this.#compare(ALL, all, asked, signal);
    return { own: [], by: [], others: new Set(elsewhere.map((one) => one.guild)).size };
  }

  /** A thread that does not have this version of the list yet says so, and is sent it once. */
  async #compare(
    name: string,
    list: BlockList | undefined,
    asked: { readonly hashes: string[]; readonly version: string },
    signal: AbortSignal | undefined,
  ): Promise<readonly Listed[]> {
    if (!list || list.entries.length === 0 || asked.hashes.length === 0) return [];
    const input = { ...asked, list: name };
    const waiting = { signal, deadlineMs: MATCH_MS };
    const first = await this.#workers.offload('matchPicture', input, waiting);
    const known = first.kind === 'matches';
    const answer = known ? first : await this.#send(list, input, waiting);
    if (answer.kind !== 'matches') return [];
    return answer.matches.flatMap(({ place, hash }) => {
      const entry = list.entries[place];
      return entry ? [{ ...entry, by: asked.hashes[hash] ?? '' }] : [];
    });
  }

  /** The list goes along; the copy made for it is moved, not copied again. */
  #send(
    list: BlockList,
    input: { readonly hashes: string[]; readonly version: string; readonly list: string },
    waiting: { readonly signal: AbortSignal | undefined; readonly deadlineMs: number },
  ) {
    const bytes = list.bytes();
    return this.#workers.offload('matchPicture', { ...input, bytes }, { ...waiting, transfer: [bytes.buffer] });
  }

  #lists(): Promise<Loaded> {
    this.#loaded ??= this.#load();
    const loading = this.#loaded;
    loading.catch(() => {
      if (this.#loaded === loading) this.#loaded = undefined;
    });
    return loading;
  }

  async #load(): Promise<Loaded> {
    const { db } = this.#database;
    const revision = await revisionOf(db);
    const all = new BlockList();
    const own = new Map<string, BlockList>();
    for await (const one of blockedPictures(db)) {
      all.add(one);
      const list = own.get(one.guild) ?? new BlockList();
      own.set(one.guild, list);
      list.add(one);
    }
    return { revision, all, own };
  }

  async #change(change: (tx: Parameters<typeof raiseRevision>[0]) => Promise<number>): Promise<number> {
    const changed = await this.#database.begin(async (tx, notify) => {
      const count = await change(tx);
      if (count > 0) await notify(CHANNEL, String(await raiseRevision(tx)));
      return count;
    });
    this.forget(); // the notification may come after the next picture
    return changed;
  }
}
