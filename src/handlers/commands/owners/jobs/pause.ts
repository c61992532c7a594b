import { say } from '../../../../services/answers/answer.ts';
import { code } from '../../../../services/answers/words.ts';
import { defineCommand } from '../../../define.ts';
import { JOB_RULES, offerJobs, readJob } from '../../../job-choice.ts';
import { text } from '../../../options.ts';

/** No process makes a run of the job that is due, until it is resumed. */
export default defineCommand({
  ...JOB_RULES,
  options: { job: text({ max: 100, autocomplete: offerJobs }) },
  async run({ interaction, options }, context) {
    const name = readJob(options.job, context);
    const paused = await context.jobs.pause(name, interaction.user.id);
    context.log.info({ job: name, by: interaction.user.id, paused }, 'a job was paused by hand');
    const running = (await context.jobs.list()).find((one) => one.name === name)?.running !== undefined;
    const key = !paused ? 'already' : running ? 'whileRunning' : 'done';
    return say(`commands.jobs.pause.${key}`, { name: code(name) }, { tone: paused ? 'good' : 'info' });
  },
});
