/** How long nobody is told again in the same channel that somebody is away. */
const QUIET_MS = 5 * 60_000;
/** Beyond so many the oldest are forgotten: one notice too many is worth no unbounded memory. */
const MOST = 10_000;

/** Who was said to be away in which channel, and when: said again and again it would be spam. */
export class Notices {
  readonly #saidAt = new Map<string, number>();

  /** Whether it was said so lately that it is not to be said now. `at` is in milliseconds. */
  quiet(user: string, channel: string, at: number): boolean {
    const last = this.#saidAt.get(`${channel}:${user}`);
    return last !== undefined && at - last < QUIET_MS;
  }

  /** Whether it is to be said now; then it counts as said. `at` is in milliseconds. */
  due(user: string, channel: string, at: number): boolean {
    if (this.quiet(user, channel, at)) return false;
    const key = `${channel}:${user}`;
    this.#saidAt.delete(key); // and set anew, so that the oldest is at the front
    this.#saidAt.set(key, at);
    const oldest = this.#saidAt.size > MOST ? this.#saidAt.keys().next().value : undefined;
    if (oldest !== undefined) this.#saidAt.delete(oldest);
    return true;
  }
}
