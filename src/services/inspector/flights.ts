import { withDeadline } from '../../lib/deadline.ts';

interface Flight<T> {
  readonly result: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
}

/** One piece of work for all who ask for the same thing at a time. It goes on until nobody waits for it any more. */
export class Flights<T> {
  readonly #underWay = new Map<string, Flight<T>>();

  /** Begins the work unless somebody has; what the first one began with serves all. Rejects with the signal's reason. */
  async join(key: string, signal: AbortSignal, begin: (signal: AbortSignal) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const flight = this.#underWay.get(key) ?? this.#begin(key, begin);
    flight.waiting++;
    try {
      return await withDeadline('work that others wait for as well', () => flight.result, { signal });
    } finally {
      if (--flight.waiting === 0) {
        this.#land(key, flight);
        flight.stop.abort(signal.reason); // of no effect on what is done
      }
    }
  }

  #begin(key: string, begin: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const stop = new AbortController();
    const flight: Flight<T> = { result: Promise.try(begin, stop.signal), stop, waiting: 0 };
    const land = () => this.#land(key, flight);
    flight.result.then(land, land); // whoever waits hears how it ended
    this.#underWay.set(key, flight);
    return flight;
  }

  /** Who comes from here on begins anew. */
  #land(key: string, flight: Flight<T>): void {
    if (this.#underWay.get(key) === flight) this.#underWay.delete(key);
  }
}
