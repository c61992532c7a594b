import { delay } from '../../../../lib/deadline.ts';
import { type Answer, say } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { clip, code, t, timestamp } from '../../../../services/answers/words.ts';
import type { Begun, Ran } from '../../../../services/jobs/jobs.ts';
import { defineCommand } from '../../../define.ts';
import { endingOf, JOB_RULES, offerJobs, processSaid, readJob, tookSaid } from '../../../job-choice.ts';
import { text } from '../../../options.ts';

/** Between two looks at how far it is. */
const LOOK_MS = 3_000;
/** Discord lets the answer be edited for 15 minutes. */
const LONGEST_MS = 13 * 60_000;
const LONGEST_ERROR = 500;

/** Runs a job in this process, says how far it is, and how it ended. The job goes on whatever becomes of the answer. */
export default defineCommand({
  ...JOB_RULES,
  deadlineMs: LONGEST_MS + 60_000,
  options: { job: text({ max: 100, autocomplete: offerJobs }) },
  async run({ interaction, options, answer, signal }, context) {
    const { jobs, log, now } = context;
    const name = readJob(options.job, context);
    const began = now();
    const begun = await jobs.run(name, interaction.user.id);
    if (begun.kind === 'busy') throw busy(name, begun);
    log.info({ job: name, by: interaction.user.id }, 'a job is run by hand');
    for (let told = ''; now().getTime() - began.getTime() < LONGEST_MS; ) {
      const step = begun.step() ?? '';
      const far = say(step === '' ? 'commands.jobs.run.running' : 'commands.jobs.run.step', {
        ...{ name: code(name), step, since: timestamp(began) },
      });
      if (told !== `${step}.`) await answer({ ...far, interim: true });
      told = `${step}.`;
      const ran = await endedWithin(begun.ended, LOOK_MS, signal);
      if (ran) return ended(name, ran);
    }
    return say('commands.jobs.run.stillRunning', { name: code(name) });
  },
});

function busy(name: string, { here, where }: Extract<Begun, { kind: 'busy' }>): UserError {
  if (here) return new UserError('commands.jobs.run.busyHere', { name: code(name) });
  return new UserError('commands.jobs.run.busyElsewhere', { name: code(name), process: processSaid(where) });
}

async function endedWithin(run: Promise<Ran>, ms: number, signal: AbortSignal): Promise<Ran | undefined> {
  const enough = new AbortController();
  const pause = delay(ms, { signal: AbortSignal.any([signal, enough.signal]) });
  pause.catch(() => {}); // nobody hears of it when the run has ended
  try {
    return await Promise.race([run, pause.then(() => undefined)]);
  } finally {
    enough.abort();
  }
}

function ended(name: string, { ending, tookMs, error, nothingDue }: Ran): Answer {
  if (nothingDue) return say('commands.jobs.run.nothingDue', { name: code(name) });
  const params = { name: code(name), ending: endingOf({ outcome: ending }), took: tookSaid(tookMs) };
  const lines = [t('commands.jobs.run.ended', params)];
  if (error !== undefined) lines.push(t('commands.jobs.error', { error: code(clip(error, LONGEST_ERROR)) }));
  return { tone: ending === 'done' ? 'good' : 'bad', parts: [{ kind: 'lines', lines }] };
}
