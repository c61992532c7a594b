import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { delay } from '../../src/lib/deadline.ts';
import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';
import { untilReady } from '../processes/bots.ts';
import { startDriver } from '../processes/driver-process.ts';
import { botEnv } from '../processes/environment.ts';
import { botCommand } from '../processes/runtimes.ts';
import { type Memory, memoryOf } from '../processes/usage.ts';
import type { Runtime } from '../scenario.ts';

/** A bot in `run` mode on the embedded database, at its second start, left alone. */
export interface IdleBot extends AsyncDisposable {
  /** Its memory once it has been idle for so long. */
  memoryAfter(idleMs: number): Promise<Memory>;
}

/** Starts the bot, stops it, starts it again; the local Discord is a process of its own and does not count. */
export async function startIdleBot(bench: Bench, runtime: Runtime): Promise<IdleBot> {
  await using opened = new AsyncDisposableStack();
  const driver = opened.use(await startDriver(bench));
  const cwd = join(bench.scratch, `idle-${runtime}`);
  await mkdir(cwd, { recursive: true });
  const env = botEnv(driver.place, join(cwd, 'data'));
  const command = await botCommand(runtime, bench.root, ['run']);
  const start = async () => {
    const bot = bench.processes.start({ name: `the idle bot (${runtime})`, command, cwd, env });
    await untilReady(bot, bench.signal);
    return bot;
  };
  await (await start())[Symbol.asyncDispose]();
  const bot = opened.use(await start());
  const since = performance.now();
  const owned = opened.move();
  return {
    async memoryAfter(idleMs) {
      await delay(Math.max(0, since + idleMs - performance.now()), { signal: bench.signal });
      const memory = await memoryOf(bot.pid);
      if (!memory) throw new BenchError(`the memory of ${bot.name} cannot be read: this needs Linux's /proc`);
      return memory;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
