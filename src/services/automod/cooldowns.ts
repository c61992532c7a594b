/** Beyond so many the oldest are forgotten. */
const MOST = 20_000;

/** What a rule has just done, and does not do again for a while. Forgotten with the process. */
export class RuleCooldowns {
  readonly #until = new Map<string, number>();

  get size(): number {
    return this.#until.size;
  }

  /** False while what `key` stands for cools down; otherwise it does from now on, for so many seconds. */
  take(key: string, seconds: number, now: number): boolean {
    if ((this.#until.get(key) ?? 0) > now) return false;
    this.#until.delete(key);
    this.#until.set(key, now + seconds * 1_000);
    const oldest = this.#until.size > MOST ? this.#until.keys().next().value : undefined;
    if (oldest !== undefined) this.#until.delete(oldest);
    return true;
  }
}
