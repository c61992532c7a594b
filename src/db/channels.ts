/** Who hears what is said on which channel. */
export interface Listener {
  readonly heard: (payload: string) => void;
  /** Called when messages may have been missed: whatever was built on them is to be read again. */
  readonly missed: () => void;
}

/** The listeners of this process, by channel. */
export class Channels {
  readonly #listeners = new Map<string, Set<Listener>>();

  names(): readonly string[] {
    return [...this.#listeners.keys()];
  }

  add(channel: string, listener: Listener): Disposable {
    const listeners = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, listeners.add(listener));
    return {
      [Symbol.dispose]: () => {
        listeners.delete(listener);
        if (listeners.size === 0) this.#listeners.delete(channel);
      },
    };
  }

  deliver(channel: string, payload: string): void {
    for (const { heard } of this.#listeners.get(channel) ?? []) heard(payload);
  }

  missed(): void {
    for (const listeners of this.#listeners.values()) for (const { missed } of listeners) missed();
  }
}
