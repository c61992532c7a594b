import type { Context } from '../../../../context.ts';
import type { Answer } from '../../../../services/answers/answer.ts';
import { clip, code, mention, type Said, t, timestamp } from '../../../../services/answers/words.ts';
import type { JobView } from '../../../../services/jobs/jobs.ts';
import { defineCommand } from '../../../define.ts';
import { endingOf, JOB_RULES, processSaid, tookOf } from '../../../job-choice.ts';

const LONGEST_ERROR = 150;

/** Every scheduled job: when it runs next, how its last run went, where it is under way, who paused it. */
export default defineCommand({ ...JOB_RULES, run: (_, context) => list(context) });

async function list({ jobs }: Context): Promise<Answer> {
  const views = await jobs.list();
  return {
    tone: views.some(({ outcome }) => outcome === 'failed' || outcome === 'deadline') ? 'warning' : 'info',
    title: t('commands.jobs.list.title'),
    parts: [{ kind: 'lines', lines: views.flatMap(linesOf) }],
    next: t('commands.jobs.list.next'),
  };
}

function linesOf(job: JobView): readonly Said[] {
  const head = t(job.runs === 'each' ? 'commands.jobs.list.calledEach' : 'commands.jobs.list.called', {
    name: job.name,
  });
  return [head, stateOf(job), lastOf(job), ...errorOf(job)];
}

function stateOf({ running, runBy, runSince, pausedAt, pausedBy, nextAt }: JobView): Said {
  if (running === 'here') return t('commands.jobs.list.here');
  if (running === 'elsewhere' && runBy !== null && runSince) {
    return t('commands.jobs.list.elsewhere', { process: processSaid(runBy), since: timestamp(runSince) });
  }
  if (pausedAt && pausedBy !== null) {
    return t('commands.jobs.list.paused', { when: timestamp(pausedAt), who: mention('user', pausedBy) });
  }
  if (!nextAt) return t('commands.jobs.list.notYetDue');
  return t('commands.jobs.list.nextRun', { when: timestamp(nextAt), at: timestamp(nextAt, 'f') });
}

function lastOf(job: JobView): Said {
  const { startedAt, endedAt } = job;
  if (!startedAt || !endedAt) return t('commands.jobs.list.never');
  const params = { when: timestamp(startedAt), ending: endingOf(job), took: tookOf({ startedAt, endedAt }) };
  return t('commands.jobs.list.lastRun', params);
}

function errorOf({ error }: JobView): readonly Said[] {
  return error === null ? [] : [t('commands.jobs.error', { error: code(clip(error, LONGEST_ERROR)) })];
}
