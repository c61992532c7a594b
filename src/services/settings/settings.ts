import type { JSONValue } from 'postgres';
import { databaseError } from '../../db/away.ts';
import type { Database, Within } from '../../db/connect.ts';
import {
  lockSettings,
  readAllSettings,
  readSettings,
  type SettingsChange,
  settingsChanges,
  writeSettings,
} from '../../db/settings.ts';
import { BotError } from '../../lib/errors.ts';
import type { Logger } from '../../lib/log.ts';
import type { Problem } from './area.ts';
import { AREAS, type AreaName, type AreaValue } from './areas.ts';

export type Outcome<N extends AreaName> =
  | { readonly ok: true; readonly value: AreaValue<N>; readonly version: number }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A change to some of an area's values; `null` takes one away, so that its default holds again. */
export type Patch = Readonly<Record<string, unknown>>;
/** One that depends on what holds at that moment, which nobody else can change meanwhile. What it throws, `set` does. */
export type Patching<N extends AreaName> = (value: AreaValue<N>) => Patch;

/** Somebody else has changed an area meanwhile. */
export class SettingsMovedError extends BotError {}

const CHANNEL = 'settings';
/** Servers times areas. What has not been used for longest is read again. */
const MOST_CACHED = 5_000;
/** Servers whose settings of an area are read before they are asked for: the cache is for other areas, too. */
const MOST_WARMED = 2_500;

interface Opening {
  readonly database: Database;
  readonly log: Logger;
}

/** Opens the settings and listens for changes made by other processes. */
export async function openSettings(opening: Opening): Promise<Settings> {
  using opened = new DisposableStack();
  const settings = new Settings(opening);
  const listener = { heard: (key: string) => settings.forget(key), missed: () => settings.forgetAll() };
  opened.use(await opening.database.listen(CHANNEL, listener));
  settings.owns(opened.move());
  return settings;
}

/** The settings of every server: checked, defaulted, cached, and forgotten at once when anybody changes them. */
export class Settings implements Disposable {
  readonly #database: Database;
  readonly #log: Logger;
  readonly #cache = new Map<string, object>();
  readonly #loading = new Map<string, Promise<object>>();
  /** What held before a change, or before changes may have been missed: better than nothing while the database is away. */
  readonly #lastKnown = new Map<string, object>();
  #listening: DisposableStack | undefined;
  /** Counts what was forgotten: what has been read since may be older. */
  #changes = 0;

  /** Use `openSettings`. */
  constructor({ database, log }: Opening) {
    this.#database = database;
    this.#log = log;
  }

  owns(listening: DisposableStack): void {
    this.#listening = listening;
  }

  /** A server's settings of one area, as last known while the database is away. DatabaseAwayError when nothing is known. */
  async of<N extends AreaName>(guild: string, area: N): Promise<AreaValue<N>> {
    const key = keyOf(guild, area);
    const cached = this.#cache.get(key);
    if (cached) {
      // To the end: what has not been used for longest is at the front, and the first to go.
      this.#cache.delete(key);
      this.#cache.set(key, cached);
      return cached as AreaValue<N>; // the key holds the area
    }
    const loading = this.#loading.get(key) ?? this.#load(guild, area, key);
    return (await loading) as AreaValue<N>;
  }

