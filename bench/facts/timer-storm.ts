import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';
import { delay } from '../../src/lib/deadline.ts';
import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';
import { openLoop } from '../driver/open-loop.ts';
import { LOST_AFTER_MS } from '../driver/probing.ts';
import { Latencies, type Percentiles } from '../measure/latencies.ts';
import { type LoopDelays, takeLoopDelays } from '../processes/bot-status.ts';
import { untilReady } from '../processes/bots.ts';
import { botEnv } from '../processes/environment.ts';
import { botCommand, sourceCommand } from '../processes/runtimes.ts';
import { addStorm, type TimerDatabase } from './timer-database.ts';

export const STORM = { timers: 1_000, channels: 200 } as const;
const PROBE_EVERY_MS = 50;
/** Until the storm begins, so that its first second is not the bot's first. */
const LEAD_MS = 5_000;
/** At Discord's limit a thousand messages take 20 s. */
const PATIENCE_MS = 180_000;

/** What came of a storm. Milliseconds. */
export interface StormTold {
  readonly delivered: number;
  /** From the second in which they were due to the last message. */
  readonly tookMs: number;
  readonly late: Percentiles;
  readonly ack: Percentiles;
  /** The bot's own event loop, where it tells. */
  readonly loop: LoopDelays | undefined;
}

/** A local Discord with its rate limits, in which there are enough channels. */
export async function startStormDiscord(): Promise<{
  readonly discord: Sandbox;
  readonly channels: readonly string[];
}> {
  const discord = await startSandbox({ port: 0, seed: 'demo', rateLimits: 'discord' });
  return { discord, channels: await addChannels(discord, STORM.channels) };
}

/** Makes so many channels, and tells their ids. */
export async function addChannels(discord: Sandbox, count: number): Promise<string[]> {
  const channels: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const path = `/guilds/${discord.guildId}/channels`;
    const made = await discord.rest('POST', path, { as: 'owner', body: { name: `storm-${at}`, type: 0 } });
    if (typeof made !== 'object' || made === null || !('id' in made)) throw new BenchError('a channel was not made');
    channels.push(String(made.id));
  }
  return channels;
}

/** Starts the bot on the database and lets a thousand timers fall due at once, while people ask for `/ping`. */
export async function stormOn(
  bench: Bench,
  { url, db }: TimerDatabase,
  { discord, channels }: Awaited<ReturnType<typeof startStormDiscord>>,
): Promise<StormTold> {
  const { processes, scratch, root, options, signal } = bench;
  const env = { ...botEnv(discord, join(scratch, 'storm-data')), DATABASE_URL: url };
  const command = await botCommand(options.runtime, root, ['run']);
  await using bot = processes.start({ name: 'the bot (storm)', command, cwd: scratch, env });
  const { http } = await untilReady(bot, signal);
  const owners = peopleOf(discord).flatMap((name) => discord.people[name] ?? []);
  const due = new Date(Date.now() + LEAD_MS);
  const dueAt = await addStorm(db, { guild: discord.guildId, channels, owners, count: STORM.timers, due });
  const late = new Latencies();
  let lastAt = due.getTime();
  let delivered = 0;
  const all = Promise.withResolvers<void>();
  const heard = ({ t, d }: { readonly t: string; readonly d: unknown }) => {
    const id = t === 'MESSAGE_CREATE' ? /reminder\.done:1:(\d+)/.exec(JSON.stringify(d))?.[1] : undefined;
    const at = id === undefined ? undefined : dueAt.get(id);
    if (at === undefined) return;
    lastAt = Date.now();
    late.record(lastAt - at);
    delivered += 1;
    if (delivered === dueAt.size) all.resolve();
  };
  discord.state.listeners.add(heard);
  using _ = { [Symbol.dispose]: () => discord.state.listeners.delete(heard) };
  if (http !== undefined) await takeLoopDelays(http); // what it tells begins anew
  const ended = Promise.race([all.promise, delay(PATIENCE_MS, { signal })]);
  const ack = await probeUntil(discord, ended);
  const loop = http === undefined ? undefined : await takeLoopDelays(http);
  return { delivered, tookMs: lastAt - due.getTime(), late: late.percentiles(), ack, loop };
}

/** The same questions to a bot with nothing in it, for so long. */
export async function floorOf(bench: Bench, discord: Sandbox, ms: number): Promise<Percentiles> {
  const { processes, scratch, root, options, signal } = bench;
  const command = await sourceCommand(options.runtime, root, 'bench/baselines/empty-bot.ts');
  const env = botEnv(discord, join(scratch, 'floor-data'));
  await using bot = processes.start({ name: 'the empty bot', command, cwd: scratch, env });
  await untilReady(bot, signal);
  return await probeUntil(discord, delay(ms, { signal }));
}

function peopleOf(discord: Sandbox): readonly string[] {
  return Object.keys(discord.people).filter((name) => name.startsWith('extra'));
}

/** `/ping` of the next person every 50 ms until then; from when it was meant to be sent to its first answer. */
export async function probeUntil(discord: Sandbox, ended: Promise<void>): Promise<Percentiles> {
  const people = peopleOf(discord);
  const ack = new Latencies();
  const open: Promise<void>[] = [];
  const stop = new AbortController();
  const ask = async (intendedAt: number, as: string) => {
    try {
      const reply = await discord.slash('ping', {}, { as, settle: 'ack', deadlineMs: LOST_AFTER_MS });
      const written = discord.state.interactions.get(reply.interactionId)?.writtenAt ?? intendedAt;
      ack.record(written + reply.ackMs - intendedAt);
    } catch {
      ack.record(Math.max(LOST_AFTER_MS, performance.now() - intendedAt)); // lost: as late as this, at the least
    }
  };
  const asking = openLoop({
    everyMs: PROBE_EVERY_MS,
    count: Number.POSITIVE_INFINITY,
    signal: stop.signal,
    send: (intendedAt, index) => void open.push(ask(intendedAt, people[index % people.length] ?? 'member')),
  });
  try {
    await ended;
  } finally {
    stop.abort();
    await asking;
    await Promise.all(open);
  }
  return ack.percentiles();
}
