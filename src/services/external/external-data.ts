import type { Database } from '../../db/connect.ts';
import {
  type ExternalState,
  externalStates,
  forgetOthers,
  newVersion,
  noteFailure,
  noteSmaller,
  noteUnchanged,
  partsOf,
  type Smaller,
  settleVersion,
  storePart,
} from '../../db/external-data.ts';
import type { InFlight } from '../../lib/in-flight.ts';
import type { DomainList } from '../../lib/links/domain-list.ts';
import type { Logger } from '../../lib/log.ts';
import { Mutexes } from '../../lib/mutex.ts';

/** Something fetched anew, as it is to be kept. */
export interface Fetched {
  readonly etag: string | null;
  readonly modified: string | null;
  readonly entries: number;
  /** Of what was sent: the same while that is the same. */
  readonly hash: string;
  readonly bytes: SharedArrayBuffer;
}

/** Where it comes from, and under which name it is kept. */
export interface Kept {
  readonly name: string;
  readonly url: string;
}

interface Loaded {
  readonly state: ExternalState;
  readonly bytes: SharedArrayBuffer;
}

interface Opening {
  readonly database: Database;
  readonly inFlight: InFlight;
  readonly log: Logger;
  readonly now: () => Date;
}

const CHANNEL = 'external-data';
/** Small enough that writing one down, or reading it, holds nobody up. Bytes. */
const PART = 49_152;
const LONGEST_FAILURE = 500;
export const LIST_PREFIX = 'list:';

/** Opens what is kept of external data; it is read in the background, and again when another process has fetched some. */
export async function openExternalData(opening: Opening): Promise<ExternalData> {
  const data = new ExternalData(opening);
  const read = () => data.readSoon();
  data.owns(await opening.database.listen(CHANNEL, { heard: read, missed: read }));
  read();
  return data;
}

/** The last good copies of what is fetched now and then: in the database, and in memory that every thread can see. */
export class ExternalData implements Disposable {
  readonly #opening: Opening;
  readonly #reading = new Mutexes();
  #loaded: ReadonlyMap<string, Loaded> = new Map();
  #states: readonly ExternalState[] = [];
  readonly #told = new Set<() => void>();
  #listening: Disposable | undefined;

  /** Use `openExternalData`. */
  constructor(opening: Opening) {
    this.#opening = opening;
  }

  owns(listening: Disposable): void {
    this.#listening = listening;
  }

  [Symbol.dispose](): void {
    this.#listening?.[Symbol.dispose]();
  }

  /** The lists of dangerous domains, to be looked into by a thread. */
  domainLists(): readonly DomainList[] {
    return [...this.#loaded.values()]
      .filter(({ state }) => state.name.startsWith(LIST_PREFIX))
      .map(({ state, bytes }) => ({ name: state.name.slice(LIST_PREFIX.length), hashes: bytes }));
  }

  /** Changes with every version of any list; empty while there is none. */
  listsVersion(): string {
    const lists = [...this.#loaded.values()].filter(({ state }) => state.name.startsWith(LIST_PREFIX));
    return lists.map(({ state: { name, version } }) => `${name} ${version}`).join(' ');
  }

  /** The last good copy of something; nothing while there is none. */
  copyOf(name: string): { readonly version: string; readonly bytes: SharedArrayBuffer } | undefined {
    const loaded = this.#loaded.get(name);
    return loaded && { version: loaded.state.version, bytes: loaded.bytes };
  }

  /** Tells whenever it has been read, until disposed. */
  onRead(told: () => void): Disposable {
    this.#told.add(told);
    return { [Symbol.dispose]: () => void this.#told.delete(told) };
  }

  /** What is known of each, as last read. */
  states(): readonly ExternalState[] {
    return this.#states;
  }

  /** Whether the copy that the database has of this is here, whole. */
  holds({ name, version }: ExternalState): boolean {
    return this.#loaded.get(name)?.state.version === version;
  }

  /** Keeps a new copy in place of the old one, which stays until the new one is whole. */
  async keep({ name, url }: Kept, { etag, modified, entries, bytes }: Fetched, signal: AbortSignal): Promise<void> {
    const { database, now } = this.#opening;
    const size = bytes.byteLength;
    const version = await newVersion(database.db);
    for (let at = 0; at < size; at += PART) {
      signal.throwIfAborted();
      const part = Buffer.from(new Uint8Array(bytes, at, Math.min(PART, size - at))); // a copy: nobody else sees it change
      await storePart(database.db, { name, version }, at / PART, part);
    }
    await database.begin(async (tx, notify) => {
      await settleVersion(tx, { name, url, etag, modified, version, entries, size }, now());
      await notify(CHANNEL, name);
    });
    await this.read();
  }

  async unchanged(name: string): Promise<void> {
    const { database, now } = this.#opening;
    await database.begin(async (tx, notify) => {
      await noteUnchanged(tx, name, now());
      await notify(CHANNEL, name);
    });
  }

  /** Notes that far less has come than is kept. */
  smaller(name: string, hash: string): Promise<Smaller> {
    const { database, now } = this.#opening;
    return noteSmaller(database.db, name, hash, now());
  }

  async failed(kept: Kept, why: string): Promise<void> {
    await this.#opening.database.begin(async (tx, notify) => {
      await noteFailure(tx, kept, why.slice(0, LONGEST_FAILURE));
      await notify(CHANNEL, kept.name);
    });
  }

  /** Forgets what is not among these any more. */
  async keepOnly(names: readonly string[]): Promise<void> {
    await this.#opening.database.begin(async (tx, notify) => {
      if ((await forgetOthers(tx, names)) > 0) await notify(CHANNEL, '');
    });
  }

  /** Reads in the background what has changed. What cannot be read stays as it was. */
  readSoon(): void {
    const { inFlight, log } = this.#opening;
    inFlight
      .track('external data', () => this.read())
      .catch((error: unknown) => log.warn({ error }, 'external data could not be read, the copy in memory stays'));
  }

  /** Reads what has changed since it was last read. */
  read(): Promise<void> {
    return this.#reading.run('', async () => {
      const states = await externalStates(this.#opening.database.db);
      const loaded = new Map<string, Loaded>();
      for (const state of states) {
        const known = this.#loaded.get(state.name);
        const same = known?.state.version === state.version;
        const bytes = same ? known.bytes : await this.#bytesOf(state);
        if (bytes) loaded.set(state.name, { state, bytes });
        else if (known) loaded.set(state.name, known);
      }
      this.#loaded = loaded;
      this.#states = states;
      for (const told of this.#told) told();
    });
  }

  /** Nothing where there is none, or not the whole of it: another process settled a newer one meanwhile, and will say so. */
  async #bytesOf(state: ExternalState): Promise<SharedArrayBuffer | undefined> {
    if (state.version === '0') return undefined;
    const bytes = new Uint8Array(new SharedArrayBuffer(state.size));
    let at = 0;
    for await (const part of partsOf(this.#opening.database.db, state)) {
      if (at + part.length <= state.size) bytes.set(part, at);
      at += part.length;
    }
    if (at === state.size) return bytes.buffer;
    this.#opening.log.warn(
      { what: state.name, size: state.size, read: at },
      'external data is not whole in the database',
    );
    return undefined;
  }
}
