/** By which invitation somebody may have come. More than one, or not `sure`: nobody can tell. None: by none that is known. */
export interface Came {
  readonly codes: readonly string[];
  /** Whether they came by one of these, and not in a way that leaves no trace. */
  readonly sure: boolean;
}

/** Somebody may be counted by Discord before it tells of them, or the other way round. Milliseconds. */
const KEPT_MS = 10_000;

/** Uses of a server's invitations for which nobody has come yet. It never guesses: while uses of several are open, it was one of them. */
export class InvitePool {
  readonly #uses = new Map<string, number>();
  #claimed = 0;
  #since = 0;

  /**
   * So many have come, and the invitations were used so often since the last time. `longAgo`: others may have come since, whom nobody counted.
   */
  came(people: number, used: ReadonlyMap<string, number>, now: number, longAgo = false): Came {
    if (now - this.#since > KEPT_MS) this.#clear();
    for (const [code, uses] of used) this.#uses.set(code, (this.#uses.get(code) ?? 0) + uses);
    if (used.size > 0) this.#since = now;
    const codes = [...this.#uses.keys()];
    const left = [...this.#uses.values()].reduce((sum, uses) => sum + uses, 0) - this.#claimed;
    this.#claimed += people;
    if (left <= people || longAgo) this.#clear();
    return { codes, sure: longAgo ? left === people : left >= people };
  }

  #clear(): void {
    this.#uses.clear();
    this.#claimed = 0;
  }
}
