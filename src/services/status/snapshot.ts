import { version as discordVersion } from 'discord.js';
import type { Context } from '../../context.ts';
import type { LoopDelay } from '../../lib/loop-monitor.ts';
import { VERSION } from '../../lib/version.ts';
import type { LaneStats } from '../../workers/lane.ts';
import type { MissedStats } from '../automod/missed.ts';
import type { RestUse } from '../gateway/rest-budget.ts';
import type { AdmissionStats } from '../inspector/admission.ts';
import type { TimerStats } from '../timers/timers.ts';

/** How responsive the bot is, at one moment. Durations in milliseconds, memory in bytes. */
export interface Snapshot {
  readonly at: string;
  readonly uptimeMs: number;
  readonly versions: { readonly rockhopper: string; readonly runtime: string; readonly discordjs: string };
  readonly ready: boolean;
  readonly loop: LoopDelay & { readonly stalls: number };
  readonly ack: {
    readonly p50: number;
    readonly p99: number;
    readonly buckets: readonly { readonly upTo: number | null; readonly count: number }[];
  };
  readonly gateway: { readonly pingMs: number | null; readonly shards: number; readonly servers: number };
  readonly database: { readonly kind: string; readonly away: boolean };
  readonly lanes: Readonly<Record<'quick' | 'bulk', LaneStats>>;
  readonly files: AdmissionStats;
  readonly rest: RestUse;
  readonly caches: Readonly<Record<'servers' | 'channels' | 'members' | 'users' | 'messages', number>>;
  readonly inFlight: number;
  readonly timers: TimerStats;
  /** What is fetched from elsewhere now and then. */
  readonly external: readonly {
    readonly name: string;
    readonly entries: number;
    readonly checkedAt: string | null;
    readonly failing: boolean;
  }[];
  readonly messages: {
    readonly counted: number;
    /** Sums that wait to be stored. */
    readonly waiting: number;
    /** Messages that wait to be judged. */
    readonly queued: number;
    readonly shed: number;
    readonly missed: MissedStats;
  };
  readonly memory: { readonly resident: number; readonly heap: number };
}

type Seen = Pick<
  Context,
  | 'activity'
  | 'database'
  | 'discord'
  | 'externalData'
  | 'gateway'
  | 'inFlight'
  | 'inspector'
  | 'metrics'
  | 'missed'
  | 'monitor'
  | 'now'
  | 'pipeline'
  | 'restBudget'
  | 'startedAt'
  | 'timers'
  | 'workers'
>;

/** Reads what is known already; nothing is waited for. */
export function takeSnapshot({
  activity,
  database,
  discord,
  externalData,
  gateway,
  inFlight,
  inspector,
  metrics,
  missed,
  monitor,
  now,
  pipeline,
  restBudget,
  startedAt,
  timers,
  workers,
}: Seen): Snapshot {
  const at = now();
  const { rss, heapUsed } = process.memoryUsage();
  return {
    at: at.toISOString(),
    uptimeMs: at.getTime() - startedAt.getTime(),
    versions: { rockhopper: VERSION, runtime: runtimeName(), discordjs: discordVersion },
    ready: gateway.ready && !database.away,
    loop: { ...monitor.stats(), stalls: monitor.stalls },
    ack: {
      p50: metrics.ack.percentile(50) * 1_000,
      p99: metrics.ack.percentile(99) * 1_000,
      buckets: metrics.ack
        .buckets()
        .map(({ upTo, count }) => ({ upTo: Number.isFinite(upTo) ? upTo * 1_000 : null, count })),
    },
    gateway: { pingMs: gateway.pingMs ?? null, shards: discord.ws.shards.size, servers: discord.guilds.cache.size },
    database: { kind: database.kind, away: database.away },
    lanes: workers.stats(),
    files: inspector.admission.stats(),
    rest: restBudget.use(),
    caches: cacheSizes(discord),
    inFlight: inFlight.size,
    timers: timers.stats(),
    external: externalData.states().map(({ name, entries, checkedAt, failure }) => ({
      name,
      entries,
      checkedAt: checkedAt?.toISOString() ?? null,
      failing: failure !== null,
    })),
    messages: {
      ...activity.totals(),
      queued: pipeline.waiting,
      shed: pipeline.shedding.total,
      missed: missed.stats(),
    },
    memory: { resident: rss, heap: heapUsed },
  };
}

function cacheSizes({ guilds, channels, users }: Context['discord']): Snapshot['caches'] {
  const sum = (count: (guild: typeof guilds.cache extends Map<string, infer G> ? G : never) => number) =>
    guilds.cache.reduce((total, guild) => total + count(guild), 0);
  const messages = channels.cache.reduce((total, one) => total + ('messages' in one ? one.messages.cache.size : 0), 0);
  return {
    servers: guilds.cache.size,
    channels: channels.cache.size,
    members: sum((guild) => guild.members.cache.size),
    users: users.cache.size,
    messages,
  };
}

/** `Bun 1.4.5`, `Deno 2.9.6`. */
export function runtimeName(): string {
  const { bun, deno, node } = process.versions as Readonly<Record<string, string | undefined>>; // each runtime adds its own
  if (deno) return `Deno ${deno}`;
  if (bun) return `Bun ${bun}`;
  return `Node ${node}`;
}
