/** Beyond these whoever has earned points longest ago is forgotten here; the database still knows of them. */
const MOST = 50_000;

/** From when on members can earn points again, as far as this process knows. */
export class Cooling {
  readonly #until = new Map<string, number>();
  readonly #most: number;

  constructor(most = MOST) {
    this.#most = most;
  }

  /** Whether a member may earn points now; if so, none more until then. Milliseconds since 1970. */
  enter(guild: string, member: string, { at, until }: { readonly at: number; readonly until: number }): boolean {
    const key = `${guild} ${member}`;
    const held = this.#until.get(key);
    if (held !== undefined && at < held) return false;
    // To the end: whoever has earned longest ago is at the front.
    if (held !== undefined) this.#until.delete(key);
    this.#until.set(key, until);
    const oldest = this.#until.size > this.#most ? this.#until.keys().next().value : undefined;
    if (oldest !== undefined) this.#until.delete(oldest);
    return true;
  }
}
