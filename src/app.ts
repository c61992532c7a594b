import { Events } from 'discord.js';
import { type Config, namedHosts, secretsOf } from './config.ts';
import type { Context } from './context.ts';
import { serverTime } from './db/clock.ts';
import { connect, type Database } from './db/connect.ts';
import { migrate } from './db/migrate.ts';
import { COMMANDS } from './handlers/commands.ts';
import type { Command, EventHandler } from './handlers/define.ts';
import { definitionsOf } from './handlers/definitions.ts';
import { Dispatcher } from './handlers/dispatch.ts';
import { dispatchEvents } from './handlers/dispatch-events.ts';
import { EVENTS } from './handlers/events.ts';
import { PromisedAnswers } from './handlers/promised-answers.ts';
import { registerCommands } from './handlers/register.ts';
import { createRegistry } from './handlers/registry.ts';
import { startHttp } from './http.ts';
import { delay } from './lib/deadline.ts';
import { ConfigError, StoppingError } from './lib/errors.ts';
import { createI18n, type I18n } from './lib/i18n.ts';
import { InFlight } from './lib/in-flight.ts';
import { createLog, flushLog, type Logger } from './lib/log.ts';
import { LoopMonitor } from './lib/loop-monitor.ts';
import { createMetrics, type Metrics } from './lib/metrics.ts';
import { SharedClock } from './lib/shared-clock.ts';
import { ClockOffset } from './lib/snowflake.ts';
import { TaskMonitor } from './lib/task-monitor.ts';
import { warmTimes } from './lib/time/warm.ts';
import { VERSION } from './lib/version.ts';
import type { Job } from './scheduler/job.ts';
import { JOBS } from './scheduler/jobs.ts';
import { Scheduler } from './scheduler/scheduler.ts';
import type { TimerKind } from './scheduler/timer.ts';
import { TimerEngine } from './scheduler/timer-engine.ts';
import { TIMERS } from './scheduler/timers.ts';
import { Activity } from './services/activity/activity.ts';
import { openAfkList } from './services/afk/afk-list.ts';
import { Notices } from './services/afk/notices.ts';
import { openExternalData } from './services/external/external-data.ts';
import { TldrPages } from './services/external/tldr-pages.ts';
import { untilThere } from './services/gateway/application.ts';
import { attachmentHosts } from './services/gateway/attachment-hosts.ts';
import { openGateway } from './services/gateway/gateway.ts';
import { inviteLink } from './services/gateway/invite.ts';
import { RestBudget } from './services/gateway/rest-budget.ts';
import { Health } from './services/health/health.ts';
import { createReport } from './services/health/report.ts';
import { Admission } from './services/inspector/admission.ts';
import { Inspector } from './services/inspector/inspector.ts';
import { Jobs } from './services/jobs/jobs.ts';
import { keptAnswers } from './services/outside/kept-answers.ts';
import { PollBoards } from './services/polls/boards.ts';
import { Polls } from './services/polls/polls.ts';
import { openSettings } from './services/settings/settings.ts';
import { openShield } from './services/shield/shield.ts';
import { connectReadings } from './services/status/readings.ts';
import { runtimeName, takeSnapshot } from './services/status/snapshot.ts';
import { countMembers } from './services/tally/count-members.ts';
import { Tally } from './services/tally/tally.ts';
import { openTimerService } from './services/timers/timers.ts';
import { WikiTitles } from './services/wiki/titles.ts';
import { openZones } from './services/zones/zones.ts';
import { errandConfig } from './workers/errand.ts';
import { Io } from './workers/io.ts';
import { startWorkers } from './workers/offload.ts';
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
  readonly events?: Readonly<Record<string, EventHandler>>;
  readonly jobs?: Readonly<Record<string, Job>>;
  readonly timers?: Readonly<Record<string, TimerKind>>;
  /** Runs worker tasks on the main thread: the bench's comparison, never a mode to run in. */
  readonly inline?: boolean;
  /** What the task threads load, when a test needs tasks that misbehave. */
  readonly workerFile?: string;
  /** Where the task threads come from: starting them is most of a bot's start. */
  readonly openThreads?: typeof poolThreads;
}

/** The running bot. Disposing it stops it: no new work, a grace for what runs, then everything is closed. */
export interface App extends Context, AsyncDisposable {
  /** Rejects when Discord ends the session for good. */
  readonly lost: Promise<never>;
  /** Where the panel and the metrics are, unless they are off. */
  readonly httpUrl: string | undefined;
}

