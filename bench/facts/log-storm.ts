import { join } from 'node:path';
import type { APIMessage } from 'discord-api-types/v10';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';
import { delay } from '../../src/lib/deadline.ts';
import type { Bench } from '../bench.ts';
import { openLoop } from '../driver/open-loop.ts';
import type { Percentiles } from '../measure/latencies.ts';
import { type LoopDelays, takeLoopDelays } from '../processes/bot-status.ts';
import { untilReady } from '../processes/bots.ts';
import { botEnv } from '../processes/environment.ts';
import { botCommand } from '../processes/runtimes.ts';
import { cpuTime } from '../processes/usage.ts';
import type { TimerDatabase } from './timer-database.ts';
import { probeUntil } from './timer-storm.ts';

export const LOG_STORM = { perSecond: 300, seconds: 20 } as const;
const EVENTS = LOG_STORM.perSecond * LOG_STORM.seconds;
const TOGETHER = 10;
/** After the last event, until the last entry has to stand in its channel. */
const PATIENCE_MS = 30_000;
const MESSAGES = 'POST /channels/{channel_id}/messages';
const LIMITED = 429;

/** What came of a storm of things to be told. */
export interface Logged {
  /** Which entries stand in the channel, in the order in which they stand there. */
  readonly told: readonly number[];
  readonly messages: number;
  /** Requests that Discord refused for their number. */
  readonly limited: number;
  /** Milliseconds of the bot's main thread, where the system tells. */
  readonly mainMs: number | undefined;
  /** From the last event to the last message. */
  readonly behindMs: number;
  readonly ack: Percentiles;
  readonly loop: LoopDelays | undefined;
}

/** Deletes messages that were written before, so many a second, in a server that wants to be told of it or does not. */
export async function logStorm(bench: Bench, { url, db }: TimerDatabase, wanted: boolean): Promise<Logged> {
  const { processes, scratch, root, options, signal } = bench;
  await using discord = await startSandbox({ port: 0, seed: 'demo', rateLimits: 'discord', keepMessages: 20_000 });
  const channel = discord.channels['mod-log'] ?? '';
  if (wanted) {
    const value = { channels: { messages: channel } };
    await db`insert into settings (guild_id, area, value, version) values (${discord.guildId}, 'events', ${db.json(value)}, 1)`;
  }
  const env = { ...botEnv(discord, join(scratch, `log-storm-${wanted}`)), DATABASE_URL: url };
  const command = await botCommand(options.runtime, root, ['run']);
  await using bot = processes.start({ name: 'the bot (log-storm)', command, cwd: scratch, env });
  const { http } = await untilReady(bot, signal);
  const written = await writeAll(discord, signal);
  const before = await cpuTime(bot.pid);
  if (http !== undefined) await takeLoopDelays(http); // what it tells begins anew
  const mark = discord.mark();
  const sent = watch(discord, channel);
  const storm = deleteAll(discord, written, signal).then(async () => {
    const over = performance.now();
    await untilQuiet(sent, wanted ? EVENTS : 0, signal);
    return over;
  });
  const ack = await probeUntil(
    discord,
    storm.then(() => undefined),
  );
  const over = await storm;
  const after = await cpuTime(bot.pid);
  const loop = http === undefined ? undefined : await takeLoopDelays(http);
  const limited = discord
    .requests(mark)
    .filter(({ route, method, status }) => `${method} ${route}` === MESSAGES && status === LIMITED);
  return {
    told: sent.told,
    messages: sent.messages,
    limited: limited.length,
    mainMs: before && after && after.mainMs - before.mainMs,
    behindMs: Math.max(0, sent.lastAt - over),
    ack,
    loop,
  };
}

async function writeAll(discord: Sandbox, signal: AbortSignal): Promise<readonly APIMessage[]> {
  const messages: APIMessage[] = [];
  for (let at = 0; at < EVENTS; at += 1) {
    messages.push(
      await discord.message({ as: 'member', channel: 'general', content: `squawk ${at}.`, unchecked: true }),
    );
    if (at % TOGETHER === 0) await delay(5, { signal });
  }
  await delay(3_000, { signal });
  return messages;
}

/** In the order in which they were written. */
async function deleteAll(discord: Sandbox, messages: readonly APIMessage[], signal: AbortSignal): Promise<void> {
  await openLoop({
    everyMs: (TOGETHER * 1_000) / LOG_STORM.perSecond,
    count: EVENTS / TOGETHER,
    signal,
    send: (_, index) => {
      for (const message of messages.slice(index * TOGETHER, (index + 1) * TOGETHER))
        void discord.delete(message, { as: 'member' });
    },
  });
}

interface Watched {
  readonly told: number[];
  messages: number;
  lastAt: number;
}

/** Reads what the bot writes into the channel, also in its files. */
function watch(discord: Sandbox, channel: string): Watched {
  const watched: Watched = { told: [], messages: 0, lastAt: 0 };
  let reading = Promise.resolve();
  discord.state.listeners.add(({ t, d }) => {
    if (t !== 'MESSAGE_CREATE') return;
    const message = d as APIMessage; // what the event of that name has
    if (message.channel_id !== channel) return;
    watched.messages += 1;
    watched.lastAt = performance.now();
    reading = reading.then(async () => {
      const files = await Promise.all(message.attachments.map(async ({ url }) => (await fetch(url)).text()));
      const text = files.length > 0 ? files.join('') : JSON.stringify(message.components);
      watched.told.push(...text.matchAll(/squawk (\d+)\./g).map(([, at]) => Number(at)));
    });
  });
  return watched;
}

async function untilQuiet(watched: Watched, events: number, signal: AbortSignal): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (watched.told.length < events && performance.now() < until) await delay(100, { signal });
}
