import { join } from 'node:path';
import type { GatewayFaults } from '../../sandbox/server/faults.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';
import { delay, withDeadline } from '../../src/lib/deadline.ts';
import type { Bench } from '../bench.ts';
import { LOST_AFTER_MS } from '../driver/probing.ts';
import { Latencies } from '../measure/latencies.ts';
import { type LoopDelays, takeLoopDelays } from '../processes/bot-status.ts';
import { untilReady } from '../processes/bots.ts';
import { botEnv } from '../processes/environment.ts';
import { botCommand, sourceCommand } from '../processes/runtimes.ts';

/** Discord lets a bot begin a session every five seconds: who has just begun one would be seen waiting for that. */
const BETWEEN_SESSIONS_MS = 5_500;
const BETWEEN_MS = 500;
/** A bot that nobody hears of for so long has not come back. */
const GIVEN_UP_MS = 30_000;
/** Whoever got no answer asks again. */
const AGAIN_MS = 100;

/**
 * The ways in which a session breaks off, how often each is tried and after which pause, and whether it can be resumed: then
 * Discord keeps what is asked meanwhile.
 */
export const BREAKS = {
  'the line is cut': { by: (gateway: GatewayFaults) => gateway.drop(), resumes: true, times: 6, pauseMs: BETWEEN_MS },
  'Discord asks for a new connection': {
    by: (gateway: GatewayFaults) => gateway.reconnect(),
    resumes: true,
    times: 6,
    pauseMs: BETWEEN_MS,
  },
  'the session is forgotten': {
    by: (gateway: GatewayFaults) => gateway.invalidSession(false),
    resumes: false,
    times: 3,
    pauseMs: BETWEEN_SESSIONS_MS,
  },
} as const;
export type BreakName = keyof typeof BREAKS;

/** From a break to the first answer that anybody gets after it, and how many of those who asked at that moment got none. */
export interface Recovery {
  readonly backMs: number;
  readonly worstMs: number;
  readonly lost: number;
}

export interface Reconnected {
  readonly recoveries: Readonly<Record<BreakName, Recovery>>;
  /** The bot's own event loop, where it tells. */
  readonly loop: LoopDelays | undefined;
}

/** Breaks the session of the bot, or of an empty one, over and over, with somebody asking at the moment of each break. */
export async function breakOver(bench: Bench, who: 'bot' | 'floor'): Promise<Reconnected> {
  const { processes, scratch, root, options, signal } = bench;
  await using discord = await startSandbox({ port: 0, seed: 'demo', rateLimits: 'off' });
  const command =
    who === 'bot'
      ? await botCommand(options.runtime, root, ['run'])
      : await sourceCommand(options.runtime, root, 'bench/baselines/empty-bot.ts');
  const env = botEnv(discord, join(scratch, `reconnect-${who}`));
  await using bot = processes.start({ name: `the bot (reconnect-storm, ${who})`, command, cwd: scratch, env });
  const { http } = await untilReady(bot, signal);
  const asker = askersOf(discord);
  await firstAnswer(discord, asker);
  if (http !== undefined) await takeLoopDelays(http); // what it tells begins anew
  const told: [BreakName, Recovery][] = [];
  for (const name of Object.keys(BREAKS) as BreakName[])
    told.push([name, await recoveryOf(bench, discord, name, asker)]);
  const loop = http === undefined ? undefined : await takeLoopDelays(http);
  return { recoveries: Object.fromEntries(told) as Record<BreakName, Recovery>, loop };
}

async function recoveryOf(bench: Bench, discord: Sandbox, name: BreakName, asker: () => string): Promise<Recovery> {
  const { by, times, pauseMs } = BREAKS[name];
  const back = new Latencies();
  let lost = 0;
  for (let time = 0; time < times; time += 1) {
    await delay(pauseMs, { signal: bench.signal });
    const began = performance.now();
    by(discord.faults.gateway);
    lost += await firstAnswer(discord, asker);
    back.record(performance.now() - began);
  }
  const { p50, max } = back.percentiles();
  return { backMs: p50, worstMs: max, lost };
}

/** Asks until somebody is answered; says whether the first who asked was not. */
async function firstAnswer(discord: Sandbox, asker: () => string): Promise<number> {
  const answered = Promise.withResolvers<void>();
  const asked: Promise<boolean>[] = [];
  const ask = () =>
    discord.slash('ping', {}, { as: asker(), settle: 'ack', deadlineMs: LOST_AFTER_MS }).then(
      () => {
        answered.resolve();
        return true;
      },
      () => false,
    );
  asked.push(ask());
  const again = setInterval(() => asked.push(ask()), AGAIN_MS);
  try {
    await withDeadline('waiting for the bot to come back', () => answered.promise, { deadlineMs: GIVEN_UP_MS });
  } finally {
    clearInterval(again);
  }
  const [first] = await Promise.all(asked);
  return first ? 0 : 1;
}

/** The next person in turn, so that nobody meets a cooldown. */
function askersOf(discord: Sandbox): () => string {
  const people = Object.keys(discord.people).filter((name) => name.startsWith('extra'));
  let turn = 0;
  return () => people[turn++ % people.length] ?? 'member';
}
