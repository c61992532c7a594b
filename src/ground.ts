import { type Config, secretsOf } from './config.ts';
import type { Command, EventHandler, PacketHandler } from './handlers/define.ts';
import { createI18n, type I18n } from './lib/i18n.ts';
import { InFlight } from './lib/in-flight.ts';
import { createLog, flushLog, type Logger } from './lib/log.ts';
import { LoopMonitor } from './lib/loop-monitor.ts';
import { createMetrics, type Metrics } from './lib/metrics.ts';
import { SharedClock } from './lib/shared-clock.ts';
import { ClockOffset } from './lib/snowflake.ts';
import { TaskMonitor } from './lib/task-monitor.ts';
import { VERSION } from './lib/version.ts';
import type { Job } from './scheduler/job.ts';
import type { TimerKind } from './scheduler/timer.ts';
import type { LogTimes } from './services/logs/event-logs.ts';
import { runtimeName } from './services/status/snapshot.ts';
import type { BacktrackingTimes } from './workers/backtracking/backtracking.ts';
import type { poolThreads } from './workers/threads.ts';

/** What tests and the bench put in place of the bot's own. */
export interface Overrides {
  /** The clock that all processes share. */
  readonly now?: () => Date;
  /** This machine's own clock, which the database server's corrects. */
  readonly machineNow?: () => Date;
  readonly log?: Logger;
  readonly i18n?: I18n;
  readonly commands?: Readonly<Record<string, Command>>;
  readonly events?: Readonly<Record<string, EventHandler | PacketHandler>>;
  readonly jobs?: Readonly<Record<string, Job>>;
  readonly timers?: Readonly<Record<string, TimerKind>>;
  /** Runs worker tasks on the main thread: the bench's comparison, never a mode to run in. */
  readonly inline?: boolean;
  /** What the task threads load, when a test needs tasks that misbehave. */
  readonly workerFile?: string;
  /** How long patterns that go back may take and wait: longer, where a machine is shared. */
  readonly backtracking?: BacktrackingTimes;
  /** How long event logs wait for what. */
  readonly logTimes?: LogTimes;
  /** How long somebody whose command was on its way when the bot was asked to stop still gets a word; 150 ms if not given. */
  readonly lingerMs?: number;
  /** Whether the threads that judge messages practise at the start; true if not given. */
  readonly practise?: boolean;
  /** Where the task threads come from: starting them is most of a bot's start. */
  readonly openThreads?: typeof poolThreads;
}

/** What everything is opened with. */
export interface Opening {
  readonly config: Config;
  readonly overrides: Overrides;
  readonly opened: AsyncDisposableStack;
  readonly signal: AbortSignal;
}

export type Ground = ReturnType<typeof openGround>;

/** What needs nothing but the configuration: log, numbers, texts, and the eyes on the event loop. */
export function openGround({ config, overrides, opened }: Opening) {
  const sharedClock = new SharedClock(overrides);
  const { now } = sharedClock;
  const metrics = createMetrics();
  const log = overrides.log ?? openLog(config, (level) => metrics.logLines.inc({ level }));
  opened.defer(() => flushLog(log));
  log.info({ version: VERSION, runtime: runtimeName() }, 'starting');
  const monitor = opened.use(new LoopMonitor({ log, onStall: ({ ran }) => metrics.stalls.inc({ ran }) }));
  opened.use(monitor.onLate(({ ran, ms }) => countLate(metrics, ran, ms)));
  const inFlight = opened.use(new InFlight({ now, onStart: (name) => monitor.label(name) }));
  opened.use(new TaskMonitor({ inFlight, log, now }));
  const i18n = overrides.i18n ?? createI18n();
  return {
    now,
    sharedClock,
    metrics,
    log,
    monitor,
    inFlight,
    i18n,
    clock: new ClockOffset({ now }),
  };
}

function countLate({ late, lateSeconds }: Metrics, ran: string, ms: number): void {
  late.inc({ ran });
  lateSeconds.inc({ ran }, ms / 1_000);
}

function openLog(config: Config, onLine: (level: string) => void): Logger {
  const format = config.LOG_FORMAT ?? (process.stdout.isTTY ? 'pretty' : 'json');
  return createLog({ level: config.LOG_LEVEL, format, secrets: secretsOf(config), onLine });
}
