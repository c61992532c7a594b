import { type Afk, type AfkValues, afkIn, clearAfk, countMention, type Returned, setAfk } from '../../db/afk.ts';
import type { Database } from '../../db/connect.ts';

/** Who is away in a server, and until when: milliseconds since the epoch, `Infinity` without an end. */
export type Absent = ReadonlyMap<string, number>;

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
export class AfkList implements Disposable {
  readonly #database: Database;
  readonly #now: () => Date;
  readonly #known = new Map<string, Absent>();
  readonly #reading = new Map<string, Promise<Absent>>();
  /** Those whose absence is being stored at this moment. */
  readonly #setting = new Map<string, Promise<unknown>>();
  #listening: Disposable | undefined;

  /** Use `openAfkList`. */
  constructor({ database, now }: Opening) {
    this.#database = database;
    this.#now = now;
  }

  owns(listening: Disposable): void {
    this.#listening = listening;
  }

  [Symbol.dispose](): void {
    this.#listening?.[Symbol.dispose]();
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
    const cleared = await this.#database.begin(async (tx, notify) => {
      const row = await clearAfk(tx, { guild, user }, before);
      if (row) await notify(CHANNEL, guild);
      return row;
    });
    this.forget(guild); // what was known was out of date, or is from now on
    return cleared;
  }

  /** Counts a mention, and says who of those mentioned is away. `link` is `channel/message`. */
  mentioned(mention: Parameters<typeof countMention>[1]): Promise<readonly Afk[]> {
    return countMention(this.#database.db, mention, this.#now());
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
        const absent =
          rows.length === 0 ? NOBODY : new Map(rows.map(({ user, until }) => [user, until?.getTime() ?? Infinity]));
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
