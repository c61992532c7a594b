import { expect, test } from 'vitest';
import type { Context } from '../../../../src/context.ts';
import { defineJob } from '../../../../src/scheduler/job.ts';
import dailyReport from '../../../../src/scheduler/jobs/daily-report.ts';
import statusUpdates from '../../../../src/scheduler/jobs/status-updates.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { saidIn } from '../files/inspected.ts';

const owner = { as: 'owner' } as const;

/** A bot with a job that runs until it is let go, one that fails, and one of each process. */
async function startJobsBot() {
  const gate = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  const held = defineJob<Context>({
    every: '1d',
    deadlineMs: 600_000,
    async run(_context, signal, progress) {
      progress('counting *stones*');
      started.resolve();
      await Promise.race([gate.promise, new Promise((resolve) => signal.addEventListener('abort', resolve))]);
    },
  });
  const broken = defineJob<Context>({
    every: '1d',
    deadlineMs: 600_000,
    run: () => Promise.reject(new RangeError('2 of 9 failed: timers `x`')),
  });
  const each = defineJob<Context>({ every: '1d', deadlineMs: 600_000, runs: 'each', run: async () => {} });
  const jobs = { broken, each, held };
  return { bot: await startBot({ jobs }), jobs, started: started.promise, letGo: () => gate.resolve() };
}

function customIds({ message }: Awaited<ReturnType<TestBot['discord']['slash']>>): readonly string[] {
  return [...JSON.stringify(message).matchAll(/"custom_id":"([^"]+)"/g)].map(([, id = '']) => id);
}

test('a job is run by hand: how far it is, how it ended, and when it is due next stays as it was', async () => {
  const { bot, started, letGo } = await startJobsBot();
  await using _ = bot;
  await expect.poll(async () => (await bot.db`select 1 from jobs where name = 'held'`).length).toBe(1);
  const [before] = await bot.db`select next_at from jobs where name = 'held'`;
  const reply = await bot.discord.slash('jobs run', { job: 'Held ' }, { ...owner, settle: 'ack' });
  await started;
  await reply.until(({ content }) => content.includes('Now: counting \\*stones\\*'), { deadlineMs: 20_000 });
  const tasks = await bot.discord.slash('debug tasks', {}, owner);
  expect(saidIn(tasks)).toContain('job held');
  expect(await bot.app.metrics.registry.metrics()).toContain('rockhopper_jobs_under_way{job="held"} 1');
  expect(saidIn(await bot.discord.slash('jobs list', {}, owner))).toContain('Runs now, in this process.');
  expect(saidIn(await bot.discord.slash('jobs run', { job: 'held' }, owner))).toContain('runs already. See');
  letGo();
  await reply.until(({ content }) => content.includes('`held`: done'), { deadlineMs: 20_000 });
  const [after] = await bot.db`select next_at, last_outcome from jobs where name = 'held'`;
  expect(after).toEqual({ ...before, last_outcome: 'done' });
  expect(await bot.db`select outcome, asked_by::text as by from job_runs`).toEqual([
    { outcome: 'done', by: bot.discord.people.owner },
  ]);
  expect(await bot.app.metrics.registry.metrics()).not.toContain('rockhopper_jobs_under_way{job="held"}');
});

test('a job that another process runs is said to run there', async () => {
  const { bot } = await startJobsBot();
  await using _ = bot;
  await expect.poll(async () => (await bot.db`select 1 from jobs where name = 'held'`).length).toBe(1);
  await bot.db`
    update jobs set lease_owner = 'kelp 77 x', lease_expires_at = now() + interval '1 minute', claimed_at = now(),
      lease_token = lease_token + 1
    where name = 'held'`;
  const refused = saidIn(await bot.discord.slash('jobs run', { job: 'held' }, owner));
  expect(refused).toContain('in another process of me (kelp, process 77)');
  expect(saidIn(await bot.discord.slash('jobs list', {}, owner))).toContain('in another process (kelp, process 77)');
});

test('when a job of each process runs next in this one is said before it has ever run', async () => {
  const { bot } = await startJobsBot();
  await using _ = bot;
  const listed = saidIn(await bot.discord.slash('jobs list', {}, owner));
  expect(listed).toMatch(/\*\*each\*\* \(in every process\)\s+Next <t:\d+:R>/);
});

