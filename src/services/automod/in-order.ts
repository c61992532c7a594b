/** The turn of one that has come and is not over. */
export class Turn<T> {
  readonly key: string;
  readonly one: T;
  next: Turn<T> | undefined;
  /** Nothing of the same key is before it any more. */
  first: boolean;
  ready = false;

  constructor(key: string, one: T, first: boolean) {
    this.key = key;
    this.one = one;
    this.first = first;
  }
}

/**
 * Lets what belongs together be done in the order in which it came, however it gets ready; of different keys nothing waits
 * for anything else. Costs no promise where nothing is to be waited for.
 */
export class InOrder<T> {
  readonly #act: (one: T) => Promise<void> | undefined;
  readonly #last = new Map<string, Turn<T>>();

  /** `act` must neither throw nor reject. */
  constructor(act: (one: T) => Promise<void> | undefined) {
    this.#act = act;
  }

  /** Its turn comes after all that have come before with this key. */
  enter(key: string, one: T): Turn<T> {
    const last = this.#last.get(key);
    const turn = new Turn(key, one, last === undefined);
    if (last) last.next = turn;
    this.#last.set(key, turn);
    return turn;
  }

  /** From now on it can be done, as soon as it is its turn. */
  ready(turn: Turn<T>): void {
    turn.ready = true;
    if (turn.first) this.#go(turn);
  }

  #go(from: Turn<T>): void {
    for (let turn: Turn<T> | undefined = from; turn?.ready; ) {
      const work = this.#act(turn.one);
      if (work) {
        const doing = turn;
        void work.then(() => {
          const next = this.#leave(doing);
          if (next) this.#go(next);
        });
        return;
      }
      turn = this.#leave(turn);
    }
  }

  #leave({ key, next }: Turn<T>): Turn<T> | undefined {
    if (next) next.first = true;
    else this.#last.delete(key);
    return next;
  }
}
