import { poolThreads, type Threads } from '../src/workers/threads.ts';

/** Warm threads that nobody uses, by what they load and how many they are; they end with the runner's own thread. */
const idle = new Map<string, Threads[]>();
/** Of each kind: two bots at a time are common, more are not worth their memory. */
const MOST_IDLE = 2;

/**
 * The threads of one bot, lent to the next bot, of this file or another, when this one has stopped: loading every task takes
 * longer than all the rest of a bot's start. Threads of which one died, or that had not come to an end, are never lent again.
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
      const others = idle.get(key) ?? [];
      const worn = spoiled || running > 0 || threads.restarts > 0;
      if (worn || others.length >= MOST_IDLE) return threads[Symbol.asyncDispose]();
      idle.set(key, [...others, threads]);
    },
  };
}
