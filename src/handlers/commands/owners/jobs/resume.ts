import { say } from '../../../../services/answers/answer.ts';
import { code, timestamp } from '../../../../services/answers/words.ts';
import { defineCommand } from '../../../define.ts';
import { JOB_RULES, offerJobs, readJob } from '../../../job-choice.ts';
import { text } from '../../../options.ts';

/** Lets a paused job go on with the run that is due next. */
export default defineCommand({
  ...JOB_RULES,
  options: { job: text({ max: 100, autocomplete: offerJobs }) },
  async run({ interaction, options }, context) {
    const name = readJob(options.job, context);
    const resumed = await context.jobs.resume(name);
    context.log.info({ job: name, by: interaction.user.id, resumed }, 'a job was resumed by hand');
    const nextAt = (await context.jobs.list()).find((one) => one.name === name)?.nextAt;
    const when = nextAt ? timestamp(nextAt) : '-';
    const key = resumed ? 'done' : 'notPaused';
    return say(`commands.jobs.resume.${key}`, { name: code(name), when }, { tone: resumed ? 'good' : 'info' });
  },
});
