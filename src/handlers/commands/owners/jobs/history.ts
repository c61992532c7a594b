import { Type } from '@sinclair/typebox';
import type { Context } from '../../../../context.ts';
import { type Answer, type Part, say } from '../../../../services/answers/answer.ts';
import { clip, code, mention, type Said, t, timestamp } from '../../../../services/answers/words.ts';
import type { RunRow } from '../../../../services/jobs/jobs.ts';
import { defineCommand, defineComponent } from '../../../define.ts';
import { endingOf, JOB_RULES, offerJobs, processSaid, readJob, tookOf } from '../../../job-choice.ts';
import { text } from '../../../options.ts';

const ON_A_PAGE = 8;
const LONGEST_ERROR = 200;

const turn = defineComponent({
  ...JOB_RULES,
  kind: 'button',
  id: 'jobs.page',
  version: 1,
  state: Type.Object({
    /** Empty for all of them. */
    job: Type.String({ maxLength: 60 }),
    page: Type.Integer({ minimum: 0, maximum: 10_000 }),
  }),
  run: ({ state: { job, page } }, context) => pageOf(job === '' ? undefined : job, page, context),
});

/** The runs of a job, or of all, the latest first. */
export default defineCommand({
  ...JOB_RULES,
  options: { job: text({ optional: true, max: 100, autocomplete: offerJobs }) },
  components: [turn],
  run: ({ options }, context) =>
    pageOf(options.job === undefined ? undefined : readJob(options.job, context), 0, context),
});

async function pageOf(job: string | undefined, page: number, { jobs }: Context): Promise<Answer> {
  const runs = await jobs.history(job, { limit: ON_A_PAGE + 1, from: page * ON_A_PAGE });
  if (runs.length === 0 && page === 0) return say('commands.jobs.history.none');
  const step = (to: number, key: 'newer' | 'older', there: boolean) => ({
    label: t(`commands.jobs.history.${key}`),
    customId: turn.customId({ job: job ?? '', page: Math.max(0, to) }),
    disabled: !there,
  });
  const buttons: Part = {
    kind: 'buttons',
    buttons: [step(page - 1, 'newer', page > 0), step(page + 1, 'older', runs.length > ON_A_PAGE)],
  };
  return {
    tone: 'info',
    title: job === undefined ? t('commands.jobs.history.titleAll') : t('commands.jobs.history.title', { job }),
    parts: [{ kind: 'points', points: runs.slice(0, ON_A_PAGE).map(lineOf) }, buttons],
  };
}

function lineOf(run: RunRow): Said {
  const { job, owner, startedAt, attempts, error, askedBy } = run;
  const params = {
    ...{ job, when: timestamp(startedAt, 'f'), ending: endingOf(run), took: tookOf(run) },
    ...{ process: processSaid(owner), count: attempts },
    by: askedBy === null ? '' : t('commands.jobs.history.by', { who: mention('user', askedBy) }),
    error: error === null ? '' : t('commands.jobs.error', { error: code(clip(error, LONGEST_ERROR)) }),
  };
  return t('commands.jobs.history.line', params);
}
