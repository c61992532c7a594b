/** Beyond so many the oldest are forgotten: a second warning is worth no unbounded memory. */
const MOST = 10_000;

/** What has been done lately, so that it is not done twice. Forgotten with the process. */
export class Recent {
  readonly #known = new Set<string>();

  /** False when it was there already. */
  add(what: string): boolean {
    if (this.#known.has(what)) return false;
    this.#known.add(what);
    const oldest = this.#known.keys().next().value;
    if (this.#known.size > MOST && oldest !== undefined) this.#known.delete(oldest);
    return true;
  }
}
