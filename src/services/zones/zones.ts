import type { Database } from '../../db/connect.ts';
import { readTimeZone, writeTimeZone } from '../../db/people.ts';
import { isZone } from '../../lib/time/zones.ts';
import type { Settings } from '../settings/settings.ts';

const CHANNEL = 'zones';
/** Who has not asked for longest is read again. */
const MOST_CACHED = 20_000;
const FALLBACK = 'UTC';

interface Opening {
  readonly database: Database;
  readonly settings: Pick<Settings, 'of'>;
}

/** Opens the zones and listens for those that are set in other processes. */
export async function openZones(opening: Opening): Promise<Zones> {
  const zones = new Zones(opening);
  const heard = (person: string) => zones.forget(person);
  zones.owns(await opening.database.listen(CHANNEL, { heard, missed: () => zones.forgetAll() }));
  return zones;
}

/** In which time zone a person writes and reads times. */
export class Zones implements Disposable {
  readonly #database: Database;
  readonly #settings: Pick<Settings, 'of'>;
  readonly #cache = new Map<string, Promise<string | undefined>>();
  #listening: Disposable | undefined;

  /** Use `openZones`. */
  constructor({ database, settings }: Opening) {
    this.#database = database;
    this.#settings = settings;
  }

  owns(listening: Disposable): void {
    this.#listening = listening;
  }

  [Symbol.dispose](): void {
    this.#listening?.[Symbol.dispose]();
  }

  /** The zone a person has set; undefined when there is none. */
  own(person: string): Promise<string | undefined> {
    const reading = this.#cache.get(person) ?? this.#read(person);
    // To the end: who has not been asked about for longest is at the front, and the first to go.
    this.#cache.delete(person);
    this.#cache.set(person, reading);
    const oldest = this.#cache.size > MOST_CACHED ? this.#cache.keys().next().value : undefined;
    if (oldest !== undefined) this.#cache.delete(oldest);
    return reading;
  }

  /** The person's zone, else the server's. */
  async zoneOf(person: string, guild: string | null): Promise<string> {
    return (await this.own(person)) ?? (await this.ofServer(guild));
  }

  /** The zone of those in a server who have set none. */
  async ofServer(guild: string | null): Promise<string> {
    return guild === null ? FALLBACK : (await this.#settings.of(guild, 'general')).timeZone;
  }

  /** Sets a person's zone, a name that `isZone` knows; `null` takes it away. */
  async set(person: string, zone: string | null): Promise<void> {
    await this.#database.begin(async (tx, notify) => {
      await writeTimeZone(tx, person, zone);
      await notify(CHANNEL, person);
    });
    this.forget(person); // the notification may come after the next question
  }

  forget(person: string): void {
    this.#cache.delete(person);
  }

  forgetAll(): void {
    this.#cache.clear();
  }

  #read(person: string): Promise<string | undefined> {
    const reading = readTimeZone(this.#database.db, person).then((zone) => {
      return zone !== undefined && isZone(zone) ? zone : undefined; // another runtime's list may have had it
    });
    reading.catch(() => {
      if (this.#cache.get(person) === reading) this.#cache.delete(person);
    });
    return reading;
  }
}
