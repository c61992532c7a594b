import { type Config, namedHosts } from './config.ts';
import { serverTime } from './db/clock.ts';
import { connect, type Database } from './db/connect.ts';
import { migrate } from './db/migrate.ts';
import { prepareTrigrams } from './db/trigrams.ts';
import type { Ground, Opening, Overrides } from './ground.ts';
import type { Metrics } from './lib/metrics.ts';
import { warmTimes } from './lib/time/warm.ts';
import { Activity } from './services/activity/activity.ts';
import { openAfkList } from './services/afk/afk-list.ts';
import { Notices } from './services/afk/notices.ts';
import { openCooldowns } from './services/automod/cooldowns.ts';
import { AutomodLists } from './services/automod/lists.ts';
import { practise } from './services/automod/practice.ts';
import { openRuleSets } from './services/automod/rules.ts';
import { Seen } from './services/automod/seen.ts';
import { RuleStats } from './services/automod/stats.ts';
import { openExternalData } from './services/external/external-data.ts';
import { TldrPages } from './services/external/tldr-pages.ts';
import { attachmentHosts } from './services/gateway/attachment-hosts.ts';
import { Admission } from './services/inspector/admission.ts';
import { Inspector } from './services/inspector/inspector.ts';
import { Jobs } from './services/jobs/jobs.ts';
import { openModeration } from './services/moderation/moderation.ts';
import { keptAnswers } from './services/outside/kept-answers.ts';
import { openBacktracking } from './services/patterns/backtracking.ts';
import { Polls } from './services/polls/polls.ts';
import { openSettings } from './services/settings/settings.ts';
import { openShield } from './services/shield/shield.ts';
import { MemberStays } from './services/tally/member-stays.ts';
import { Tally } from './services/tally/tally.ts';
import { openTimerService } from './services/timers/timers.ts';
import { WikiTitles } from './services/wiki/titles.ts';
import { openZones } from './services/zones/zones.ts';
import { errandConfig } from './workers/errand.ts';
import { Io } from './workers/io.ts';
import type { Observed } from './workers/lane.ts';
import { startWorkers, type Workers } from './workers/offload.ts';

/** How long a file waits for a place. Milliseconds. */
const FILE_WAIT_MS = 15_000;
const MEGABYTE = 1_000_000;

/** The database and the threads, and what is built on them alone. */
export async function openStores(ground: Ground, { config, overrides, opened, signal }: Opening) {
  const { log, metrics, now, sharedClock } = ground;
  const onQuery = (ms: number) => metrics.databaseQuery.observe({}, ms / 1_000);
  const { DATABASE_URL: url, DATABASE_CONNECTIONS: connections, DATA_DIR: dataDir } = config;
  const database = opened.use(await connect({ url, connections, dataDir, log, signal, onQuery }));
  await migrate(database.db);
  if (!(await prepareTrigrams(database.db)))
    log.warn(
      'the database has no pg_trgm and does not let the bot switch it on: searches find words only as they are written',
    );
  if (database.kind === 'server') await sharedClock.correct(() => serverTime(database.db));
  const workers = opened.use(await openWorkers(config, overrides, metrics));
  if (overrides.practise !== false && !overrides.inline) practiseSoon(workers, ground);
  const io = opened.use(openIo(config, database, ground));
  const settings = opened.use(await openSettings({ database, log }));
  const activity = opened.use(new Activity({ db: database.db, log }));
  const tally = opened.use(new Tally({ db: database.db, log }));
  const memberStays = opened.use(new MemberStays({ db: database.db, log }));
  const seen = opened.use(new Seen({ db: database.db, log }));
  const ruleStats = opened.use(new RuleStats({ db: database.db, log, metrics, now }));
  const { db } = database;
  const admission = openAdmission(config, metrics);
  const externalData = opened.use(await openExternalData({ database, inFlight: ground.inFlight, log, now }));
  const tldrPages = opened.use(new TldrPages({ externalData, workers, inFlight: ground.inFlight, log }));
  const rules = opened.use(
    await openRuleSets({ database, workers, inFlight: ground.inFlight, log, lists: externalData }),
  );
  const inspector = new Inspector({ db, io, admission, workers, lists: externalData, log, now });
  const shield = opened.use(await openShield({ database, workers }));
  const timers = opened.use(await openTimerService({ database, now }));
  const moderation = opened.use(await openModeration({ database, timers, settings, now }));
  const times = overrides.backtracking;
  const onOutcome = observed(metrics);
  const backtracking = opened.use(await openBacktracking({ config, database, timers, log, now, times, onOutcome }));
  const zones = opened.use(await openZones({ database, settings }));
  await warmTimes(now());
  const afk = opened.use(await openAfkList({ database, log, now }));
  const ruleCooldowns = await openCooldowns({ db, now });
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
    memberStays,
    seen,
    ruleStats,
    ruleCooldowns,
    inspector,
    rules,
    shield,
    timers,
    backtracking,
    moderation,
    zones,
    afk,
    afkNotices,
    automodLists: new AutomodLists({ database, workers, rules }),
    polls: new Polls({ database, now }),
    wikiTitles,
    jobs: new Jobs({ database }),
    externalData,
    tldrPages,
  };
}

function openWorkers(config: Config, overrides: Overrides, metrics: Metrics) {
  return startWorkers({
    threads: config.WORKER_THREADS,
    inline: overrides.inline,
    filename: overrides.workerFile,
    openThreads: overrides.openThreads,
    graceMs: config.SHUTDOWN_GRACE_MS,
    onOutcome: observed(metrics),
  });
}

/** In the background: messages are judged all the same, only slower at first. */
function practiseSoon(workers: Workers, { inFlight, log }: Ground): void {
  inFlight
    .track('practice of the threads', (signal) => practise(workers, signal, () => inFlight.stopping))
    .catch((error: unknown) => log.debug({ error }, 'the threads could not practise'));
}

/** Counts how every call of a thread ended. */
function observed(metrics: Metrics): (observed: Observed) => void {
  return ({ name, lane, ending, waitMs, runMs }) => {
    metrics.taskOutcomes.inc({ task: name, outcome: ending });
    metrics.taskWait.observe({ lane }, waitMs / 1_000);
    if (runMs !== undefined) metrics.taskRun.observe({ task: name }, runMs / 1_000);
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
    database: database.address,
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