  /** An area's settings of every server that has ever set any, straight from the database. */
  async all<N extends AreaName>(area: N): Promise<readonly { readonly guild: string; readonly value: AreaValue<N> }[]> {
    const rows = await readAllSettings(this.#database.db, area);
    return rows.map(({ guild, value }) => ({ guild, value: AREAS[area].mend(value).value as AreaValue<N> })); // its own schema
  }

  /** Reads an area of these servers in one go, so that `peek` knows it; not where anything is changed meanwhile. */
  async warm(area: AreaName, guilds: Iterable<string>): Promise<void> {
    const before = this.#changes;
    const rows = await readAllSettings(this.#database.db, area);
    if (this.#changes !== before) return;
    const stored = new Map(rows.map(({ guild, value }) => [guild, value]));
    const defaults = Object.freeze(AREAS[area].mend({}).value);
    for (const guild of [...guilds].slice(0, MOST_WARMED)) {
      const value = stored.get(guild);
      this.#keep(keyOf(guild, area), value === undefined ? defaults : Object.freeze(AREAS[area].mend(value).value));
    }
  }

  /** What is known without asking the database, for what cannot wait. */
  peek<N extends AreaName>(guild: string, area: N): AreaValue<N> | undefined {
    return this.#cache.get(keyOf(guild, area)) as AreaValue<N> | undefined; // the key holds the area
  }

  /** Changes some values of an area in somebody's name, or in nobody's, or says what does not fit. Every process forgets the old ones. */
  async set<N extends AreaName>(
    guild: string,
    area: N,
    patch: Patch | Patching<N>,
    { by }: { readonly by: string | null },
  ): Promise<Outcome<N>> {
    const outcome = await this.#database.begin((tx, notify) =>
      this.setWithin({ tx, notify }, guild, area, patch, { by }),
    );
    this.forget(keyOf(guild, area)); // the notification may come after the next question
    return outcome;
  }

  /**
   * The same together with what else a transaction does. This process hears of it as the others do, a moment after that. Where `version` is
   * named, and another one holds: SettingsMovedError.
   */
  async setWithin<N extends AreaName>(
    { tx, notify }: Within,
    guild: string,
    area: N,
    patch: Patch | Patching<N>,
    { by, version: expected }: { readonly by: string | null; readonly version?: number },
  ): Promise<Outcome<N>> {
    const stored = await lockSettings(tx, guild, area);
    if (expected !== undefined && expected !== stored.version)
      throw new SettingsMovedError(`the settings of ${area} are at version ${stored.version}, not ${expected}`);
    const held = AREAS[area].mend(stored.value).value as AreaValue<N>; // it was made to fit the area's schema
    const patched = { ...held, ...(typeof patch === 'function' ? patch(held) : patch) };
    const changed = Object.entries(patched).filter(([, own]) => own !== null);
    const value = AREAS[area].filled(Object.fromEntries(changed));
    const problems = AREAS[area].problems(value);
    if (problems.length > 0) return { ok: false, problems };
    const version = stored.version + 1;
    await writeSettings(tx, { guild, area, value: value as JSONValue, version, by }); // it was checked to be plain data
    await notify(CHANNEL, keyOf(guild, area));
    return { ok: true, value: value as AreaValue<N>, version }; // it was checked against the area's schema
  }

  /** The last changes, newest first. */
  history(
    guild: string,
    area: AreaName,
    { limit = 20 }: { readonly limit?: number } = {},
  ): Promise<readonly SettingsChange[]> {
    return settingsChanges(this.#database.db, guild, area, limit);
  }

  forget(key: string): void {
    this.#changes++;
    this.#retire(key);
    this.#loading.delete(key); // what is being read may be older than the change
  }

  forgetAll(): void {
    this.#changes++;
    for (const key of [...this.#cache.keys()]) this.#retire(key);
    this.#loading.clear();
  }

  [Symbol.dispose](): void {
    this.#listening?.dispose();
  }

  #retire(key: string): void {
    const known = this.#cache.get(key);
    if (!known) return;
    this.#cache.delete(key);
    this.#remember(key, known);
  }

  #remember(key: string, value: object): void {
    this.#lastKnown.set(key, value);
    const oldest = this.#lastKnown.size > MOST_CACHED ? this.#lastKnown.keys().next().value : undefined;
    if (oldest !== undefined) this.#lastKnown.delete(oldest);
  }

  #load(guild: string, area: AreaName, key: string): Promise<object> {
    const loading = this.#read(guild, area).then(
      (value) => {
        if (this.#loading.get(key) === loading) this.#keep(key, value);
        else this.#remember(key, value);
        return value;
      },
      (error: unknown) => {
        if (this.#loading.get(key) === loading) this.#loading.delete(key);
        const known = databaseError(error) && this.#lastKnown.get(key);
        if (known) return known;
        throw error;
      },
    );
    this.#loading.set(key, loading);
    return loading;
  }

  async #read(guild: string, area: AreaName): Promise<object> {
    const stored = await readSettings(this.#database.db, guild, area);
    const { value, broken } = AREAS[area].mend(stored?.value);
    if (broken.length > 0)
      this.#log.warn({ guild, area, broken }, 'stored settings no longer fit, the defaults hold for them');
    return Object.freeze(value);
  }

  #keep(key: string, value: object): void {
    this.#loading.delete(key);
    this.#cache.set(key, value);
    const oldest = this.#cache.size > MOST_CACHED ? this.#cache.keys().next().value : undefined;
    if (oldest !== undefined) this.#cache.delete(oldest);
  }
}

function keyOf(guild: string, area: AreaName): string {
  return `${guild}:${area}`;
}
