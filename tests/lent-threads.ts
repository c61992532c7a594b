import { afterAll } from 'vitest';
import { poolThreads, type Threads } from '../src/workers/threads.ts';

/** Warm threads that nobody uses, by what they load and how many they are. */
const idle = new Map<string, Threads[]>();

afterAll(async () => {
  const all = [...idle.values()].flat();
  idle.clear();
  await Promise.all(all.map((threads) => threads[Symbol.asyncDispose]()));
});

/**
 * The threads of one bot, lent to the next bot of the file when this one has stopped: loading every task takes longer than
 * all the rest of a bot's start. Threads of which one died, or that had not come to an end, are never lent again.
 */
export function lentThreads(filename: string, size: number): Threads {
  const key = `${size} ${filename}`;
  const threads = idle.get(key)?.pop() ?? poolThreads(filename, size);
  let running = 0;
  let spoiled = false;
  return {
    size,
    get restarts() {
      return threads.restarts;
    },
    async run(call, options) {
      running++;
      try {
        return await threads.run(call, options);
      } catch (error) {
        spoiled = true;
        throw error;
      } finally {
        running--;
      }
    },
    async [Symbol.asyncDispose]() {
      if (spoiled || running > 0 || threads.restarts > 0) return threads[Symbol.asyncDispose]();
      idle.set(key, [...(idle.get(key) ?? []), threads]);
    },
  };
}
