import { Registry } from 'prom-client';
import { counter, measure, reading } from './instruments.ts';

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * Every number the bot tells of itself, in a registry of its own: `metrics.ack.observe({ command }, seconds)`,
 * `metrics.shed.inc({})`, `metrics.queueDepth.from(() => [[{ lane: 'quick' }, 3]])`. prom-client's default metrics are
 * left out: they read files synchronously on every scrape.
 */
export function createMetrics() {
  const registry = new Registry();
  const metrics = {
    registry,

    ack: measure(
      registry,
      'rockhopper_ack_seconds',
      'From an interaction being received to Discord having the first answer.',
      ['command'],
    ),
    interactions: counter(registry, 'rockhopper_interactions_total', 'Interactions by how they ended.', [
      'command',
      'outcome',
    ]),
    lateAcks: counter(
      registry,
      'rockhopper_late_acks_total',
      'First answers that Discord no longer took, by what delayed them.',
      ['cause'],
    ),

    loopDelay: reading(
      registry,
      'rockhopper_loop_delay_seconds',
      'How late the event loop ran what was due, since the last scrape.',
      ['quantile'],
    ),
    stalls: counter(
      registry,
      'rockhopper_loop_stalls_total',
      'Times the event loop stood still for over 50 ms, by what ran.',
      ['ran'],
    ),
    late: counter(registry, 'rockhopper_loop_late_total', 'Times the event loop was over 5 ms late, by what ran.', [
      'ran',
    ]),
    lateSeconds: counter(
      registry,
      'rockhopper_loop_late_seconds_total',
      'How late the event loop was at those times, all together, by what ran.',
      ['ran'],
    ),
    tasksInFlight: reading(registry, 'rockhopper_tasks_in_flight', 'Pieces of work under way.'),

    queueDepth: reading(registry, 'rockhopper_worker_queue_depth', 'Tasks waiting for a thread.', ['lane']),
    threads: reading(registry, 'rockhopper_worker_threads', 'Threads by what they do.', ['lane', 'state']),
    taskWait: measure(registry, 'rockhopper_worker_wait_seconds', 'Time a task waited for a thread.', ['lane']),
    taskRun: measure(registry, 'rockhopper_worker_run_seconds', 'Time a task ran in a thread.', ['task']),
    taskOutcomes: counter(
      registry,
      'rockhopper_worker_tasks_total',
      'Tasks by how they ended: ok, failed, timeout, aborted, refused.',
      ['task', 'outcome'],
    ),
    threadRestarts: counter(
      registry,
      'rockhopper_worker_restarts_total',
      'Threads that were ended or died and were replaced.',
      ['lane'],
    ),

    files: reading(registry, 'rockhopper_files', 'Files by where they are: under way, or waiting for a place.', [
      'state',
    ]),
    fileBytes: reading(registry, 'rockhopper_file_bytes', 'What the files under way hold together.'),
    filesTurnedAway: counter(
      registry,
      'rockhopper_files_turned_away_total',
      'Files that were not looked at because there was too much to do, by whether somebody had asked, and why.',
      ['asked', 'reason'],
    ),

    databasePing: measure(
      registry,
      'rockhopper_database_ping_seconds',
      'Round trips to the database as health checks see them.',
    ),
    databaseQuery: measure(
      registry,
      'rockhopper_database_query_seconds',
      'Queries of the main thread, from being sent to their last row.',
    ),
    databaseAway: reading(registry, 'rockhopper_database_away', '1 while the database cannot be reached.'),
    databaseOutages: counter(registry, 'rockhopper_database_outages_total', 'Times the database went away.'),

    rest: counter(registry, 'rockhopper_rest_requests_total', 'Requests to Discord by status class.', ['status']),
    restWaiting: reading(registry, 'rockhopper_rest_waiting', 'Requests of timers and jobs that wait for their turn.', [
      'lane',
    ]),
    restLimited: counter(
      registry,
      'rockhopper_rest_rate_limited_total',
      'Requests to Discord that met a rate limit, by its scope.',
      ['scope'],
    ),
    restInvalid: counter(
      registry,
      'rockhopper_rest_invalid_total',
      'Requests that count towards the ban for invalid requests.',
    ),
    gatewayPing: reading(registry, 'rockhopper_gateway_ping_seconds', 'The last heartbeat round trip.', ['shard']),
    gatewayEvents: counter(registry, 'rockhopper_gateway_events_total', 'What happened to gateway sessions.', [
      'event',
    ]),
    caches: reading(registry, 'rockhopper_cache_entries', 'Entries in the caches.', ['cache']),

    messagesSeen: counter(registry, 'rockhopper_messages_seen_total', 'Messages received.'),
    messagesAnalysed: counter(registry, 'rockhopper_messages_analysed_total', 'Messages analysed in a thread.'),
    messagesShed: counter(
      registry,
      'rockhopper_messages_shed_total',
      'Messages passed over: because the queue was full, by whose they were, or because no thread could judge them.',
      ['reason'],
    ),
    rulesSkipped: counter(registry, 'rockhopper_rules_skipped_total', 'Rules that there was no time for in a message.'),
    messagesCaughtUp: counter(
      registry,
      'rockhopper_messages_caught_up_total',
      'Messages that were written while the bot was away, and judged later.',
    ),
    channelsCutShort: counter(
      registry,
      'rockhopper_channels_cut_short_total',
      'Channels in which more was written while the bot was away than it could read.',
    ),
    messageVerdict: measure(
      registry,
      'rockhopper_message_verdict_seconds',
      'From a message being received to a thread having judged it.',
    ),
    messageQueue: reading(registry, 'rockhopper_message_queue_depth', 'Messages waiting to be analysed.'),

    jobs: counter(registry, 'rockhopper_job_runs_total', 'Runs of scheduled jobs by how they ended.', [
      'job',
      'outcome',
    ]),
    jobsUnderWay: reading(registry, 'rockhopper_jobs_under_way', '1 while a scheduled job runs in this process.', [
      'job',
    ]),
    jobRun: measure(registry, 'rockhopper_job_run_seconds', 'Time a scheduled job ran.', ['job']),

    timers: counter(
      registry,
      'rockhopper_timers_total',
      'Timers that fell due by how that ended: done, skipped, failed, again (it is tried again).',
      ['kind', 'outcome'],
    ),
    timerLate: measure(registry, 'rockhopper_timer_late_seconds', 'How long after its time a timer was delivered.', [
      'kind',
    ]),
    timersDue: reading(
      registry,
      'rockhopper_timers_due',
      'Timers that were due and waiting when last looked; counted up to 1,000.',
    ),

    http: counter(registry, 'rockhopper_http_requests_total', 'Requests to outside services by how they ended.', [
      'host',
      'outcome',
    ]),
    externalAge: reading(
      registry,
      'rockhopper_external_data_age_seconds',
      'Time since what is fetched from elsewhere was last known to be up to date.',
      ['name'],
    ),
    externalEntries: reading(
      registry,
      'rockhopper_external_data_entries',
      'Entries of what is fetched from elsewhere: domains of a list, pages.',
      ['name'],
    ),
    logLines: counter(registry, 'rockhopper_log_lines_total', 'Log lines by level.', ['level']),

    memory: reading(registry, 'rockhopper_memory_bytes', 'Memory of this process: resident, and heap in use.', [
      'kind',
    ]),
    cpu: reading(registry, 'rockhopper_cpu_seconds', 'Processor time this process has used, all threads together.', [
      'kind',
    ]),
    uptime: reading(registry, 'rockhopper_uptime_seconds', 'Time since the process started.'),
  };
  metrics.uptime.from(() => [[{}, process.uptime()]]);
  metrics.cpu.from(() => {
    const { user, system } = process.cpuUsage();
    return [
      [{ kind: 'user' }, user / 1e6],
      [{ kind: 'system' }, system / 1e6],
    ];
  });
  metrics.memory.from(() => {
    const { rss, heapUsed } = process.memoryUsage();
    return [
      [{ kind: 'resident' }, rss],
      [{ kind: 'heap' }, heapUsed],
    ];
  });
  return metrics;
}