/** What was on its way when the bot was asked to stop still gets a word. */
const LINGER_MS = 150;
/** How long a file waits for a place. Milliseconds. */
const FILE_WAIT_MS = 15_000;
const MEGABYTE = 1_000_000;

/** What was aborted still says so to whoever waited for it. */
const ABORTED_MS = 2_000;

interface Opening {
  readonly config: Config;
  readonly overrides: Overrides;
  readonly opened: AsyncDisposableStack;
  readonly signal: AbortSignal;
}

/** Opens everything the bot needs, in order. Closing runs the other way; a failure half-way closes what was open. */
export async function startApp(
  config: Config,
  overrides: Overrides = {},
  signal = new AbortController().signal,
): Promise<App> {
  const token = config.DISCORD_TOKEN;
  if (token === undefined)
    throw new ConfigError('DISCORD_TOKEN is not set: expected the bot token from the Discord developer portal');
  await using opened = new AsyncDisposableStack();
  const opening: Opening = { config, overrides, opened, signal };
  const ground = openGround(opening);
  const { log, metrics, now } = ground;
  const serving: { context?: Context } = {};
  const http = opened.use(
    await startHttp(config.HTTP_ADDRESS, {
      metrics,
      log,
      ready: () => serving.context?.gateway.ready === true && !serving.context.database.away,
      snapshot: () => serving.context && takeSnapshot(serving.context),
    }),
  );
  const registry = createRegistry(overrides.commands ?? COMMANDS);
  const definitions = definitionsOf(registry, ground.i18n);
  const stores = await openStores(ground, opening);
  const gateway = opened.use(await openGateway({ config, token, i18n: ground.i18n, log, metrics, signal }));
  // From here to the handlers nothing may be awaited: the first events come with the next turn of the loop.
  const { rest } = gateway.client;
  const restBudget = opened.use(new RestBudget([rest, gateway.callbacks, gateway.answers], now));
  const guildIds = () => gateway.client.guilds.cache.keys();
  const context: Context = {
    ...ground,
    ...stores,
    config,
    startedAt: ground.now(),
    gateway,
    restBudget,
    discord: gateway.client,
    pollBoards: opened.use(new PollBoards({ ...ground, ...stores, discord: gateway.client, lanes: gateway.lanes })),
    report: createReport({ rest, guildIds, settings: stores.settings, i18n: ground.i18n, log }),
    health: new Health({ ...stores, gateway, metrics, log, loop: ground.monitor.window() }),
  };
  const application = gateway.application.id;
  const promised = opened.use(new PromisedAnswers({ ...ground, ...stores, rest: gateway.answers, application }));
  opened.use(new Dispatcher(context, registry, promised));
  opened.use(dispatchEvents(context, overrides.events ?? EVENTS));
  opened.use(connectReadings(context));
  opened.use(countMembers(context));
  await untilReady(context, signal);
  const registering = { rest, applicationId: application, log, signal };
  await untilThere('Discord', () => registerCommands(definitions, registering), log, signal);
  promised.start();
  const { lanes } = gateway;
  const jobs = opened.use(new Scheduler(overrides.jobs ?? JOBS));
  lanes.within('jobs', () => jobs.start(context));
  const timers = opened.use(new TimerEngine<Context>(overrides.timers ?? TIMERS));
  lanes.within('timers', () => timers.start(context));
  context.pollBoards.start([...guildIds()]);
  serving.context = context;
  log.info({ servers: gateway.client.guilds.cache.size, invite: inviteLink(application), http: http.url }, 'ready');
  opened.defer(() => drain(context));
  opened.defer(() => timers.stop());
  opened.defer(() => {
    delete serving.context;
  });
  const owned = opened.move();
  return { ...context, lost: gateway.lost, httpUrl: http.url, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

type Ground = ReturnType<typeof openGround>;

/** What needs nothing but the configuration: log, numbers, texts, and the eyes on the event loop. */
function openGround({ config, overrides, opened }: Opening) {
  const sharedClock = new SharedClock(overrides);
  const { now } = sharedClock;
  const metrics = createMetrics();
  const log = overrides.log ?? openLog(config, (level) => metrics.logLines.inc({ level }));
  opened.defer(() => flushLog(log));
  log.info({ version: VERSION, runtime: runtimeName() }, 'starting');
  const monitor = opened.use(new LoopMonitor({ log, onStall: ({ ran }) => metrics.stalls.inc({ ran }) }));
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

/** The database and the threads, and what is built on them alone. */
async function openStores(ground: Ground, { config, overrides, opened, signal }: Opening) {
  const { log, metrics, now, sharedClock } = ground;
  const database = opened.use(await connect({ url: config.DATABASE_URL, dataDir: config.DATA_DIR, log, signal }));
  await migrate(database.db);
  if (database.kind === 'server') await sharedClock.correct(() => serverTime(database.db));
  const workers = opened.use(
    await startWorkers({
      threads: config.WORKER_THREADS,
      inline: overrides.inline,
      filename: overrides.workerFile,
      openThreads: overrides.openThreads,
      graceMs: config.SHUTDOWN_GRACE_MS,
      onOutcome: ({ name, lane, ending, waitMs, runMs }) => {
        metrics.taskOutcomes.inc({ task: name, outcome: ending });
        metrics.taskWait.observe({ lane }, waitMs / 1_000);
        if (runMs !== undefined) metrics.taskRun.observe({ task: name }, runMs / 1_000);
      },
    }),
  );
  const io = opened.use(openIo(config, database, ground));
  const settings = opened.use(await openSettings({ database, log }));
  const activity = opened.use(new Activity({ db: database.db, log }));
  const tally = opened.use(new Tally({ db: database.db, log }));
  const { db } = database;
  const admission = openAdmission(config, metrics);
  const externalData = opened.use(await openExternalData({ database, inFlight: ground.inFlight, log, now }));
  const tldrPages = opened.use(new TldrPages({ externalData, workers, inFlight: ground.inFlight, log }));
  const inspector = new Inspector({ db, io, admission, workers, lists: externalData, log, now });
  const shield = opened.use(await openShield({ database, workers }));
  const timers = opened.use(await openTimerService({ database, now }));
  const zones = opened.use(await openZones({ database, settings }));
  await warmTimes(now());
  const afk = opened.use(await openAfkList({ database, log, now }));
  const afkNotices = new Notices();
  const wikiTitles = new WikiTitles({ io, log, now });
  return {
    database,
    db,
    workers,
    io,
    settings,
    activity,
    tally,
    inspector,
    shield,
    timers,
    zones,
    afk,
    afkNotices,
    polls: new Polls({ database, now }),
    wikiTitles,
    jobs: new Jobs({ database }),
    externalData,
    tldrPages,
  };
}

function openAdmission({ FILES_AT_ONCE, FILES_MEGABYTES, FILES_WAITING }: Config, metrics: Metrics): Admission {
  const limits = {
    files: FILES_AT_ONCE,
    bytes: FILES_MEGABYTES * MEGABYTE,
    waiting: FILES_WAITING,
    waitMs: FILE_WAIT_MS,
  };
  return new Admission(limits, (reason, unasked) => {
    metrics.filesTurnedAway.inc({ asked: unasked ? 'no' : 'yes', reason });
  });
}

/** The way out: attachments, and errands to other services with what is kept of their answers. */
function openIo(config: Config, database: Database, { log, metrics, now }: Ground): Io {
  return new Io({
    hosts: attachmentHosts(config),
    outside: {
      config: errandConfig(config),
      trustedHosts: namedHosts(config),
      contact: config.CONTACT,
      deadlineMs: config.OUTSIDE_DEADLINE_MS,
      cache: keptAnswers({ db: database.db, log, now }),
      onOutcome: (host, outcome) => metrics.http.inc({ host, outcome }),
    },
  });
}

function openLog(config: Config, onLine: (level: string) => void): Logger {
  const format = config.LOG_FORMAT ?? (process.stdout.isTTY ? 'pretty' : 'json');
  return createLog({ level: config.LOG_LEVEL, format, secrets: secretsOf(config), onLine });
}

async function untilReady({ discord }: Context, signal: AbortSignal): Promise<void> {
  if (discord.isReady()) return;
  const ready = Promise.withResolvers<void>();
  const abort = () => ready.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  discord.once(Events.ClientReady, () => ready.resolve());
  try {
    await ready.promise;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** New work is refused with a word to the person; what runs may finish within the grace; the rest is aborted. */
async function drain({ inFlight, log, config }: Context): Promise<void> {
  inFlight.stop();
  await delay(LINGER_MS);
  try {
    await inFlight.idle({ deadlineMs: config.SHUTDOWN_GRACE_MS });
  } catch {
    const left = inFlight.list().map(({ name }) => name);
    log.warn({ left }, 'the grace is over, what is left is aborted');
    inFlight.abort(new StoppingError('the bot is stopping'));
    await inFlight.idle({ deadlineMs: ABORTED_MS }).catch(() => undefined); // whoever waited for it is told
  }
}
