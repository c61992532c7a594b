import type { HttpCache, Kept } from '../lib/http-cache.ts';
import type { IoReply } from './io-protocol.ts';

/** A database that is slow must not hold an answer up. */
const WAIT_MS = 500;

/** The cache as the I/O thread sees it: it asks the main thread, which has the database, and does without when that is slow. */
export class AskedCache implements HttpCache {
  readonly #say: (reply: IoReply) => void;
  readonly #asked = new Map<number, (kept: Kept | undefined) => void>();
  #lastId = 0;

  constructor(say: (reply: IoReply) => void) {
    this.#say = say;
  }

  readonly get = (key: string): Promise<Kept | undefined> => {
    const id = ++this.#lastId;
    const { promise, resolve } = Promise.withResolvers<Kept | undefined>();
    const timer = setTimeout(() => this.answer(id, undefined), WAIT_MS);
    this.#asked.set(id, (kept) => {
      clearTimeout(timer);
      resolve(kept);
    });
    this.#say({ kind: 'look-up', id, key });
    return promise;
  };

  readonly put = (key: string, kept: Kept): void => this.#say({ kind: 'keep', key, kept });

  /** What the main thread found. */
  answer(id: number, kept: Kept | undefined): void {
    this.#asked.get(id)?.(kept);
    this.#asked.delete(id);
  }
}
