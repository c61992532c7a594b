import { type Afk, type AfkValues, absentOf, afkIn, clearAfk, type Returned, setAfk } from '../../db/afk.ts';
import type { Database } from '../../db/connect.ts';
import type { Logger } from '../../lib/log.ts';
import { type Mention, Mentions } from './mentions.ts';

/** Who has said in a server that they are away. */
export type Absent = ReadonlyMap<string, Omit<Afk, 'reason' | 'user'>>;

/** What somebody has said of their absence. */
export type Saying = Pick<AfkValues, 'reason' | 'until'>;

/** Whose absence. */
export interface Whose {
  readonly guild: string;
  readonly user: string;
}

const CHANNEL = 'afk';
/** Servers; more than one process has. */
const MOST_CACHED = 20_000;
const NOBODY: Absent = new Map();

interface Opening {
  readonly database: Database;
  readonly log: Logger;
  readonly now: () => Date;
}

/** Opens the list and listens for changes that other processes make. */
export async function openAfkList(opening: Opening): Promise<AfkList> {
  const list = new AfkList(opening);
  const listener = { heard: (guild: string) => list.forget(guild), missed: () => list.forgetAll() };
  list.owns(await opening.database.listen(CHANNEL, listener));
  return list;
}

/** Who is away, by server: read when its first message comes, and forgotten when anybody changes it. */
export class AfkList implements AsyncDisposable {
  readonly #database: Database;
  readonly #mentions: Mentions;
  readonly #now: () => Date;
  readonly #known = new Map<string, Absent>();
  readonly #reading = new Map<string, Promise<Absent>>();
  /** Those whose absence is being stored at this moment. */
  readonly #setting = new Map<string, Promise<unknown>>();
  #listening: Disposable | undefined;

  /** Use `openAfkList`. */
  constructor({ database, log, now }: Opening) {
    this.#database = database;
    this.#mentions = new Mentions({ db: database.db, log });
    this.#now = now;
  }

  owns(listening: Disposable): void {
    this.#listening = listening;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listening?.[Symbol.dispose]();
    await this.#mentions[Symbol.asyncDispose]();
  }

  /** Who is away, as far as it is known without asking the database. */
  peek(guild: string): Absent | undefined {
    return this.#known.get(guild);
  }

  async of(guild: string): Promise<Absent> {
    return this.#known.get(guild) ?? (await (this.#reading.get(guild) ?? this.#read(guild)));
  }

  /**
   * Keeps that somebody has been away since `setAt`. What they mean is read by `read`; whoever asks `settled` meanwhile
   * waits for it, so that a message written right afterwards is not overlooked.
   */
  async set(whose: Whose, setAt: Date, read: () => Promise<Saying>): Promise<Afk> {
    const key = keyOf(whose);
    const setting = this.#set(whose, setAt, read);
    this.#setting.set(key, setting);
    try {
      return await setting;
    } finally {
      if (this.#setting.get(key) === setting) this.#setting.delete(key);
    }
  }

  /** Undefined when nothing is being stored of this person; otherwise what resolves once it is. */
  settled(whose: Whose): Promise<void> | undefined {
    if (this.#setting.size === 0) return undefined;
    return this.#setting.get(keyOf(whose))?.then(
      () => undefined,
      () => undefined,
    );
  }

  /** Ends an absence that was not set after `before` (any, without), once, whoever tries at the same time. */
  async clear({ guild, user }: Whose, before: Date | null = null): Promise<Returned | undefined> {
    await this.#mentions.flush({ guild, user }); // they hear of all of them
    const cleared = await this.#database.begin(async (tx, notify) => {
      const row = await clearAfk(tx, { guild, user }, before);
      if (row) await notify(CHANNEL, guild);
      return row;
    });
    this.forget(guild); // what was known was out of date, or is from now on
    return cleared;
  }

  /** Counts a message that mentions people who are away; it is stored some seconds later, or when one of them is back. */
  count(mention: Omit<Mention, 'at'>): void {
    this.#mentions.count({ ...mention, at: this.#now() });
  }

  /** What those of them say who were away when something was written at `at`, by Discord's clock. */
  absentOf(asked: Parameters<typeof absentOf>[1]): Promise<readonly Afk[]> {
    return absentOf(this.#database.db, asked, this.#now());
  }

  forget(guild: string): void {
    this.#known.delete(guild);
    this.#reading.delete(guild); // what is being read may be older than the change
  }

  forgetAll(): void {
    this.#known.clear();
    this.#reading.clear();
  }

  async #set({ guild, user }: Whose, setAt: Date, read: () => Promise<Saying>): Promise<Afk> {
    const saying = await read();
    await this.#mentions.flush({ guild, user }); // of an absence that has ended nothing is counted for this one
    const stored = await this.#database.begin(async (tx, notify) => {
      const afk = await setAfk(tx, { guild, user, setAt, ...saying }, this.#now());
      await notify(CHANNEL, guild);
      return afk;
    });
    this.forget(guild); // the notification may come after the next message
    return stored;
  }

  #read(guild: string): Promise<Absent> {
    const reading = afkIn(this.#database.db, guild).then(
      (rows) => {
        const absent = rows.length === 0 ? NOBODY : new Map(rows.map(({ user, ...absence }) => [user, absence]));
        if (this.#reading.get(guild) === reading) this.#keep(guild, absent);
        return absent;
      },
      (error: unknown) => {
        if (this.#reading.get(guild) === reading) this.#reading.delete(guild);
        throw error;
      },
    );
    this.#reading.set(guild, reading);
    return reading;
  }

  #keep(guild: string, absent: Absent): void {
    this.#reading.delete(guild);
    this.#known.set(guild, absent);
    const oldest = this.#known.size > MOST_CACHED ? this.#known.keys().next().value : undefined;
    if (oldest !== undefined) this.#known.delete(oldest);
  }
}

function keyOf({ guild, user }: Whose): string {
  return `${guild}:${user}`;
}