test('a failed run is told in words, and what stands in its error formats nothing', async () => {
  const { bot } = await startJobsBot();
  await using _ = bot;
  const reply = await bot.discord.slash('jobs run', { job: 'broken' }, { ...owner, settle: 'ack' });
  await reply.until(({ content }) => content.includes('`broken`: failed'), { deadlineMs: 20_000 });
  const listed = saidIn(await bot.discord.slash('jobs list', {}, owner));
  expect(listed).toContain('What went wrong: `RangeError: 2 of 9 failed: timers ˋxˋ`');
  expect(listed).toContain('**each** (in every process)');
});

test('a pause holds in all processes and is shown with who made it; resumed, the job is due as before', async () => {
  const { bot } = await startJobsBot();
  await using _ = bot;
  const slash = async (name: string, job: string) => saidIn(await bot.discord.slash(name, { job }, owner));
  expect(await slash('jobs pause', 'each')).toContain('is paused in all my processes');
  expect(await slash('jobs pause', 'each')).toContain('was paused already');
  const listed = saidIn(await bot.discord.slash('jobs list', {}, owner));
  expect(listed).toMatch(new RegExp(`Paused <t:\\d+:R> by <@${bot.discord.people.owner}>`));
  const byHand = await bot.discord.slash('jobs run', { job: 'each' }, { ...owner, settle: 'ack' });
  await byHand.until(({ content }) => content.includes('`each`: done'), { deadlineMs: 20_000 });
  expect(await slash('jobs resume', 'each')).toMatch(/goes on/);
  expect(await slash('jobs resume', 'each')).toContain('was not paused');
});

test('a report that was sent already, or that no server wants, is said not to be due, and is made once', async () => {
  let now = new Date('2027-07-06T10:00:00Z');
  await using bot = await startBot({
    now: () => now,
    jobs: { 'daily-report': dailyReport, 'status-updates': statusUpdates },
  });
  const run = async (job: string, until: string) => {
    now = new Date(now.getTime() + 60_000); // nobody asks too often
    const reply = await bot.discord.slash('jobs run', { job }, { ...owner, settle: 'ack' });
    await reply.until(({ content }) => content.includes(until), { deadlineMs: 20_000 });
  };
  await run('status-updates', '`status-updates` ran, and nothing was due');
  await run('daily-report', '`daily-report` ran, and nothing was due');
  await bot.set('reports', { statusChannel: bot.discord.channels.random, reportChannel: bot.discord.channels.random });
  for (const job of ['status-updates', 'daily-report']) {
    await run(job, `\`${job}\`: done`);
    await run(job, `\`${job}\` ran, and nothing was due`);
  }
  expect(await bot.db`select kind from timers order by kind`).toMatchObject([
    { kind: 'daily-report' },
    { kind: 'status-update' },
  ]);
});

test('the history is turned page by page', async () => {
  const { bot } = await startJobsBot();
  await using _ = bot;
  expect(saidIn(await bot.discord.slash('jobs history', { job: 'held' }, owner))).toContain(
    'There has been no run yet',
  );
  await bot.db`
    insert into job_runs (job, owner, due_at, started_at, ended_at, outcome, attempts, error)
    select 'held', 'kelp 77 x', now(), now(), now() + n * interval '1 second', 'failed', n, 'Error: number ' || n
    from generate_series(1, 20) n`;
  const first = await bot.discord.slash('jobs history', { job: 'held' }, owner);
  expect(saidIn(first)).toContain('number 20');
  expect(saidIn(first)).toContain('20.0 s, 20 tries (kelp, process 77)');
  expect(saidIn(first)).not.toContain('number 12`');
  const older = customIds(first)[1] ?? '';
  const second = saidIn(await bot.discord.click(first.message ?? '', older, owner));
  expect(second).toContain('number 12');
  expect(second).not.toContain('number 13`');
});

test('names are offered; what is no job is answered with those there are; others than owners are refused', async () => {
  const { bot } = await startJobsBot();
  await using _ = bot;
  const offered = await bot.discord.autocomplete('jobs run', { job: 'EL' }, 'job', owner);
  expect(offered).toEqual([{ name: 'held', value: 'held' }]);
  const unknown = saidIn(await bot.discord.slash('jobs pause', { job: 'nope' }, owner));
  expect(unknown).toContain('Pick one of these: `broken`, `each`, `held`');
  for (const name of ['jobs list', 'jobs history', 'jobs run', 'jobs pause', 'jobs resume']) {
    const options = name === 'jobs list' ? {} : { job: 'held' };
    const refused = await bot.discord.slash(name, options, { as: 'moderator', unchecked: true });
    expect(saidIn(refused)).toContain('Only the people who run this bot');
  }
});
