import { pino } from 'pino';
import type { Database } from '../../src/db/connect.ts';
import { InFlight } from '../../src/lib/in-flight.ts';
import { createMetrics } from '../../src/lib/metrics.ts';
import type { Job } from '../../src/scheduler/job.ts';
import type { Outcome } from '../../src/scheduler/run.ts';
import { type Needs, Scheduler, type SchedulerOptions } from '../../src/scheduler/scheduler.ts';
import { Jobs } from '../../src/services/jobs/jobs.ts';
import { FakeTime } from './fake-time.ts';
import { Inbox } from './inbox.ts';

export const START = '2026-01-01T00:00:00Z';
export const MINUTE = 60_000;

/** As much of a bot as its scheduler needs, with a clock that the test moves. */
export interface Bot extends AsyncDisposable {
  readonly time: FakeTime;
  readonly scheduler: Scheduler<Needs>;
  readonly context: Needs & { readonly jobs: Jobs };
  /** How each run ended, once it is recorded. */
  readonly runs: Inbox<Outcome & { readonly job: string }>;
}

export function startBot(
  database: Database,
  jobs: Readonly<Record<string, Job<Needs>>>,
  options: SchedulerOptions & { time?: FakeTime } = {},
): Bot {
  const { time = new FakeTime(START), ...more } = options;
  const runs = new Inbox<Outcome & { readonly job: string }>();
  const scheduler = new Scheduler<Needs>(jobs, {
    sleep: time.sleep,
    random: () => 0,
    onRun: (job, outcome) => runs.put({ job, ...outcome }),
    ...more,
  });
  const inFlight = new InFlight({ now: time.now });
  const context: Bot['context'] = {
    log: pino({ level: 'silent' }),
    now: time.now,
    database,
    inFlight,
    jobs: new Jobs({ database }),
    metrics: createMetrics(),
  };
  scheduler.start(context);
  return { time, scheduler, context, runs, [Symbol.asyncDispose]: () => scheduler[Symbol.asyncDispose]() };
}
