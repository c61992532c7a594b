import { UserError } from '../answers/user-error.ts';

/** How many files the bot has to do with at a time. */
export interface AdmissionLimits {
  /** Files under way: being fetched, waiting for a thread, or open in one. */
  readonly files: number;
  /** What those may hold together. A single ask for more than this gets its turn alone. */
  readonly bytes: number;
  /** Asks that wait for a place; nothing of them has been fetched. */
  readonly waiting: number;
  /** How long one waits before it is turned away, in milliseconds. */
  readonly waitMs: number;
}

/**
 * Why a file was not looked at: no place to wait, waited too long for one, made way for somebody who asked, no thread
 * came free, or the time for an upload that nobody asked about was over.
 */
export type TurnedAway = 'full' | 'waited' | 'gave-way' | 'no-thread' | 'late';

export interface AdmissionStats {
  readonly underWay: number;
  readonly bytes: number;
  readonly waiting: number;
  /** People who were told to try again. */
  readonly refused: number;
  /** Uploads that nobody asked about and that were passed over. */
  readonly passedOver: number;
}

/** A place among the files under way, until disposed. */
export interface Place extends Disposable {
  /** What its files turned out to hold, together: others are let in, or held back, by that. Bytes. */
  holds(bytes: number): void;
}

export interface Asking {
  readonly signal: AbortSignal;
  /** Together; what their descriptions say, until they have arrived. */
  readonly bytes: number;
  readonly files?: number;
  /** Whether nobody asked: then it may take a quarter of the places only, and gives way while it waits. */
  readonly unasked?: boolean | undefined;
}

interface Waiter {
  bytes: number;
  readonly files: number;
  readonly unasked: boolean;
  readonly place: PromiseWithResolvers<Place>;
}

/** Of the places, the part that is open to files nobody asked about. */
const UNASKED_SHARE = 1 / 4;

/**
 * Lets so many files in at a time, by number and by bytes, and a bounded number wait, so that a storm of files costs
 * no more memory than a busy day. Who asked goes first; each kind is served in the order it came.
 */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #onTurnedAway: (reason: TurnedAway, unasked: boolean) => void;
  readonly #asked = new Set<Waiter>();
  readonly #unasked = new Set<Waiter>();
  readonly #inside = new Set<Waiter>();
  #refused = 0;
  #passedOver = 0;

  constructor(limits: AdmissionLimits, onTurnedAway: (reason: TurnedAway, unasked: boolean) => void = () => {}) {
    this.#limits = limits;
    this.#onTurnedAway = onTurnedAway;
  }

  /** A place until disposed. Rejects with the UserError of `turnAway` or the signal's reason. */
  async enter({ bytes, files = 1, unasked = false, signal }: Asking): Promise<Place> {
    signal.throwIfAborted();
    const waiter: Waiter = { bytes, files, unasked, place: Promise.withResolvers() };
    const queue = unasked ? this.#unasked : this.#asked;
    const { waitMs } = this.#limits;
    queue.add(waiter);
    this.#serve();
    if (queue.has(waiter)) this.#keepBound(waiter);
    const abort = () => waiter.place.reject(signal.reason);
    const timer = setTimeout(() => waiter.place.reject(this.turnAway('waited', unasked)), waitMs);
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await waiter.place.promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      // Whoever leaves the head of a queue may have stood in the way of those behind.
      if (queue.delete(waiter)) this.#serve();
    }
  }

  /** Counts a file that is not looked at; the error says so to the person, if there is one. */
  turnAway(reason: TurnedAway, unasked = false, options?: ErrorOptions): UserError {
    if (unasked) this.#passedOver++;
    else this.#refused++;
    this.#onTurnedAway(reason, unasked);
    return new UserError('inspect.refused.busy', {}, options);
  }

  stats(): AdmissionStats {
    return {
      ...usedBy(this.#inside),
      waiting: this.#asked.size + this.#unasked.size,
      refused: this.#refused,
      passedOver: this.#passedOver,
    };
  }

  /** With one too many waiting, the last upload that nobody asked about goes, or else who came now. */
  #keepBound(newcomer: Waiter): void {
    if (this.#asked.size + this.#unasked.size <= this.#limits.waiting) return;
    const victim = [...this.#unasked].at(-1) ?? newcomer;
    (victim.unasked ? this.#unasked : this.#asked).delete(victim);
    victim.place.reject(this.turnAway(victim === newcomer ? 'full' : 'gave-way', victim.unasked));
  }

  #serve(): void {
    for (let next = this.#next(); next; next = this.#next()) {
      const { place } = next;
      (next.unasked ? this.#unasked : this.#asked).delete(next);
      this.#inside.add(next);
      place.resolve(this.#placeOf(next));
    }
  }

  #next(): Waiter | undefined {
    const { files, bytes } = this.#limits;
    const [asked] = this.#asked;
    if (asked) return hasRoom(asked, this.#inside, { files, bytes }) ? asked : undefined;
    const [unasked] = this.#unasked;
    if (!unasked || !hasRoom(unasked, this.#inside, { files, bytes })) return undefined;
    const share = { files: Math.max(1, Math.floor(files * UNASKED_SHARE)), bytes: bytes * UNASKED_SHARE };
    const others = [...this.#inside].filter((one) => one.unasked);
    return hasRoom(unasked, others, share) ? unasked : undefined;
  }

  #placeOf(waiter: Waiter): Place {
    return {
      holds: (bytes) => {
        waiter.bytes = bytes;
        this.#serve();
      },
      [Symbol.dispose]: () => {
        if (this.#inside.delete(waiter)) this.#serve();
      },
    };
  }
}

/** Beside those inside; what is larger than everything gets in where nothing is. */
function hasRoom(waiter: Waiter, inside: Iterable<Waiter>, limits: { readonly files: number; readonly bytes: number }) {
  const { underWay, bytes } = usedBy(inside);
  return underWay === 0 || (underWay + waiter.files <= limits.files && bytes + waiter.bytes <= limits.bytes);
}

function usedBy(inside: Iterable<Waiter>): { readonly underWay: number; readonly bytes: number } {
  let [underWay, bytes] = [0, 0];
  for (const one of inside) {
    underWay += one.files;
    bytes += one.bytes;
  }
  return { underWay, bytes };
}
