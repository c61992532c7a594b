import { join } from 'node:path';
import type { Sandbox } from '../../sandbox/server/sandbox.ts';
import { delay } from '../../src/lib/deadline.ts';
import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';
import { untilReady } from '../processes/bots.ts';
import { botEnv } from '../processes/environment.ts';
import { botCommand } from '../processes/runtimes.ts';
import { cpuTime } from '../processes/usage.ts';
import { lookUps, type TimerDatabase, transactions } from './timer-database.ts';

/** Until everything of the start has passed. */
const SETTLE_MS = 15_000;
const MINUTE_MS = 60_000;

/** What an idle minute of the bot costs. */
export interface IdleCost {
  readonly queries: number;
  readonly lookUps: number;
  readonly cpuMs: number;
}

/** Starts the bot on the database as it is and looks at one minute in which nothing falls due. */
export async function idleMinute(bench: Bench, { url, db }: TimerDatabase, discord: Sandbox): Promise<IdleCost> {
  const { processes, scratch, root, options, signal } = bench;
  const env = { ...botEnv(discord, join(scratch, 'waiting-data')), DATABASE_URL: url };
  const command = await botCommand(options.runtime, root, ['run']);
  await using bot = processes.start({ name: 'the bot (waiting)', command, cwd: scratch, env });
  await untilReady(bot, signal);
  await delay(SETTLE_MS, { signal });
  const look = async () => {
    const cpu = await cpuTime(bot.pid);
    if (!cpu) throw new BenchError("the CPU time of the bot cannot be read: this needs Linux's /proc");
    return { cpuMs: cpu.mainMs + cpu.othersMs, queries: await transactions(db), lookUps: await lookUps(db) };
  };
  const before = await look();
  await delay(MINUTE_MS, { signal });
  const after = await look();
  return {
    cpuMs: after.cpuMs - before.cpuMs,
    // Between the two, three of these questions were our own.
    queries: Math.max(0, after.queries - before.queries - 2),
    lookUps: after.lookUps - before.lookUps,
  };
}
