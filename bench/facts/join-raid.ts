import { join } from 'node:path';
import type { APIMessage } from 'discord-api-types/v10';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';
import { delay } from '../../src/lib/deadline.ts';
import { customIdsIn } from '../../src/services/timers/send-once.ts';
import type { Bench } from '../bench.ts';
import { openLoop } from '../driver/open-loop.ts';
import type { Percentiles } from '../measure/latencies.ts';
import { type LoopDelays, takeLoopDelays } from '../processes/bot-status.ts';
import { untilReady } from '../processes/bots.ts';
import { botEnv } from '../processes/environment.ts';
import { botCommand } from '../processes/runtimes.ts';
import { cpuTime } from '../processes/usage.ts';
import type { TimerDatabase } from './timer-database.ts';
import { floorOf, probeUntil } from './timer-storm.ts';

export const JOIN_RAID = { people: 500, seconds: 30, least: 10 } as const;
/** After the last of them, until all have what they are given; Discord's limits on roles and messages are off here. */
const PATIENCE_MS = 30_000;
const EVERY_MS = (JOIN_RAID.seconds * 1_000) / JOIN_RAID.people;

/** What came of a raid. Milliseconds. */
export interface Raided {
  readonly welcomed: number;
  readonly given: number;
  readonly logged: number;
  /** From the join that made it a raid to the alert in its channel; undefined when none came. */
  readonly alertAfterMs: number | undefined;
  readonly mainMs: number | undefined;
  readonly ack: Percentiles;
  readonly floor: Percentiles;
  readonly loop: LoopDelays | undefined;
}

/** Five hundred young accounts join a server that welcomes them, gives them a role, logs them and looks for raids. */
export async function raid(bench: Bench, database: TimerDatabase): Promise<Raided> {
  const { processes, scratch, root, options, signal } = bench;
  await using discord = await startSandbox({ port: 0, seed: 'demo', rateLimits: 'off' });
  const channels = await setUp(database, discord);
  const env = { ...botEnv(discord, join(scratch, 'join-raid')), DATABASE_URL: database.url };
  const command = await botCommand(options.runtime, root, ['run']);
  const seen = watch(discord, channels);
  await using bot = processes.start({ name: 'the bot (join-raid)', command, cwd: scratch, env });
  const { http } = await untilReady(bot, signal);
  const before = await cpuTime(bot.pid);
  if (http !== undefined) await takeLoopDelays(http); // what it tells begins anew
  let raidAt = Number.POSITIVE_INFINITY;
  const joining = openLoop({
    everyMs: EVERY_MS,
    count: JOIN_RAID.people,
    signal,
    send: (_, index) => {
      if (index + 1 === JOIN_RAID.least) raidAt = performance.now();
      void discord.join(1, { accountAgeDays: 1 });
    },
  }).then(() => untilAll(seen, signal));
  const ack = await probeUntil(discord, joining);
  const after = await cpuTime(bot.pid);
  const loop = http === undefined ? undefined : await takeLoopDelays(http);
  await bot[Symbol.asyncDispose]();
  const floor = await floorOf(bench, discord, JOIN_RAID.seconds * 1_000);
  const { welcomed, given, logged, alertAt } = seen;
  const mainMs = before && after && after.mainMs - before.mainMs;
  const alertAfterMs = alertAt === undefined ? undefined : Math.max(0, alertAt - raidAt);
  return { welcomed, given, logged, alertAfterMs, mainMs, ack, floor, loop };
}

interface Channels {
  readonly welcome: string;
  readonly log: string;
  readonly alert: string;
}

async function setUp({ db }: TimerDatabase, { guildId, channels, roles }: Sandbox): Promise<Channels> {
  // People ask for `/ping` in another one.
  const { random: welcome = '', 'mod-log': log = '', 'bot-commands': alert = '' } = channels;
  const areas = {
    welcome: { channel: welcome, card: true },
    joinRoles: { people: [roles.member ?? roles.muted ?? Object.values(roles)[0] ?? ''], afterScreening: false },
    events: { channels: { 'member-join': log } },
    raids: { on: true, joins: JOIN_RAID.least, channel: alert },
  };
  for (const [area, value] of Object.entries(areas))
    await db`insert into settings (guild_id, area, value, version) values (${guildId}, ${area}, ${db.json(value)}, 1)`;
  return { welcome, log, alert };
}

interface Seen {
  welcomed: number;
  given: number;
  logged: number;
  alertAt: number | undefined;
}

function watch(discord: Sandbox, { welcome, log, alert }: Channels): Seen {
  const seen: Seen = { welcomed: 0, given: 0, logged: 0, alertAt: undefined };
  discord.state.listeners.add(({ t, d }) => {
    if (t === 'GUILD_MEMBER_UPDATE') seen.given += 1;
    if (t !== 'MESSAGE_CREATE') return;
    const message = d as APIMessage; // what the event of that name has
    if (message.channel_id === welcome) seen.welcomed += 1;
    if (message.channel_id === log) seen.logged += mentionedIn(message);
    if (message.channel_id === alert && customIdsIn(message).some((id) => id.startsWith('raid.')))
      seen.alertAt ??= performance.now();
  });
  return seen;
}

/** How many people a message of the log tells of; those that go into a file are told of with their number. */
function mentionedIn(message: APIMessage): number {
  const text = JSON.stringify(message.components ?? []);
  const inFile = /(\d+) entries, in the file/.exec(text)?.[1];
  return inFile === undefined ? new Set(text.match(/<@\d+>/g) ?? []).size : Number(inFile);
}

async function untilAll(seen: Seen, signal: AbortSignal): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  const all = () => Math.min(seen.welcomed, seen.given, seen.logged) >= JOIN_RAID.people && seen.alertAt !== undefined;
  while (!all() && performance.now() < until) await delay(100, { signal });
}
