import { Child, type SpawnOptions } from './child.ts';

/** Every process the bench has started and not yet ended. */
export class Processes implements AsyncDisposable {
  readonly #living = new Set<Child>();

  start(o: SpawnOptions): Child {
    const child = new Child(o);
    this.#living.add(child);
    void child.ended.then(() => this.#living.delete(child));
    return child;
  }

  /** At once and without asking: for whoever presses Ctrl-C twice. */
  kill(): void {
    for (const child of this.#living) child.signal('SIGKILL');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#living].map((child) => child[Symbol.asyncDispose]()));
  }
}
