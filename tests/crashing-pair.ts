import { type Running, runMain, says } from './process.ts';

/** The same numbers from 0 to 1 each time. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Two processes of the bot, each started again when it has died. */
export class CrashingPair implements AsyncDisposable {
  readonly #env: Readonly<Record<string, string>>;
  readonly #ready = new Set<Running>();
  readonly #running = new Set<Running>();
  #stopping = false;
  #loops: Promise<void>[] = [];
  readonly firstReady: Promise<unknown>;

  constructor(env: Readonly<Record<string, string>>) {
    this.#env = env;
    const first = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    this.#loops = first.map(({ resolve }) => this.#keep(resolve));
    this.firstReady = Promise.all(first.map(({ promise }) => promise));
  }

  /** Ends one of those that work at this very moment; false when there is none. */
  kill(random: number): boolean {
    const ready = [...this.#ready];
    const victim = ready[Math.floor(random * ready.length)];
    if (!victim) return false;
    this.#ready.delete(victim);
    victim.kill('SIGKILL');
    return true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    for (const bot of this.#running) bot.kill('SIGKILL');
    await Promise.all(this.#loops);
  }

  async #keep(onReady: () => void): Promise<void> {
    while (!this.#stopping) {
      await using bot = await runMain(['run'], this.#env);
      this.#running.add(bot);
      void bot.line(says('ready')).then(
        () => {
          this.#ready.add(bot);
          onReady();
        },
        () => undefined, // it was ended while it started
      );
      await bot.ended;
      this.#ready.delete(bot);
      this.#running.delete(bot);
    }
  }
}
