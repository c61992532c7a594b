/**
 * Does things in the order in which they come, a few in each turn of the event loop: many that come at once do not keep
 * everything else waiting until the last of them is done. What is added must not throw.
 */
export class FewATurn {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #done = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** At once, if few have come in this turn, and in a later turn otherwise. */
  add(thing: () => void): void {
    if (this.#done === 0) setImmediate(() => this.#turn());
    if (this.#done >= this.#most || this.#waiting.length > 0) {
      this.#waiting.push(thing);
      return;
    }
    this.#done += 1;
    thing();
  }

  #turn(): void {
    const now = this.#waiting.splice(0, this.#most);
    this.#done = now.length;
    if (now.length > 0) setImmediate(() => this.#turn());
    for (const thing of now) thing();
  }
}
