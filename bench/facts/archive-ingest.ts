import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';
import { delay } from '../../src/lib/deadline.ts';
import type { Bench } from '../bench.ts';
import { openLoop } from '../driver/open-loop.ts';
import { mixedMessages } from '../load/messages.ts';
import type { Percentiles } from '../measure/latencies.ts';
import { type LoopDelays, takeLoopDelays } from '../processes/bot-status.ts';
import { untilReady } from '../processes/bots.ts';
import { botEnv } from '../processes/environment.ts';
import { botCommand, sourceCommand } from '../processes/runtimes.ts';
import type { TimerDatabase } from './timer-database.ts';
import { probeUntil } from './timer-storm.ts';

export const INGEST = { perSecond: 5_000, seconds: 20 } as const;
const TOGETHER = 25;
const TEXTS = 5_000;
/** After the last message, until the last row has to be in the database. */
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 100;

export interface Ingested {
  readonly sent: number;
  readonly sentMs: number;
  readonly stored: number;
  /** From the last message to the last row. */
  readonly behindMs: number;
  readonly ack: Percentiles;
  readonly loop: LoopDelays | undefined;
}

/** Writes so many messages a second in a server that keeps them. */
export async function ingest(bench: Bench, { url, db }: TimerDatabase): Promise<Ingested> {
  const { processes, scratch, root, options, signal } = bench;
  await using discord = await startSandbox({ port: 0, seed: 'demo', rateLimits: 'off', keepMessages: 1_000 });
  await db`insert into settings (guild_id, area, value, version) values (${discord.guildId}, 'archive', ${db.json({ on: true })}, 1)`;
  const env = { ...botEnv(discord, join(scratch, 'archive-ingest')), DATABASE_URL: url };
  const command = await botCommand(options.runtime, root, ['run']);
  await using bot = processes.start({ name: 'the bot (archive-ingest)', command, cwd: scratch, env });
  const { http } = await untilReady(bot, signal);
  if (http !== undefined) await takeLoopDelays(http); // what it tells begins anew
  const { sent, sentMs, ack } = await writeAndProbe(discord, signal);
  const over = performance.now();
  let stored = await countStored(db);
  let lastAt = over;
  while (stored < sent && performance.now() - over < PATIENCE_MS) {
    await delay(LOOK_EVERY_MS, { signal });
    const now = await countStored(db);
    if (now > stored) lastAt = performance.now();
    stored = now;
  }
  const loop = http === undefined ? undefined : await takeLoopDelays(http);
  return { sent, sentMs, stored, behindMs: lastAt - over, ack, loop };
}

/** The same messages to a bot with nothing in it. */
export async function floorOfIngest(bench: Bench): Promise<Percentiles> {
  const { processes, scratch, root, options, signal } = bench;
  await using discord = await startSandbox({ port: 0, seed: 'demo', rateLimits: 'off', keepMessages: 1_000 });
  const command = await sourceCommand(options.runtime, root, 'bench/baselines/empty-bot.ts');
  const env = botEnv(discord, join(scratch, 'ingest-floor'));
  await using bot = processes.start({ name: 'the empty bot', command, cwd: scratch, env });
  await untilReady(bot, signal);
  return (await writeAndProbe(discord, signal)).ack;
}

async function writeAndProbe(discord: Sandbox, signal: AbortSignal) {
  const texts = mixedMessages(TEXTS);
  const began = performance.now();
  let sent = 0;
  const writing = openLoop({
    everyMs: (TOGETHER * 1_000) / INGEST.perSecond,
    count: (INGEST.perSecond * INGEST.seconds) / TOGETHER,
    signal,
    send: () => {
      for (let at = 0; at < TOGETHER; at += 1, sent += 1)
        void discord.message({ as: 'member', channel: 'general', content: texts[sent % TEXTS] ?? '', unchecked: true });
    },
  });
  const ended = writing.then(() => performance.now());
  const ack = await probeUntil(discord, writing);
  return { sent, sentMs: (await ended) - began, ack };
}

async function countStored(db: TimerDatabase['db']): Promise<number> {
  const [row] = await db<{ count: number }[]>`select count(*)::int as count from archived_messages`;
  return row?.count ?? 0;
}
