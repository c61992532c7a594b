import { databaseError } from '../../db/away.ts';
import { DatabaseAwayError } from '../../lib/errors.ts';
import { inSteps } from '../../lib/steps.ts';
import { arrangeReport, ownRule, REPORT_TIMER } from '../../services/reports/schedule.ts';
import { defineJob, NOTHING_DUE } from '../job.ts';
import { lastAt } from '../schedule.ts';

const AT = ['09:00'] as const;

/**
 * Makes a timer for each server that has chosen a channel, which brings its report once, whatever becomes of this process. A
 * server with a time of its own has a timer that comes again and again; it is made anew here if it should be missing.
 */
export default defineJob({
  at: AT,
  missed: 'catch-up',
  deadlineMs: 5 * 60_000,
  retryOn: [DatabaseAwayError],
  async run(context, signal, progress) {
    const { log, now, settings, timers } = context;
    const servers = (await settings.all('reports')).flatMap(({ guild, value }) =>
      value.reportChannel === undefined
        ? []
        : [{ guild, channel: value.reportChannel, own: ownRule(value) !== undefined }],
    );
    const added = await timers.addOwed(
      REPORT_TIMER,
      lastAt(AT, now()),
      servers.filter(({ own }) => !own),
    );
    progress(`${added} reports`);
    log.info({ added, servers: servers.length }, 'daily reports are due');
    const steps = servers
      .filter(({ own }) => own)
      .map(({ guild }) => [`server ${guild}`, () => arrangeReport(guild, context)] as const);
    await inSteps(Object.fromEntries(steps), (error) => signal.aborted || databaseError(error) !== undefined);
    return added === 0 ? NOTHING_DUE : undefined;
  },
});
